// The list of alarms: rows cloned from the page's template, newest on top, none added under a reader's eyes.
import { $, $$, el, say, t } from "./dom"
import { ago, count } from "./format"
import type { Severity } from "./map"

export interface Alarm {
  id: string; t: number; c: string; s: string; kind: string; level: number; sev: Severity; why: string
  lat: number; lon: number; text: string; from: string; to: string
}

const most = 500

export class AlarmList {
  all: Alarm[] = [] // newest first
  severity: Severity | "" = ""
  readonly #rows = new Map<string, HTMLLIElement>()
  #waiting: Alarm[] = []
  readonly #more: HTMLButtonElement
  readonly #template = $<HTMLTemplateElement>("#alarm-row")
  #until = Infinity
  #selected: string | null = null
  #empty: HTMLElement | null

  readonly #list: HTMLOListElement

  constructor(list: HTMLOListElement, select: (a: Alarm) => void) {
    this.#list = list
    this.#more = el("button", "waiting")
    this.#more.type = "button"
    this.#more.hidden = true
    this.#more.addEventListener("click", () => { this.#list.scrollTop = 0; this.#flush(); this.#list.focus() })
    list.before(this.#more)
    list.addEventListener("scroll", () => { if (!this.#held()) this.#flush() })
    list.addEventListener("click", (e) => {
      const row = (e.target as Element).closest<HTMLLIElement>("li")
      const a = row && this.all.find((x) => x.id === row.dataset.id)
      if (!a || e.ctrlKey || e.metaKey || e.shiftKey || (e as MouseEvent).button > 0) return
      e.preventDefault()
      select(a)
    })
    this.#empty = $("[data-empty]", list.parentElement ?? document)
  }

  #held(): boolean { return this.#list.scrollTop > 8 }

  /** set takes a whole list, oldest first; rows that the hub wrote already stay. */
  set(alarms: Alarm[]): void {
    this.#waiting = []
    this.all = [...alarms].reverse().slice(0, most)
    for (const li of $$<HTMLLIElement>("li", this.#list)) if (li.dataset.id) this.#rows.set(li.dataset.id, li)
    const keep = new Set(this.all.map((a) => a.id))
    for (const [id, li] of this.#rows) if (!keep.has(id)) { li.remove(); this.#rows.delete(id) }
    const piece = document.createDocumentFragment()
    for (const a of this.all) piece.append(this.#row(a))
    this.#list.replaceChildren(piece)
    this.refresh()
  }

  /** add takes new alarms, oldest first. Whoever has scrolled down keeps the place; the new ones wait and are counted. */
  add(alarms: Alarm[]): void {
    if (alarms.length === 0) return
    this.#waiting.push(...alarms)
    if (!this.#held()) this.#flush()
    this.refresh()
  }

  #flush(): void {
    if (this.#waiting.length === 0) return
    for (const a of this.#waiting) {
      this.all.unshift(a)
      this.#list.prepend(this.#row(a))
    }
    this.#waiting = []
    for (const a of this.all.splice(most)) { this.#rows.get(a.id)?.remove(); this.#rows.delete(a.id) }
    this.refresh()
  }

  /** everything, those that wait too, newest first. */
  known(): Alarm[] { return this.#waiting.length > 0 ? [...[...this.#waiting].reverse(), ...this.all] : this.all }

  #row(a: Alarm): HTMLLIElement {
    const old = this.#rows.get(a.id)
    if (old) return old
    const li = (this.#template?.content.firstElementChild?.cloneNode(true) ?? el("li")) as HTMLLIElement
    li.dataset.id = a.id
    li.dataset.sev = a.sev
    li.dataset.c = a.c
    const field = (name: string) => $(`[data-field=${name}]`, li)
    const signs = $<HTMLTemplateElement>("#icons")?.content
    field("icon")?.append(...[...(signs?.querySelector(`[data-icon=${a.sev}]`)?.cloneNode(true).childNodes ?? [])])
    say(field("what"), a.text)
    say(field("container"), a.c)
    say(field("route"), `${a.from} → ${a.to}`)
    const link = field("link") as HTMLAnchorElement | null
    if (link) link.href = `/containers/${encodeURIComponent(a.c)}`
    li.title = a.why
    if (a.id === this.#selected) li.setAttribute("aria-current", "true")
    this.#rows.set(a.id, li)
    return li
  }

  /** refresh shows what the filter and the moment allow, and how old it is. */
  refresh(now = this.#now): void {
    this.#now = now
    let shown = 0
    for (const a of this.all) {
      const li = this.#rows.get(a.id)
      if (!li) continue
      const hide = (this.severity !== "" && a.sev !== this.severity) || a.t > this.#until
      if (li.hidden !== hide) li.hidden = hide
      if (hide) continue
      const when = $("[data-field=when]", li)
      if (shown++ < 40 || !when?.textContent) say(when, ago(now - a.t))
    }
    const late = this.#waiting.filter((a) => (this.severity === "" || a.sev === this.severity) && a.t <= this.#until).length
    this.#more.hidden = late === 0
    if (late > 0) say(this.#more, t("ui.waiting", { n: count(late) }))
    for (const f of $$("[data-figure=alarms]")) say(f, count(shown))
    this.#none(shown === 0)
  }
  #now = 0

  #none(yes: boolean): void {
    if (!this.#empty) {
      if (!yes) return
      this.#empty = el("p", "empty", t("live.alarms.none"))
      this.#list.after(this.#empty)
    }
    this.#empty.hidden = !yes
  }

  /** to shows the list as it was at a moment; Infinity is now. */
  to(until: number): void { this.#until = until }

  mark(id: string | null): void {
    if (id === this.#selected) return
    if (this.#selected) this.#rows.get(this.#selected)?.removeAttribute("aria-current")
    this.#selected = id
    const li = id ? this.#rows.get(id) : undefined
    li?.setAttribute("aria-current", "true")
    if (!li || li.hidden) return
    const top = li.offsetTop - this.#list.offsetTop, box = this.#list
    if (top < box.scrollTop || top + li.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = Math.max(0, top - 60)
  }
}

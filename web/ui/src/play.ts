// A game of "Beat the detector": the hub's clock, what a duty officer is told by now, and flags.
import "./common"
import { off } from "./common"
import { $, $$, calm, connection, el, getJSON, notice, say, t, texts } from "./dom"
import { stamp, wallClock } from "./format"
import { SealMap, type Mark } from "./map"
import { Motion, NONE, type Plan } from "./plan"
import { fresh, late, now, tagOf, type Flag, type News, type State } from "./playing"

const askEvery = 700, askPaused = 2000, askAgain = 1500 // ms
const shownNews = 5, shownInCard = 12

class Game {
  readonly #url: string
  readonly #icons = new Map<string, Element>()
  readonly #tiles = new Map<string, HTMLButtonElement>()
  readonly #news = new Map<string, News[]>() // by container, newest last
  readonly #unread = new Set<string>()
  #map: SealMap | null = null
  #motion: Motion | null = null
  #state: State | null = null
  #heardAt = 0
  #heardWall = 0
  #last = 0 // number of the newest news
  #odd: News[] = [] // out of the ordinary, newest first
  #selected: string | null = null
  #timer = 0
  #queue: Promise<unknown> = Promise.resolve()
  #ended = false

  constructor(readonly box: HTMLElement) {
    this.#url = box.dataset.game ?? ""
    for (const e of $$("[data-icon]", $<HTMLTemplateElement>("#icons")!.content)) this.#icons.set((e as HTMLElement).dataset.icon ?? "", e)
  }

  async start(): Promise<void> {
    const plan = await getJSON<Plan>(`${this.#url}/plan`)
    const motion = this.#motion = new Motion(plan)
    this.#board(plan)
    const canvas = $<HTMLCanvasElement>("#map-canvas")
    if (canvas) {
      const map = this.#map = new SealMap(canvas)
      map.view.inset = { top: 14, right: 46, bottom: 14, left: 14 }
      map.time = () => this.#now()
      map.over = () => this.#drawFlags(map, motion)
      map.onSelect = (c) => this.#select(c)
      map.show(motion, true)
      $("[data-act=zoom-in]")?.addEventListener("click", () => map.zoom(1.6))
      $("[data-act=zoom-out]")?.addEventListener("click", () => map.zoom(1 / 1.6))
      $("[data-act=zoom-fit]")?.addEventListener("click", () => map.fit())
    }
    this.#controls()
    document.addEventListener("visibilitychange", () => { clearTimeout(this.#timer); if (!document.hidden) void this.#poll() })
    document.addEventListener("keydown", (e) => this.#key(e))
    addEventListener("pageshow", (e) => { if (e.persisted) location.reload() }) // come back to after its end
    await this.#poll()
    this.#draw()
    for (const e of [this.box, $("#map")]) if (e) e.dataset.ready = "true"
  }

  // --- the hub

  #now(): number { return this.#state ? now(this.#state, performance.now() - this.#heardAt) : 0 }

  /** ask sends one request after the other, so that no old answer overtakes a new one. */
  #ask(path: string, method = "GET", body?: unknown): Promise<void> {
    const one = async () => {
      if (this.#ended) return
      const res = await fetch(`${this.#url}${path}${path.includes("?") ? "&" : "?"}after=${this.#last}`, { method,
        headers: { Accept: "application/json", ...body ? { "Content-Type": "application/json" } : {} }, body: body ? JSON.stringify(body) : null })
      if (res.status === 404 && !this.#ended) { // forgotten: its page says so
        this.#ended = true
        location.reload()
        return
      }
      const said = await res.json() as State & { error?: { message?: string } }
      if (!res.ok) throw new Error(said.error?.message ?? res.statusText)
      if (this.#ended) return
      if (said.state === "ended") { // in another tab
        this.#ended = true
        location.assign(said.url)
        return
      }
      this.#hear(said)
    }
    const answer = this.#queue.then(one)
    this.#queue = answer.catch(() => {})
    return answer
  }

  async #poll(): Promise<void> {
    clearTimeout(this.#timer)
    let wait = askAgain
    try {
      await this.#ask("")
      wait = this.#state?.state === "playing" ? askEvery : askPaused
    } catch {
      const old = Date.now() - this.#heardWall
      connection(old < 6000 ? "reconnecting" : "stale", t("ui.play.lost", { time: wallClock(this.#heardWall || Date.now()) }))
    }
    if (!document.hidden && !this.#ended) this.#timer = window.setTimeout(() => void this.#poll(), wait)
  }

  #hear(s: State): void {
    this.#state = s
    this.#heardAt = performance.now()
    this.#heardWall = Date.now()
    connection("live", t("ui.live"))
    for (const n of s.news) {
      if (n.n <= this.#last) continue
      this.#last = n.n
      const list = this.#news.get(n.c)
      if (list) list.push(n)
      else this.#news.set(n.c, [n])
      if (n.grave > 0) {
        this.#odd.unshift(n)
        if (n.c !== this.#selected) this.#unread.add(n.c)
      }
    }
    this.#odd.length = Math.min(this.#odd.length, shownNews)
    this.#words()
    if (s.away) { // it waited for us
      notice(t("ui.play.waited"))
      void this.#send("/control", "POST", { playing: true })
    }
  }

  /** send is ask for what a visitor did: what goes wrong is told. */
  async #send(path: string, method: string, body?: unknown): Promise<void> {
    try {
      await this.#ask(path, method, body)
    } catch (e) {
      notice(e instanceof Error ? e.message : t("ui.failed"))
    }
  }

  // --- what a visitor does

  #controls(): void {
    $("#game-end")?.closest("form")?.addEventListener("submit", () => { this.#ended = true })
    $("[data-act=play]", this.box)?.addEventListener("click", () => this.#pause())
    for (const b of $$<HTMLButtonElement>("[data-speed]", this.box)) {
      b.addEventListener("click", () => void this.#send("/control", "POST", { speed: Number(b.dataset.speed) }))
    }
  }

  #pause(): void { void this.#send("/control", "POST", { playing: this.#state?.state !== "playing" }) }

  #flag(): void {
    if (!this.#selected || !this.#open()) return
    void this.#send("/flags", "POST", { container: this.#selected })
  }

  #undo(): void {
    const f = this.#undoable()
    if (f) void this.#send(`/flags/${f.n}`, "DELETE").then(() => notice(t("ui.play.undone")))
  }

  #undoable(): Flag | undefined { return this.#state?.flags.filter((f) => f.undo).at(-1) }

  #open(): boolean { return this.#state?.state === "playing" || this.#state?.state === "paused" }

  #select(c: string | null): void {
    this.#selected = c
    if (c) this.#unread.delete(c)
    if (this.#map) this.#map.selected = c ? this.#motion?.index.get(c) ?? -1 : -1
    this.#words()
    if (c) $("#gamecard h2")?.focus({ preventScroll: true })
  }

  #close(): void {
    const tile = this.#selected ? this.#tiles.get(this.#selected) : undefined
    this.#select(null)
    tile?.focus()
  }

  #key(e: KeyboardEvent): void {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey) return
    if (e.key === "Escape" && this.#selected) return this.#close()
    if (this.#steps(e)) return e.preventDefault()
    if (off() || /^(input|textarea|select)$/i.test((e.target as HTMLElement).tagName)) return
    if (e.key === "f") this.#flag()
    else if (e.key === "u") this.#undo()
    else if (e.key === "p") this.#pause()
  }

  /** steps moves among the tiles with the arrows. */
  #steps(e: KeyboardEvent): boolean {
    const all = [...this.#tiles.values()], at = all.indexOf(e.target as HTMLButtonElement)
    if (at < 0) return false
    const across = Math.max(1, Math.round($("#board")!.clientWidth / (all[0].offsetWidth + 4)))
    const step = ({ ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across } as Record<string, number>)[e.key]
    if (!step) return false
    all[Math.min(all.length - 1, Math.max(0, at + step))].focus()
    return true
  }

  // --- what is shown

  #board(plan: Plan): void {
    const board = $("#board")!
    board.classList.add("tiles")
    board.replaceChildren(...plan.containers.map((box) => {
      const tile = el("button", "tile")
      tile.type = "button"
      tile.dataset.c = box.c
      tile.append(el("span", "no", box.c.slice(-4)), el("span", "tag"))
      tile.addEventListener("click", () => this.#select(box.c))
      this.#tiles.set(box.c, tile)
      const item = el("li")
      item.append(tile)
      return item
    }))
  }

  #words(): void {
    const s = this.#state
    if (!s) return
    const at = this.#now()
    say($("#game-clock"), stamp(at))
    say($("#game-flags"), t("ui.play.flags", { n: s.flags.length }))
    const bar = $<HTMLProgressElement>("#game-progress")
    if (bar) bar.value = (at - s.start) / (s.end - s.start)
    const play = $("[data-act=play]", this.box)
    play?.setAttribute("aria-pressed", String(s.state === "playing"))
    play?.setAttribute("aria-label", t(s.state === "playing" ? "ui.play.pause" : "ui.play.resume"))
    for (const b of $$<HTMLElement>("[data-speed]", this.box)) b.setAttribute("aria-pressed", String(Number(b.dataset.speed) === s.speed))
    if (s.state === "over") this.#over()
    for (const [c, tile] of this.#tiles) this.#tile(c, tile, at)
    this.#latest()
    this.#card()
    this.#marks(at)
  }

  /** over offers the reveal, once, where the world has come to its end. */
  #over(): void {
    const end = $<HTMLDetailsElement>("#game-over")
    if (!end || end.dataset.said) return
    end.dataset.said = "yes"
    end.open = true
    say($("#game-over-say"), t("ui.play.over"))
  }

  #tile(c: string, tile: HTMLButtonElement, at: number): void {
    const i = this.#motion!.index.get(c)!
    const tag = tagOf(this.#news.get(c) ?? [], at, at >= this.#motion!.arrival(i))
    const flags = this.#state!.flags.filter((f) => f.c === c).length
    const looks = `${tag.word} ${tag.grave} ${flags} ${this.#unread.has(c)} ${c === this.#selected}`
    if (tile.dataset.looks === looks) return
    tile.dataset.looks = looks
    tile.className = `tile g${tag.grave} w-${tag.word}${this.#unread.has(c) ? " unread" : ""}`
    tile.setAttribute("aria-pressed", String(c === this.#selected))
    const foot = $(".tag", tile)!
    foot.replaceChildren()
    const icon = this.#icons.get(String(tag.grave))
    if (icon) foot.append(icon.cloneNode(true))
    foot.append(t(`ui.play.tag.${tag.word}`))
    const no = $(".no", tile)!
    no.replaceChildren(c.slice(-4))
    if (flags > 0) no.append(this.#mark())
  }

  #mark(): HTMLElement {
    const mark = el("span", "flagmark", "⚑")
    mark.ariaHidden = "true"
    const both = el("span")
    both.append(" ", mark, el("span", "sr", t("ui.play.flagged")))
    return both
  }

  #line(n: News): HTMLElement[] {
    const words = t(`ui.play.say.${n.what}`, { n: n.num ?? 0, place: n.place ?? "–", when: stamp(n.when) })
    const text = el("span", "newstext", late(n) ? t("ui.play.then", { text: words, when: stamp(n.when) }) : words)
    const icon = this.#icons.get(String(n.grave))
    if (icon) text.prepend(icon.cloneNode(true), " ")
    return [text, el("span", "muted small nowrap", stamp(n.at))]
  }

  #latest(): void {
    const list = $("#news")
    const looks = this.#odd.map((n) => n.n).join()
    if (!list || list.dataset.looks === looks) return
    list.dataset.looks = looks
    list.replaceChildren(...this.#odd.map((n) => {
      const item = el("li"), b = el("button", "newsline")
      b.type = "button"
      b.append(el("span", "mono", n.c.slice(-4)), ...this.#line(n))
      b.addEventListener("click", () => this.#select(n.c))
      item.append(b)
      return item
    }))
  }

  #card(): void {
    const card = $("#gamecard")!, c = this.#selected, s = this.#state!
    card.hidden = c === null
    this.box.classList.toggle("has-card", c !== null)
    if (c === null) return
    const news = this.#news.get(c) ?? [], flags = s.flags.filter((f) => f.c === c), undo = this.#undoable()
    const looks = [c, news.length, s.state, flags.map((f) => `${f.n}${f.undo}`).join()].join(" ")
    if (card.dataset.looks === looks) return
    const same = card.dataset.c === c, scrolled = $(".cardnews", card)?.scrollTop ?? 0
    const held = card.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.act : undefined
    card.dataset.looks = looks
    card.dataset.c = c
    card.replaceChildren(...this.#cardParts(c, news, flags, undo))
    if (same) $(".cardnews", card)?.scrollTo(0, scrolled)
    if (held) $<HTMLElement>(`[data-act=${held}]`, card)?.focus({ preventScroll: true })
  }

  #cardParts(c: string, news: News[], flags: Flag[], undo: Flag | undefined): HTMLElement[] {
    const plan = this.#motion!.plan, box = plan.containers[this.#motion!.index.get(c)!]
    const place = (id: string) => plan.places.find((p) => p.id === id)?.name ?? id
    const head = el("h2", "mono", c)
    head.id = "gamecard-h"
    head.tabIndex = -1
    head.dataset.act = "head"
    const close = this.#button("icon cardclose", "×", "close", () => this.#close())
    close.ariaLabel = t("ui.play.close")
    const list = el("ol", "cardnews")
    list.append(...news.slice(-shownInCard).reverse().map((n) => { const item = el("li"); item.append(...this.#line(n)); return item }))
    if (news.length === 0) list.append(el("li", "muted", t("ui.play.quiet")))
    list.tabIndex = 0
    const foot = el("div", "cardfoot")
    const mine = flags.at(-1)
    if (undo && undo.c === c) {
      foot.append(this.#button("button quiet big", t("ui.play.undo"), "undo", () => this.#undo()), el("p", "muted small", t("ui.play.stands")))
    } else {
      const b = this.#button("button big flagbutton", t(mine ? "ui.play.flag.again" : "ui.play.flag"), "flag", () => this.#flag())
      b.disabled = !this.#open()
      b.prepend(this.#mark().children[0], " ")
      foot.append(b)
      if (mine) foot.append(el("p", "muted small", t("ui.play.flagged.at", { when: stamp(mine.at) })))
    }
    return [close, head, el("p", "muted small", t("ui.play.route", { from: place(box.from), to: place(box.to) })), foot, list]
  }

  #button(cls: string, text: string, act: string, press: () => void): HTMLButtonElement {
    const b = el("button", cls, text)
    b.type = "button"
    b.dataset.act = act
    b.addEventListener("click", press)
    return b
  }

  #marks(at: number): void {
    const map = this.#map, m = this.#motion
    if (!map || !m) return
    map.marks = [...this.#news].flatMap(([c, list]): Mark[] => {
      const n = list.findLast((x) => x.grave > 0)
      const i = m.index.get(c) ?? -1
      if (!n || !fresh(n, at) || i < 0 || m.state[i] === NONE) return []
      return [{ id: String(n.n), c, sev: n.grave > 1 ? "critical" : "major", x: m.x[i], y: m.y[i] }]
    })
  }

  #drawFlags(map: SealMap, m: Motion): void {
    for (const f of this.#state?.flags ?? []) {
      const i = m.index.get(f.c) ?? -1
      if (i < 0 || m.state[i] === NONE) continue
      const [x, y] = map.spot(m, i)
      map.circle(x, y, 9.5, map.colours.accent, 2.5)
    }
  }

  /** draw keeps the map and the clock going between two words of the hub. */
  #draw(): void {
    if (!document.hidden) {
      this.#map?.redraw()
      if (this.#state?.state === "playing") {
        say($("#game-clock"), stamp(this.#now()))
      }
    }
    setTimeout(() => this.#draw(), calm() ? 1000 : 80)
  }
}

const box = $("#game")
if (box) void texts().then(() => new Game(box).start()).catch((e: unknown) => notice(e instanceof Error ? e.message : t("ui.failed")))

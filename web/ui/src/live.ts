// The live page: the demo world as it plays, and any moment of it that has passed.
import "./common"
import { $, $$, address, asset, notice, postJSON, query, say, t, texts } from "./dom"
import { AlarmList, type Alarm } from "./alarms"
import type { CardRow } from "./card"
import { ago, count, rate } from "./format"
import type { Mark, Severity } from "./map"
import { xOf, yOf } from "./mercator"
import type { Motion, Override } from "./plan"
import { Stage, wanted } from "./stage"
import { Stream } from "./stream"

interface Frame {
  t: number; speed: number; playing: boolean; n: number; mps: number; open: number
  alarms?: Alarm[] | null; off?: [number, number, number, number][]; lost?: number[]
}
interface Hello extends Frame { run: string; scenario: string; watch: string; start: number; end: number }

const openFor = 24 * 3600e3 // ms for which an alarm is shown on the map

/** Seen is what was observed at one time. A few of them are kept, so that the past can be shown as it looked then. */
interface Seen { t: number; overrides: Map<number, Override> }

class Live {
  readonly #stage: Stage
  readonly #list: AlarmList | null
  #hello: Hello | null = null
  #motion: Motion | null = null
  #loading = ""
  /** local is true while a visitor looks at a moment of their own; the world goes on meanwhile. */
  #local = false
  #head = 0 // the hub's time, as last told
  #headAt = 0
  #playing = false
  #speed = 1
  #open = 0
  #mps = 0
  #off = new Map<number, { x: number; y: number }>()
  #lost = new Map<number, { x: number; y: number; sea: boolean }>()
  #seen: Seen[] = []
  #missed = 0
  #picked: string | null = null // the alarm that was selected last

  readonly #box: HTMLElement

  constructor(box: HTMLElement) {
    this.#box = box
    this.#stage = new Stage(box, {
      play: () => this.#play(), next: () => this.#next(), live: () => this.#backToLive("push"), speed: (v) => this.#faster(v),
      scrub: (t, done) => this.#scrub(t, done),
    })
    const list = $<HTMLOListElement>("#alarms")
    this.#list = list ? new AlarmList(list, (a) => this.#pick(a)) : null
    this.#stage.map.time = () => this.#stage.clock.now()
    this.#stage.tick = () => this.#words()
    this.#stage.chosen = () => { if (!this.#stage.selected) { this.#picked = null; this.#list?.mark(null) } }
    for (const a of $$<HTMLAnchorElement>("[data-sev]:is(a)")) {
      a.addEventListener("click", (e) => {
        if (e.ctrlKey || e.metaKey || e.shiftKey) return
        e.preventDefault()
        address({ sev: a.dataset.sev === "all" ? "" : a.dataset.sev ?? "" }, "push")
        this.#readSeverity()
        this.#stage.now()
      })
    }
    addEventListener("popstate", () => this.#readAddress())
    this.#readSeverity()
    const { frames, snapshot } = box.dataset
    new Stream<Hello, Frame>(frames ?? "", snapshot ?? "", { hello: (h) => void this.#greet(h), frame: (f) => this.#hear(f) })
  }

  // --- what the hub says

  async #greet(h: Hello): Promise<void> {
    const another = this.#hello !== null && this.#hello.run !== h.run
    this.#hello = h
    if (this.#motion?.plan.run !== h.run) {
      if (this.#loading === h.run) return this.#hear(h)
      this.#loading = h.run
      try {
        this.#motion = await this.#stage.load(this.#box.dataset.plan ?? "")
      } catch (e) {
        this.#loading = ""
        notice(t("ui.plan.failed", { why: e instanceof Error ? e.message : "" }))
        return
      }
      this.#seen = []
      this.#off.clear()
      this.#lost.clear()
      if (another) { this.#local = false; address({ t: "", run: "" }, "replace"); notice(t("ui.another")) }
      this.#stage.clock.set(h.t, { speed: h.speed, playing: h.playing && !this.#local })
    }
    this.#list?.set(h.alarms ?? [])
    this.#hear({ ...h, alarms: [] })
    if (!another) this.#readAddress()
    this.#box.dataset.ready = "true"
  }

  #hear(f: Frame): void {
    this.#head = f.t
    this.#headAt = performance.now()
    this.#playing = f.playing
    this.#speed = f.speed
    this.#open = f.open
    this.#mps = f.mps
    if (!this.#local) {
      const running = this.#stage.clock.playing
      this.#stage.clock.hear(f.t, f.speed, f.playing)
      this.#stage.timeline?.speed(f.speed)
      if (running !== f.playing) this.#stage.now()
    }
    if (f.off || f.lost) this.#observe(f)
    if (f.alarms && f.alarms.length > 0) {
      this.#list?.add(f.alarms)
      if (this.#local) this.#missed += f.alarms.length
      this.#stage.now()
    }
  }

  #observe(f: Frame): void {
    const m = this.#motion
    if (!m) return
    if (f.off) this.#off = new Map(f.off.map(([i, lon, lat]) => [i, { x: xOf(lon / 1e4), y: yOf(lat / 1e4) }]))
    if (f.lost) {
      const before = this.#lost
      this.#lost = new Map()
      for (const i of f.lost) {
        // At sea silence is usual, and a vessel keeps its course: its boxes are shown where they should be, hollow.
        // On land they stay where they were when the silence was first told.
        const at = before.get(i) ?? m.where(i, f.t)
        if (at) this.#lost.set(i, at)
      }
    }
    const overrides = new Map<number, Override>()
    for (const [i, at] of this.#lost) overrides.set(i, { x: at.sea ? NaN : at.x, y: at.y, lost: true })
    for (const [i, o] of this.#off) overrides.set(i, { ...o, lost: this.#lost.has(i) })
    this.#seen.push({ t: f.t, overrides })
    if (this.#seen.length > 600) this.#seen.splice(0, 300)
    this.#stage.now()
  }

  /** liveNow is the hub's time at this moment. */
  #liveNow(): number {
    return this.#playing ? this.#head + Math.min(performance.now() - this.#headAt, 2000) * this.#speed : this.#head
  }

  // --- what a visitor does

  #play(): void {
    if (this.#local) {
      this.#stage.clock.run({ playing: !this.#stage.clock.playing, speed: this.#stage.timeline?.chosen ?? this.#speed })
      this.#stage.now()
    } else void this.#control({ playing: !this.#playing })
  }

  #faster(v: number): void {
    if (this.#local) this.#stage.clock.run({ speed: v })
    else void this.#control({ speed: v })
  }

  /** control plays, pauses or speeds up the demo for everyone who watches. */
  async #control(change: { playing?: boolean; speed?: number }): Promise<void> {
    try {
      const h = await postJSON<Hello>(this.#box.dataset.control ?? "", change)
      this.#hear({ ...h, alarms: [] })
      this.#stage.now()
      notice(t(change.speed ? "ui.shared.speed" : h.playing ? "ui.shared.playing" : "ui.shared.paused"))
    } catch (e) {
      notice(e instanceof Error ? e.message : t("ui.failed"))
    }
  }

  #scrub(at: number, done: boolean): void {
    if (!this.#hello) return
    if (at >= this.#liveNow() - 1000 * this.#speed && done) return this.#backToLive("push")
    this.#goTo(at)
    if (done) this.#writeTime()
  }

  #goTo(at: number): void {
    if (!this.#local) this.#missed = 0
    this.#local = true
    this.#stage.clock.set(at, { playing: false })
    this.#stage.now()
  }

  #writeTime(): void {
    address({ t: String(Math.round(this.#stage.clock.now())), run: this.#hello?.run ?? "" }, "replace")
  }

  #backToLive(how: "push" | "replace" | "keep"): void {
    this.#local = false
    this.#missed = 0
    this.#stage.clock.set(this.#liveNow(), { speed: this.#speed, playing: this.#playing })
    this.#stage.timeline?.speed(this.#speed)
    if (how !== "keep") address({ t: "", run: "" }, how)
    this.#stage.now()
  }

  /** next goes to the next alarm after the moment shown; at the live moment it is the newest that there is. */
  #next(): void {
    if (!this.#list) return
    const { severity } = this.#list
    const all = this.#list.known().filter((a) => severity === "" || a.sev === severity) // newest first
    if (all.length === 0) { notice(t("ui.next.none")); return }
    if (!this.#local) { this.#pick(all[0]); return }
    const now = this.#stage.clock.now()
    const a = [...all].reverse().find((x) => x.t > now || (x.t === now && x.id !== this.#picked && x.c !== this.#stage.selected))
    if (!a) { notice(t("ui.next.last")); this.#backToLive("push"); return }
    this.#goTo(a.t)
    this.#pick(a)
    this.#writeTime()
  }

  /** pick selects an alarm's container. */
  #pick(a: Alarm): void {
    this.#picked = a.id
    this.#stage.select(a.c)
    this.#list?.mark(a.id)
    this.#stage.reveal()
  }

  #readSeverity(): void {
    const sev = query("sev")
    if (!this.#list) return
    this.#list.severity = sev === "critical" || sev === "major" || sev === "minor" ? sev : ""
    for (const a of $$("[data-sev]:is(a)")) {
      if ((a.dataset.sev === "all" ? "" : a.dataset.sev) === this.#list.severity) a.setAttribute("aria-current", "true")
      else a.removeAttribute("aria-current")
    }
  }

  #readAddress(): void {
    if (!this.#hello) return
    this.#readSeverity()
    const at = wanted(), run = query("run")
    if (at !== null && run && run !== this.#hello.run) {
      notice(t("ui.another.link"))
      address({ t: "", run: "" }, "replace")
    } else if (at !== null && at < this.#liveNow()) this.#goTo(Math.max(at, this.#hello.start))
    else if (this.#local) this.#backToLive("keep")
    const c = query("c")
    if (c && this.#motion?.index.has(c)) {
      this.#motion.place(this.#stage.clock.now())
      this.#stage.select(c, "keep")
      this.#picked = this.#list?.known().find((a) => a.c === c && a.t <= this.#stage.clock.now())?.id ?? null
      this.#list?.mark(this.#picked)
      this.#stage.reveal()
    } else if (this.#stage.selected) this.#stage.select(null, "keep")
  }

  // --- what is shown

  #words(): void {
    const m = this.#motion, h = this.#hello
    if (!m || !h) return
    const live = this.#liveNow()
    if (this.#local && this.#stage.clock.playing && this.#stage.clock.now() >= live) this.#backToLive("replace")
    const now = this.#stage.clock.now()
    m.place(now)
    this.#marks(now)
    this.#list?.to(this.#local ? now : Infinity)
    this.#list?.refresh(now)
    say($("[data-figure=containers]"), count(m.n))
    say($("[data-figure=sea]"), count(m.sea))
    say($("[data-figure=land]"), count(m.land))
    say($("[data-figure=open]"), count(this.#local ? this.#openAt(now) : this.#open))
    say($("[data-figure=mps]"), rate(this.#mps))
    const line = this.#stage.timeline
    line?.show(now, h.start, live, this.#stage.clock.playing, this.#local ? "local" : "live")
    line?.histogram(this.#list?.known() ?? [], this.#list?.severity ?? "")
    this.#back()
    this.#show(now)
  }

  #openAt(now: number): number {
    return this.#list?.known().filter((a) => a.t <= now && a.t > now - openFor).length ?? 0
  }

  /** back writes on the way back to the live moment what has come since. */
  #back(): void {
    const b = $("#timeline [data-act=live]")
    if (!b) return
    if (b.getAttribute("aria-pressed") !== String(!this.#local)) b.setAttribute("aria-pressed", String(!this.#local))
    say(b.lastChild as Element | null, // the words after the pip
      this.#local && this.#missed > 0 ? t("ui.live.missed", { n: count(this.#missed) }) : t("live.live"))
  }

  /** marks puts on the map the newest open alarm of each container, and what was observed by then. */
  #marks(now: number): void {
    const by = new Map<string, Mark>()
    const severity = this.#list?.severity ?? ""
    for (const a of this.#list?.known() ?? []) {
      if (a.t > now || a.t <= now - openFor || (severity && a.sev !== severity)) continue
      const old = by.get(a.c)
      if (old && rank(old.sev) >= rank(a.sev)) continue
      by.set(a.c, { id: a.id, c: a.c, sev: a.sev, x: xOf(a.lon), y: yOf(a.lat) })
    }
    this.#stage.map.marks = [...by.values()]
    this.#stage.map.overrides = this.#observed(now)
  }

  #observed(now: number): Map<number, Override> {
    if (!this.#local) return this.#seen[this.#seen.length - 1]?.overrides ?? new Map<number, Override>()
    for (let k = this.#seen.length - 1; k >= 0; k--) if (this.#seen[k].t <= now) return this.#seen[k].overrides
    return new Map()
  }

  #show(now: number): void {
    const c = this.#stage.selected
    if (!c) return
    this.#stage.tell(now, `/containers/${encodeURIComponent(c)}`, (i) => {
      const rows: CardRow[] = []
      const said = this.#list?.known().find((a) => a.c === c && a.t <= now)
      const seen = this.#stage.map.overrides.get(i)
      if (said) rows.push({ key: t("ui.card.alarm"), value: `${said.text}, ${ago(now - said.t)}`, icon: said.sev })
      if (seen) rows.push({ key: t("ui.card.signal"), value: t(seen.lost ? (seen.x ? "ui.card.lost" : "ui.card.silent") : "ui.card.off") })
      return rows
    })
  }
}

const rank = (s: Severity): number => ["minor", "major", "critical"].indexOf(s)

const box = $("#map[data-mode=live]")
void texts().then(() => {
  if ($(".runsmini progress")) void import(asset("going.js"))
  if (box) new Live(box)
})

// The container page: its way on the map, its curves with one cursor, its events to step through.
import "./common"
import { $, $$, address, el, getJSON, notice, t, texts } from "./dom"
import { Curves, nearest, type Series } from "./curves"
import type { Severity } from "./map"
import { nearest as nearWorld, xOf, yOf } from "./mercator"
import { Stage, wanted } from "./stage"
import type { Happening } from "./timeline"
import { drawSeen, type Way } from "./ways"

interface Story {
  container: string; until: number; series: Series
  events: { t: number; code: string; sev: string; notice: boolean }[] | null
  findings: { at: number; kind: string; sev: Severity }[] | null
}

class Box {
  readonly #stage: Stage | null
  #curves: Curves | null = null
  #story: Story | null = null
  #stops: number[] = []
  #happenings: Happening[] = []
  #from = 0
  #to = 0
  #seen: Way = { x: [], y: [], t: [] }

  readonly #map: HTMLElement | null

  constructor(map: HTMLElement | null) {
    this.#map = map
    this.#stage = map ? new Stage(map, {
      play: () => this.#play(), next: () => this.#next(), live: () => {}, speed: (v) => { this.#stage?.clock.run({ speed: v }); this.#stage?.now() },
      scrub: (at, done) => { this.#at(at); if (done) this.#write() },
    }) : null
    if (this.#stage) {
      this.#stage.map.time = () => this.#stage!.clock.now()
      this.#stage.tick = () => this.#words()
      this.#stage.select = () => {}
    }
  }

  async start(url: string): Promise<void> {
    const story = this.#story = await getJSON<Story>(url)
    const times = (story.series.t ?? []).filter((v): v is number => v !== null)
    this.#from = times.length > 0 ? Math.min(...times) : story.until - 36e5
    this.#to = Math.max(story.until, this.#from + 36e5)
    if (times.length > 1) this.#curves = new Curves(story.series, (at) => this.#at(at))
    this.#stops = [...new Set([...(story.events ?? []).map((e) => e.t), ...(story.findings ?? []).map((f) => f.at)])].sort((a, b) => a - b)
    this.#happenings = [...(story.findings ?? []).map((f, k) => ({ t: f.at, sev: f.sev, id: `f${k}`, c: story.container })),
      ...(story.events ?? []).map((e, k) => ({ t: e.t, sev: "minor" as Severity, id: `e${k}`, c: story.container }))]
    this.#steps()
    if (this.#stage && this.#map) await this.#way(this.#map, story)
    const at = wanted()
    this.#at(at === null ? this.#end() : Math.min(this.#to, Math.max(this.#from, at)))
    addEventListener("popstate", () => this.#at(wanted() ?? this.#end()))
    if (this.#map) this.#map.dataset.ready = "true"
  }

  #end(): number { return this.#seen.t.length > 0 ? this.#seen.t[this.#seen.t.length - 1] : this.#to }

  /** way puts the planned way and the observed one on the map. */
  async #way(map: HTMLElement, story: Story): Promise<void> {
    const stage = this.#stage!
    const motion = await stage.load(map.dataset.plan ?? "", false)
    const i = motion.index.get(story.container) ?? -1
    stage.map.only = i
    const track: Way = i >= 0 ? motion.track(i) : { x: [], y: [], t: [] }
    this.#to = Math.min(this.#to, Math.max(motion.end, story.until))
    let last = track.x[0] ?? 0
    const { lat, lon, t: at } = story.series
    at?.forEach((when, k) => {
      const [la, lo] = [lat?.[k], lon?.[k]]
      if (when === null || la == null || lo == null) return
      last = nearWorld(xOf(lo), last)
      this.#seen.x.push(last)
      this.#seen.y.push(yOf(la))
      this.#seen.t.push(when)
    })
    stage.map.under = (now) => drawSeen(stage.map, track, this.#seen, now)
    const xs = [...track.x, ...this.#seen.x], ys = [...track.y, ...this.#seen.y]
    if (xs.length > 0) stage.map.fitTo({ x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) })
  }

  /** steps makes the times of events and alarms into buttons that move the cursor there. */
  #steps(): void {
    for (const when of $$<HTMLTimeElement>(".eventlist time[datetime], .alarmlist.still time[datetime]")) {
      const at = Date.parse(when.dateTime)
      const b = el("button", "link", when.textContent ?? "")
      b.type = "button"
      b.title = t("ui.step")
      b.addEventListener("click", () => { this.#at(at); this.#write() })
      when.replaceChildren(b)
    }
  }

  #at(at: number): void {
    this.#stage?.clock.set(at, { playing: false, speed: this.#stage.timeline?.chosen ?? 3600 })
    if (this.#stage) this.#stage.now()
    else this.#curves?.show(at)
  }

  #write(): void { if (this.#stage) address({ t: String(Math.round(this.#stage.clock.now())) }, "replace") }

  #play(): void {
    const clock = this.#stage!.clock
    if (!clock.playing && clock.now() >= this.#to - 1) clock.set(this.#from)
    clock.run({ playing: !clock.playing })
    if (!clock.playing) this.#write()
    this.#stage!.now()
  }

  #next(): void {
    const now = this.#stage!.clock.now()
    const stop = this.#stops.find((s) => s > now) ?? this.#stops[0]
    if (stop === undefined) { notice(t("ui.next.noevent")); return }
    this.#at(stop)
    this.#write()
  }

  #words(): void {
    const stage = this.#stage!
    if (!this.#story) return
    const { clock } = stage
    if (clock.playing && clock.now() >= this.#to) clock.set(this.#to, { playing: false })
    const now = clock.now()
    stage.motion?.place(now)
    this.#place(now)
    stage.timeline?.show(now, this.#from, this.#to, clock.playing, "local")
    stage.timeline?.histogram(this.#happenings, "")
    this.#curves?.show(now)
    for (const e of $$<HTMLElement>(".eventlist > li, .alarmlist.still > li")) {
      const at = Date.parse($<HTMLTimeElement>("time", e)?.dateTime ?? "")
      e.classList.toggle("later", at > now + 1000)
      e.classList.toggle("here", Math.abs(at - now) < 1000)
    }
  }

  /** place draws the box where it was seen last, which goes before the plan. */
  #place(now: number): void {
    const { map } = this.#stage!
    const k = nearest(this.#seen.t, now)
    const i = map.only ?? -1
    if (i < 0 || this.#seen.t.length === 0) return
    const last = this.#seen.t[k] <= now ? k : k - 1
    map.selected = i
    if (last < 0) { map.overrides = new Map(); return }
    const next = Math.min(last + 1, this.#seen.t.length - 1)
    const span = this.#seen.t[next] - this.#seen.t[last]
    const share = span > 0 ? Math.min(1, (now - this.#seen.t[last]) / span) : 0
    map.overrides = new Map([[i, { x: this.#seen.x[last] + share * (this.#seen.x[next] - this.#seen.x[last]),
      y: this.#seen.y[last] + share * (this.#seen.y[next] - this.#seen.y[last]), lost: false }]])
  }
}

const map = $("#map[data-mode=container]")
const url = $("#series")?.dataset.series ?? map?.dataset.series
if (url) void texts().then(() => new Box(map).start(url)).catch((e: unknown) => notice(e instanceof Error ? e.message : t("ui.failed")))

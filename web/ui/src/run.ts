// The run page: progress while it plays; afterwards its world again on the map, findings beside the truth.
import "./common"
import { $, address, connection, getJSON, notice, query, say, t, texts } from "./dom"
import type { CardRow } from "./card"
import { count, stamp } from "./format"
import type { Mark, Severity } from "./map"
import { Stage, wanted } from "./stage"
import type { Happening } from "./timeline"

interface Finding { at: number; container: string; kind: string; level: number; sev: Severity; why: string; sort?: string }
interface Incident { id: string; kind: string; hostile: boolean; container: string; start: number; end: number; heard_at: number | null; found: boolean }
interface Progress { state: string; fraction: number; now?: number | string; readings: number; findings: number; eta_s?: number | null; reason?: string }

const shownFor = 24 * 3600e3

function follow(box: HTMLElement): void {
  const field = (name: string) => $(`[data-field=${name}]`, box)
  const bar = $<HTMLProgressElement>("progress", box)
  const source = new EventSource(box.dataset.progress ?? "")
  addEventListener("pagehide", () => source.close())
  source.addEventListener("progress", (e) => {
    const p = JSON.parse((e as MessageEvent<string>).data) as Progress
    connection("live", t("ui.live"))
    if (bar) bar.value = p.fraction
    say(field("percent"), `${Math.floor(p.fraction * 100)} %`)
    say(field("readings"), count(p.readings))
    say(field("findings"), count(p.findings))
    say(field("eta"), p.eta_s === undefined || p.eta_s === null || p.state === "queued" ? "–" : t("ui.seconds", { n: count(Math.ceil(p.eta_s)) }))
    const now = typeof p.now === "string" ? Date.parse(p.now) : p.now
    if (now) say(field("now"), stamp(now))
    say($("h2", box), t(`state.${p.state}`))
    if (p.state === "running" || p.state === "queued") return
    source.close()
    location.reload()
  })
  source.addEventListener("error", () => connection("reconnecting", t("ui.reconnecting")))
}

class Replay {
  readonly #stage: Stage
  #findings: Finding[] = []
  #truth: Incident[] = []
  #happenings: Happening[] = []
  #picked: string | null = null
  #run = ""

  readonly #box: HTMLElement

  constructor(box: HTMLElement) {
    this.#box = box
    this.#stage = new Stage(box, {
      play: () => this.#play(), next: () => this.#next(), live: () => {}, speed: (v) => { this.#stage.clock.run({ speed: v }); this.#stage.now() },
      scrub: (at, done) => { this.#to(at); if (done) this.#write() },
    })
    this.#stage.map.time = () => this.#stage.clock.now()
    this.#stage.map.over = (now) => { if (now !== null) this.#rings(now) }
    this.#stage.tick = () => this.#words()
    addEventListener("popstate", () => this.#readAddress())
  }

  async start(): Promise<void> {
    const { plan, findings, truth } = this.#box.dataset
    try {
      const [motion, said, real] = await Promise.all([this.#stage.load(plan ?? ""),
        findings ? getJSON<{ findings: Finding[] | null }>(findings) : { findings: [] },
        truth ? getJSON<{ incidents: Incident[] | null }>(truth) : { incidents: [] }])
      this.#run = motion.plan.run
      this.#findings = said.findings ?? []
      this.#truth = real.incidents ?? []
    } catch (e) {
      notice(t("ui.plan.failed", { why: e instanceof Error ? e.message : "" }))
      return
    }
    this.#happenings = this.#findings.map((f, k) => ({ t: f.at, sev: f.sev, id: `f${k}`, c: f.container })).reverse()
    this.#stage.clock.set(this.#first(), { playing: false, speed: this.#stage.timeline?.chosen ?? 3600 })
    this.#readAddress()
    this.#stage.now()
    this.#box.dataset.ready = "true"
  }

  /** first is the moment that the page opens on: something is to be seen on it. */
  #first(): number {
    const m = this.#stage.motion!
    return this.#findings.length > 0 ? this.#findings[0].at : m.start + (m.end - m.start) * 0.3
  }

  #readAddress(): void {
    const m = this.#stage.motion
    if (!m) return
    const at = wanted()
    this.#to(at === null ? this.#first() : Math.min(m.end, Math.max(m.start, at)))
    const c = query("c")
    this.#stage.select(c && m.index.has(c) ? c : null, "keep")
  }

  #play(): void {
    const m = this.#stage.motion, { clock } = this.#stage
    if (!m) return
    if (!clock.playing && clock.now() >= m.end) clock.set(m.start)
    clock.run({ playing: !clock.playing })
    if (!clock.playing) this.#write()
    this.#stage.now()
  }

  #to(at: number): void {
    this.#stage.clock.set(at, { playing: false })
    this.#stage.now()
  }

  #write(): void { address({ t: String(Math.round(this.#stage.clock.now())) }, "replace") }

  #next(): void {
    const now = this.#stage.clock.now()
    const k = this.#findings.findIndex((f, i) => f.at > now || (f.at === now && `f${i}` > (this.#picked ?? "") && f.container !== this.#stage.selected))
    const f = this.#findings[k < 0 ? 0 : k]
    if (!f) { notice(t("ui.next.none")); return }
    this.#picked = `f${k < 0 ? 0 : k}`
    this.#to(f.at)
    this.#stage.motion?.place(f.at)
    this.#stage.select(f.container, "replace")
    this.#stage.reveal()
    this.#write()
  }

  #words(): void {
    const m = this.#stage.motion, { clock } = this.#stage
    if (!m) return
    if (clock.playing && clock.now() >= m.end) clock.set(m.end, { playing: false })
    const now = clock.now()
    m.place(now)
    this.#marks(now)
    this.#stage.timeline?.show(now, m.start, m.end, clock.playing, "local")
    this.#stage.timeline?.histogram(this.#happenings, "")
    this.#show(now)
  }

  #marks(now: number): void {
    const m = this.#stage.motion!
    const by = new Map<string, Mark>()
    this.#findings.forEach((f, k) => {
      if (f.at > now || f.at <= now - shownFor) return
      const i = m.index.get(f.container)
      const at = i === undefined ? null : m.where(i, f.at)
      // After the reveal an alarm that hit nothing is drawn hollow.
      if (at) by.set(f.container, { id: `f${k}`, c: f.container, sev: f.sev, x: at.x, y: at.y, hollow: f.sort === "false" || f.sort === "neither" })
    })
    this.#stage.map.marks = [...by.values()]
  }

  /** rings draws a circle and a word round what really happened, while it is near in time. */
  #rings(now: number): void {
    const { map, motion: m } = this.#stage
    const told = new Set([this.#stage.selected, ...map.marks.map((k) => k.c)])
    for (const x of this.#truth) {
      if (!x.hostile && !told.has(x.container)) continue // of thousands of look-alikes only those that somebody spoke of
      const until = Math.max(x.end, x.heard_at ?? x.end) + (x.hostile ? shownFor : shownFor / 4)
      const i = m?.index.get(x.container)
      if (i === undefined || now < x.start || now > until || !map.at(i)) continue
      const [sx, sy] = map.spot(m!, i)
      map.circle(sx, sy, 11, map.colours.surface, 4)
      map.circle(sx, sy, 11, x.hostile ? (x.found ? map.colours.ok : map.colours.critical) : map.colours.muted, 2, x.hostile ? [] : [3, 3])
      if (map.view.scale > 2 && x.hostile) map.label(t(`kind.${x.kind}`), sx + 15, sy, "left", 11, false)
    }
  }

  #show(now: number): void {
    const c = this.#stage.selected
    if (!c) return
    this.#stage.tell(now, `/containers/${encodeURIComponent(c)}?run=${encodeURIComponent(this.#run)}`, () => {
      const rows: CardRow[] = []
      const said = this.#findings.findLast((f) => f.container === c && f.at <= now)
      const was = this.#truth.find((x) => x.container === c && x.start <= now && now <= Math.max(x.end, x.heard_at ?? x.end) + shownFor)
      if (said) rows.push({ key: t("ui.card.alarm"), value: `${t(`kind.${said.kind}`)}, ${stamp(said.at)}`, icon: said.sev })
      if (was) rows.push({ key: t("ui.card.truth"), value: t(`kind.${was.kind}`) })
      return rows
    })
  }
}

void texts().then(() => {
  const progress = $("#progress[data-progress]"), map = $("#map[data-mode=replay]")
  if (progress) follow(progress)
  if (map) void new Replay(map).start()
})

// The map: ground, containers, alarms, names. It draws what it is told for a moment, and only when something changed.
import { calm } from "./dom"
import { Ground, colours, type Colours } from "./ground"
import { WORLD, xOf, yOf } from "./mercator"
import { NONE, SEA, type Motion, type Override } from "./plan"
import { View, handle } from "./view"

export type Severity = "critical" | "major" | "minor"

export interface Mark { id: string; c: string; sev: Severity; x: number; y: number; label?: string; hollow?: boolean }

/** Ring is a circle round a place with a word: what the truth says of it. */
export interface Ring { x: number; y: number; label: string; found: boolean; hostile: boolean }

const many = 2500 // containers from which dots are drawn as plain squares
const golden = Math.PI * (3 - Math.sqrt(5))

/** spiral is where the k-th box of a bunch sits, in units of its spacing. */
const spiral = Array.from({ length: 4096 }, (_, k) => [Math.cos(k * golden) * Math.sqrt(k), Math.sin(k * golden) * Math.sqrt(k)])

export class SealMap {
  readonly view = new View()
  readonly ground: Ground
  motion: Motion | null = null
  overrides: Map<number, Override> = new Map()
  marks: Mark[] = []
  rings: Ring[] = []
  selected = -1
  only: number | null = null // the one container that is shown (container page)
  trail: { x: number[]; y: number[]; t: number[] } | null = null // where that one was seen
  onSelect: (container: string | null, mark?: Mark) => void = () => {}
  onHover: (text: string, sx: number, sy: number) => void = () => {}
  /** frame is asked before each picture for the virtual time to show; null leaves all where it is. */
  time: () => number | null = () => null
  frames = 0

  private readonly ctx: CanvasRenderingContext2D
  private colours: Colours
  private ratio = 1
  private asked = 0
  private gesture = false
  private settle = 0
  private fitted: { x0: number; y0: number; x1: number; y1: number } | null = null
  private touched = false
  private focused = false
  private dots: Record<string, HTMLCanvasElement> = {}
  private trackCache: { i: number; track: ReturnType<Motion["track"]> } | null = null
  private bunch: Int32Array = new Int32Array(0)

  constructor(readonly canvas: HTMLCanvasElement) {
    this.ctx = canvas.getContext("2d", { alpha: false })!
    this.colours = colours()
    this.ground = new Ground(() => this.redraw())
    handle(canvas, this.view, {
      moved: (gesture) => this.moved(gesture), tapped: (x, y) => this.tapped(x, y), hovered: (x, y) => this.hovered(x, y),
      entered: () => this.tapped(this.view.width / 2, this.view.height / 2, 40), calm,
    })
    new ResizeObserver(() => this.resize()).observe(canvas)
    this.resize()
    const recolour = () => { this.colours = colours(); this.dots = {}; this.ground.stale() }
    document.addEventListener("sealab:theme", recolour)
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour)
    document.addEventListener("visibilitychange", () => this.redraw())
    canvas.addEventListener("focus", () => { this.focused = canvas.matches(":focus-visible"); this.redraw() })
    canvas.addEventListener("blur", () => { this.focused = false; this.redraw() })
    void document.fonts?.ready.then(() => this.redraw())
  }

  /** show takes a world to draw, and fits it unless the visitor has moved the map. */
  show(motion: Motion): void {
    this.motion = motion
    this.trackCache = null
    this.bunch = new Int32Array(motion.plan.vehicles.length)
    this.ground.lanes = motion.lanes()
    this.ground.stale()
    const b = motion.bounds()
    if (b) {
      this.fitted = b
      if (!this.touched) this.fit()
    }
  }

  fit(b = this.fitted): void {
    if (b) this.view.fit(b, 24)
    this.redraw()
  }

  /** fitTo makes a rectangle the one that "fit" comes back to. */
  fitTo(b: { x0: number; y0: number; x1: number; y1: number }): void {
    this.fitted = b
    if (!this.touched) this.fit()
  }

  zoom(factor: number): void { this.view.zoom(factor); this.moved(false) }

  /** centre brings a container into the middle, near enough to see it among its neighbours. */
  centre(x: number, y: number, least = 6): void {
    const { view } = this
    view.scale = Math.max(view.scale, least)
    view.x = x + (view.inset.right - view.inset.left) / 2 / view.scale
    view.y = y + (view.inset.bottom - view.inset.top) / 2 / view.scale
    view.clamp()
    this.moved(false)
  }

  /** at is where a container is drawn, or null where it is not. */
  at(i: number): { x: number; y: number } | null {
    const m = this.motion
    if (!m || i < 0) return null
    const o = this.overrides.get(i)
    if (o) return o
    return m.state[i] === NONE ? null : { x: m.x[i], y: m.y[i] }
  }

  redraw(): void {
    if (this.asked || document.hidden) return
    this.asked = requestAnimationFrame(() => { this.asked = 0; this.draw() })
  }

  private moved(gesture: boolean): void {
    this.touched = true
    this.gesture = gesture
    clearTimeout(this.settle)
    this.settle = window.setTimeout(() => { this.gesture = false; this.redraw() }, 180)
    this.redraw()
  }

  private resize(): void {
    const { clientWidth: w, clientHeight: h } = this.canvas
    if (w === 0 || h === 0) return
    this.ratio = Math.min(2, devicePixelRatio || 1)
    this.canvas.width = Math.round(w * this.ratio)
    this.canvas.height = Math.round(h * this.ratio)
    this.view.resize(w, h)
    if (!this.touched) this.fit()
    this.draw()
  }

  private draw(): void {
    if (document.hidden) return
    const { ctx, view, ratio, colours: c, motion } = this
    this.frames++
    const now = this.time()
    if (motion && now !== null) motion.place(now)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    this.ground.draw(ctx, view, ratio, c, !this.gesture)
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    this.taken = []
    if (motion) {
      this.drawTrack(motion, now)
      this.drawPlaces(motion)
      this.drawBoxes(motion)
      this.drawRings()
      this.drawMarks(motion)
      this.drawSelected(motion)
      this.drawNames(motion)
    }
    if (this.focused) this.drawCross()
  }

  // --- containers

  /** spacing of the boxes of a bunch of n, in px: they spread as the map comes near, but never far. */
  private spacing(n: number): number {
    const s = Math.min(5.2, 2.5 + Math.log2(1 + this.view.scale) * 0.45)
    const most = 16 + 5 * Math.log2(1 + this.view.scale)
    return Math.min(s, most / Math.sqrt(n))
  }

  /** spot is where a box is drawn in the window: those on one vehicle lie round it like seeds. */
  private spot(m: Motion, i: number): [number, number] {
    const o = this.overrides.get(i)
    if (o) return [this.view.sx(o.x), this.view.sy(o.y)]
    const v = m.on[i]
    let x = this.view.sx(m.x[i]), y = this.view.sy(m.y[i])
    if (v >= 0 && m.aboard[v] > 1) {
      const gap = this.spacing(m.aboard[v]), [dx, dy] = spiral[m.rank[i] & 4095]
      x += dx * gap
      y += dy * gap
    }
    return [x, y]
  }

  private drawBoxes(m: Motion): void {
    const { view } = this
    const span = WORLD * view.scale, few = m.n <= many
    const size = Math.min(7, (few ? 4.6 : 3) + Math.log2(1 + view.scale / 8) * 0.8)
    const lost: [number, number, boolean][] = []
    const off: [number, number, boolean][] = []
    for (const state of [SEA, SEA + 1]) {
      const put = few ? this.sprites(state === SEA, size) : this.squares(state === SEA, size)
      for (let i = 0; i < m.n; i++) {
        if (m.state[i] !== state || (this.only !== null && i !== this.only)) continue
        const o = this.overrides.size > 0 ? this.overrides.get(i) : undefined
        if (o) {
          const [x, y] = this.spot(m, i)
          if (o.lost) { lost.push([x, y, state === SEA]); continue }
          off.push([x, y, state === SEA])
        }
        const [x, y] = this.spot(m, i)
        if (y < -8 || y > view.height + 8) continue
        for (let k = x - span * Math.ceil((x - span + 8) / span); k < view.width + 8; k += span) if (k > -8) put(k, y)
      }
    }
    for (const [x, y] of off) this.circle(x, y, size / 2 + 2.5, this.colours.ink, 1)
    for (const [x, y, sea] of lost) this.circle(x, y, size / 2 + 1, sea ? this.colours.dotSea : this.colours.dotLand, 1.6)
  }

  private sprites(sea: boolean, size: number): (x: number, y: number) => void {
    const { ctx, ratio, colours: c } = this
    const key = `${sea} ${size.toFixed(1)} ${ratio}`
    const side = size + 4
    const dot = this.dots[key] ??= (() => {
      const s = document.createElement("canvas")
      s.width = s.height = Math.ceil(side * ratio)
      const d = s.getContext("2d")!
      d.scale(ratio, ratio)
      d.beginPath()
      d.arc(side / 2, side / 2, size / 2 + 0.9, 0, 7)
      d.fillStyle = sea ? c.sea : c.land
      d.fill()
      d.beginPath()
      d.arc(side / 2, side / 2, size / 2, 0, 7)
      d.fillStyle = sea ? c.dotSea : c.dotLand
      d.fill()
      return s
    })()
    const w = dot.width / ratio
    return (x, y) => ctx.drawImage(dot, x - side / 2, y - side / 2, w, w)
  }

  private squares(sea: boolean, size: number): (x: number, y: number) => void {
    const { ctx, ratio, colours: c } = this
    ctx.fillStyle = sea ? c.dotSea : c.dotLand
    const s = Math.max(2, Math.round(size * ratio)), half = s >> 1, px = 1 / ratio
    if (s < 4) return (x, y) => ctx.fillRect((Math.round(x * ratio) - half) * px, (Math.round(y * ratio) - half) * px, s * px, s * px)
    return (x, y) => { // two strips make a dot round enough, for a fifth of a circle's price
      const left = (Math.round(x * ratio) - half) * px, top = (Math.round(y * ratio) - half) * px
      ctx.fillRect(left + px, top, (s - 2) * px, s * px)
      ctx.fillRect(left, top + px, s * px, (s - 2) * px)
    }
  }

  private circle(x: number, y: number, r: number, stroke: string, width: number, dash: number[] = []): void {
    const { ctx } = this
    ctx.beginPath()
    ctx.arc(x, y, r, 0, 7)
    ctx.lineWidth = width
    ctx.strokeStyle = stroke
    ctx.setLineDash(dash)
    ctx.stroke()
    ctx.setLineDash([])
  }

  // --- alarms and truth

  /** inWindow gives every copy of a place that the window shows. */
  private inWindow(x: number, y: number, put: (sx: number, sy: number) => void): void {
    const { view } = this
    const span = WORLD * view.scale, sy = view.sy(y)
    if (sy < -40 || sy > view.height + 40) return
    let sx = view.sx(x)
    while (sx - span > -40) sx -= span
    for (; sx < view.width + 40; sx += span) if (sx > -40) put(sx, sy)
  }

  private markAt(m: Motion, k: Mark): [number, number] {
    const i = m.index.get(k.c) ?? -1
    if (!k.hollow && i >= 0 && (m.state[i] !== NONE || this.overrides.has(i))) return this.spot(m, i)
    return [this.view.sx(k.x), this.view.sy(k.y)]
  }

  private drawMarks(m: Motion): void {
    const { ctx, colours: c, view } = this
    const order: Severity[] = ["minor", "major", "critical"]
    for (const sev of order) {
      for (const k of this.marks) {
        if (k.sev !== sev) continue
        const [x, y] = this.markAt(m, k)
        if (x < -12 || y < -12 || x > view.width + 12 || y > view.height + 12) continue
        ctx.beginPath()
        shape(ctx, sev, x, y, 6.4)
        ctx.lineJoin = "round"
        ctx.lineWidth = 3
        ctx.strokeStyle = c.surface
        ctx.stroke()
        ctx.fillStyle = k.hollow ? c.surface : c[sev]
        ctx.fill()
        if (k.hollow) {
          ctx.lineWidth = 1.6
          ctx.strokeStyle = c[sev]
          ctx.stroke()
        }
      }
    }
  }

  private drawRings(): void {
    for (const r of this.rings) {
      this.inWindow(r.x, r.y, (x, y) => {
        this.circle(x, y, 11, this.colours.surface, 4)
        this.circle(x, y, 11, r.hostile ? (r.found ? this.colours.ok : this.colours.critical) : this.colours.muted, 2, r.hostile ? [] : [3, 3])
        if (this.view.scale > 2) this.label(r.label, x + 15, y, "left", 11, false)
      })
    }
  }

  private drawSelected(m: Motion): void {
    if (this.selected < 0) return
    const i = this.selected
    if (m.state[i] === NONE && !this.overrides.has(i)) return
    const [x, y] = this.spot(m, i)
    this.circle(x, y, 12, this.colours.surface, 4.5)
    this.circle(x, y, 12, this.colours.ink, 2)
    const m0 = this.marks.some((k) => k.c === m.plan.containers[i].c)
    if (!m0) {
      this.ctx.beginPath()
      this.ctx.arc(x, y, 3.6, 0, 7)
      this.ctx.fillStyle = m.state[i] === SEA ? this.colours.dotSea : this.colours.dotLand
      this.ctx.fill()
    }
    const o = this.overrides.get(i)
    if (o && m.state[i] !== NONE) this.drawAstray(this.view.sx(m.x[i]), this.view.sy(m.y[i]), x, y)
  }

  /** drawAstray ties where a container should be to where it was seen. */
  private drawAstray(x0: number, y0: number, x1: number, y1: number): void {
    const { ctx } = this
    if (Math.hypot(x1 - x0, y1 - y0) < 16) return
    ctx.beginPath()
    ctx.moveTo(x0, y0)
    ctx.lineTo(x1, y1)
    ctx.setLineDash([3, 4])
    ctx.lineWidth = 1.4
    ctx.strokeStyle = this.colours.ink
    ctx.stroke()
    ctx.setLineDash([])
    this.circle(x0, y0, 4, this.colours.muted, 1.4)
  }

  /** drawTrack draws the way of the selected container: what lies behind it solid, what is planned dashed. */
  private drawTrack(m: Motion, now: number | null): void {
    const i = this.only ?? this.selected
    if (i < 0) return
    if (this.trackCache?.i !== i) this.trackCache = { i, track: m.track(i) }
    const { x, y, t } = this.trackCache.track
    if (x.length < 2) return
    const { ctx, view, colours: c } = this
    const here = now !== null ? m.where(i, now) : null
    const span = WORLD * view.scale
    if (this.trail) { this.drawTrail(this.trail, this.trackCache.track, now); return }
    const split = now === null ? x.length : t.findIndex((at) => at > now)
    const past = split < 0 ? x.length : split
    const base = view.sx(x[0]) - x[0] * view.scale
    for (let off = base - 2 * span; off < base + 3 * span; off += span) {
      const line = (from: number, to: number, first: boolean, dash: number[], alpha: number) => {
        if (to - from < 1) return
        ctx.beginPath()
        if (here && !first) ctx.moveTo(here.x * view.scale + off, view.sy(here.y))
        for (let k = from; k < to; k++) ctx.lineTo(x[k] * view.scale + off, view.sy(y[k]))
        if (here && first) ctx.lineTo(here.x * view.scale + off, view.sy(here.y))
        ctx.setLineDash(dash)
        ctx.lineWidth = 2
        ctx.lineJoin = "round"
        ctx.globalAlpha = alpha
        ctx.strokeStyle = c.accent
        ctx.stroke()
      }
      line(0, past, true, [], 0.9)
      line(past, x.length, false, [2, 5], 0.75)
    }
    ctx.setLineDash([])
    ctx.globalAlpha = 1
  }

  /** drawTrail draws the planned way dashed and, over it, where the box was seen until now. */
  private drawTrail(seen: { x: number[]; y: number[]; t: number[] }, plan: { x: number[]; y: number[] }, now: number | null): void {
    const { ctx, view, colours: c } = this
    const span = WORLD * view.scale
    const line = (w: { x: number[]; y: number[] }, to: number, base: number) => {
      ctx.beginPath()
      for (let k = 0; k < to; k++) ctx.lineTo(w.x[k] * view.scale + base, view.sy(w.y[k]))
      ctx.stroke()
    }
    const first = view.sx(plan.x[0]) - plan.x[0] * view.scale
    const after = now === null ? -1 : seen.t.findIndex((at) => at > now)
    ctx.lineJoin = "round"
    for (let base = first - 2 * span; base < first + 3 * span; base += span) {
      ctx.strokeStyle = c.muted
      ctx.lineWidth = 1.5
      ctx.setLineDash([2, 5])
      line(plan, plan.x.length, base)
      ctx.setLineDash([])
      ctx.strokeStyle = c.accent
      ctx.lineWidth = 2
      line(seen, after < 0 ? seen.x.length : after, base)
    }
  }

  // --- names

  private taken: [number, number, number, number][] = []

  /** label writes a name with a halo where nothing else is written; it says whether it did. */
  private label(text: string, x: number, y: number, align: "left" | "center", px: number, strong: boolean): boolean {
    const { ctx, colours: c } = this
    ctx.font = `${strong ? 600 : 500} ${px}px ${c.face}`
    const w = ctx.measureText(text).width
    const left = align === "left" ? x : x - w / 2
    const box: [number, number, number, number] = [left - 3, y - px * 0.7, left + w + 3, y + px * 0.7]
    if (box[0] < 2 || box[2] > this.view.width - 2) return false
    if (this.taken.some((b) => b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1])) return false
    this.taken.push(box)
    ctx.textAlign = "left"
    ctx.textBaseline = "middle"
    ctx.lineJoin = "round"
    ctx.lineWidth = 3.5
    ctx.strokeStyle = c.surface
    ctx.strokeText(text, left, y)
    ctx.fillStyle = c.ink
    ctx.fillText(text, left, y)
    return true
  }

  private drawPlaces(m: Motion): void {
    const { view, ctx, colours: c } = this
    if (view.scale < 1.1) return
    for (const p of m.plan.places) {
      this.inWindow(xOf(p.lon), yOf(p.lat), (x, y) => {
        if (!this.label(p.name, x + 8, y - 9, "left", view.scale > 5 ? 12.5 : 11, true)) return
        ctx.beginPath()
        ctx.arc(x, y, 3.2, 0, 7)
        ctx.fillStyle = c.ink
        ctx.fill()
        ctx.lineWidth = 1.5
        ctx.strokeStyle = c.surface
        ctx.stroke()
      })
    }
  }

  /** drawNames says what moves, and with how many boxes, once there is room for it. */
  private drawNames(m: Motion): void {
    const { view } = this
    if (view.scale < 9 || this.gesture) return
    this.bunch.fill(0)
    for (let i = 0; i < m.n; i++) if (m.on[i] >= 0 && !this.overrides.has(i)) this.bunch[m.on[i]]++
    m.plan.vehicles.forEach((v, k) => {
      if (this.bunch[k] === 0 || v.kind === "place" || (this.only !== null && m.on[this.only] !== k)) return
      const name = v.name || v.id
      const radius = this.spacing(m.aboard[k]) * Math.sqrt(m.aboard[k]) + 12
      this.inWindow(m.vx[k], m.vy[k], (x, y) => {
        this.label(this.bunch[k] > 1 ? `${name} · ${this.bunch[k]}` : name, x, y + radius, "center", 11, false)
      })
    })
  }

  private drawCross(): void {
    const { ctx, view } = this
    const x = view.width / 2, y = view.height / 2
    ctx.beginPath()
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      ctx.moveTo(x + dx * 5, y + dy * 5)
      ctx.lineTo(x + dx * 13, y + dy * 13)
    }
    ctx.lineWidth = 4
    ctx.strokeStyle = this.colours.surface
    ctx.stroke()
    ctx.lineWidth = 1.6
    ctx.strokeStyle = this.colours.accent
    ctx.stroke()
  }

  // --- what is under a pointer

  private find(sx: number, sy: number, reach: number): { c: string; mark?: Mark } | null {
    const m = this.motion
    if (!m) return null
    let best: { c: string; mark?: Mark } | null = null, d = reach + 4
    for (const k of this.marks) {
      const [x, y] = this.markAt(m, k)
      const far = Math.hypot(x - sx, y - sy)
      if (far < d) { d = far; best = { c: k.c, mark: k } }
    }
    if (best) return best
    d = reach
    for (let i = 0; i < m.n; i++) {
      if ((m.state[i] === NONE && !this.overrides.has(i)) || (this.only !== null && i !== this.only)) continue
      const [x, y] = this.spot(m, i)
      const far = Math.hypot(x - sx, y - sy)
      if (far < d) { d = far; best = { c: m.plan.containers[i].c } }
    }
    return best
  }

  private tapped(sx: number, sy: number, reach = 10): void {
    const hit = this.find(sx, sy, reach)
    this.onSelect(hit?.c ?? null, hit?.mark)
  }

  private hovered(sx: number, sy: number): void {
    const hit = Number.isNaN(sx) ? null : this.find(sx, sy, 8)
    this.canvas.classList.toggle("over", !!hit)
    const i = hit && this.motion ? this.motion.index.get(hit.c) ?? -1 : -1
    const v = i >= 0 ? this.motion?.vehicleOf(i) : undefined
    this.onHover(hit ? [hit.c, v?.name].filter(Boolean).join(" · ") : "", sx, sy)
  }
}

/** shape adds an alarm's outline to the path: the form says the severity as the colour does. */
export function shape(ctx: CanvasRenderingContext2D, sev: Severity, x: number, y: number, r: number): void {
  if (sev === "critical") {
    ctx.moveTo(x, y - r * 1.1); ctx.lineTo(x + r * 1.1, y); ctx.lineTo(x, y + r * 1.1); ctx.lineTo(x - r * 1.1, y)
    ctx.closePath()
  } else if (sev === "major") {
    ctx.moveTo(x, y - r); ctx.lineTo(x + r * 1.08, y + r * 0.85); ctx.lineTo(x - r * 1.08, y + r * 0.85)
    ctx.closePath()
  } else {
    ctx.moveTo(x + r * 0.85, y)
    ctx.arc(x, y, r * 0.85, 0, 7)
  }
}

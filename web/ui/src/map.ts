// The map: ground, containers, alarms, names. It draws what it is told for a moment, and only when something changed.
import { calm } from "./dom"
import { Ground, colours, type Colours } from "./ground"
import { WORLD, xOf, yOf } from "./mercator"
import { LAND, NONE, SEA, type Motion, type Override } from "./plan"
import { View, handle } from "./view"

export type Severity = "critical" | "major" | "minor"

export interface Mark { id: string; c: string; sev: Severity; x: number; y: number; label?: string; hollow?: boolean }

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
  selected = -1
  only: number | null = null // the one container that is shown (container page)
  /** under and over draw what only some pages have, below the containers and above them. */
  under: (now: number | null) => void = () => {}
  over: (now: number | null) => void = () => {}
  onSelect: (container: string | null, mark?: Mark) => void = () => {}
  onHover: (text: string, sx: number, sy: number) => void = () => {}
  /** frame is asked before each picture for the virtual time to show; null leaves all where it is. */
  time: () => number | null = () => null

  readonly ctx: CanvasRenderingContext2D
  colours: Colours
  #ratio = 1
  #asked = 0
  #gesture = false
  #settle = 0
  #fitted: { x0: number; y0: number; x1: number; y1: number } | null = null
  #touched = false
  #focused = false
  #dots: Record<string, HTMLCanvasElement> = {}
  #bunch: Int32Array = new Int32Array(0)

  constructor(readonly canvas: HTMLCanvasElement) {
    this.ctx = canvas.getContext("2d", { alpha: false })!
    this.colours = colours()
    this.ground = new Ground(() => this.redraw())
    handle(canvas, this.view, {
      moved: (gesture) => this.#moved(gesture), tapped: (x, y) => this.#tapped(x, y), hovered: (x, y) => this.#hovered(x, y),
      entered: () => this.#tapped(this.view.width / 2, this.view.height / 2, 40), calm,
    })
    new ResizeObserver(() => this.#resize()).observe(canvas)
    this.#resize()
    const recolour = () => { this.colours = colours(); this.#dots = {}; this.ground.stale() }
    document.addEventListener("sealab:theme", recolour)
    document.addEventListener("visibilitychange", () => this.redraw())
    canvas.addEventListener("focus", () => { this.#focused = canvas.matches(":focus-visible"); this.redraw() })
    canvas.addEventListener("blur", () => { this.#focused = false; this.redraw() })
    void document.fonts?.ready.then(() => this.redraw())
  }

  /** show takes a world to draw, and fits it unless the visitor has moved the map. */
  show(motion: Motion, lanes: boolean): void {
    this.motion = motion
    this.#bunch = new Int32Array(motion.plan.vehicles.length)
    if (lanes) this.ground.ways(motion)
    const b = motion.bounds()
    if (b) {
      this.#fitted = b
      if (!this.#touched) this.fit()
    }
  }

  fit(b = this.#fitted): void {
    if (b) this.view.fit(b, 24)
    this.redraw()
  }

  /** fitTo makes a rectangle the one that "fit" comes back to. */
  fitTo(b: { x0: number; y0: number; x1: number; y1: number }): void {
    this.#fitted = b
    if (!this.#touched) this.fit()
  }

  zoom(factor: number): void { this.view.zoom(factor); this.#moved(false) }

  /** centre brings a container into the middle, near enough to see it among its neighbours. */
  centre(x: number, y: number, least: number): void {
    const { view } = this
    view.scale = Math.max(view.scale, least)
    view.x = x + (view.inset.right - view.inset.left) / 2 / view.scale
    view.y = y + (view.inset.bottom - view.inset.top) / 2 / view.scale
    view.clamp()
    this.#moved(false)
  }

  /** at is where a container is drawn, or null where it is not. */
  at(i: number): { x: number; y: number } | null {
    const m = this.motion
    if (!m || i < 0) return null
    const o = this.overrides.get(i)
    if (o?.x) return o
    return m.state[i] === NONE ? null : { x: m.x[i], y: m.y[i] }
  }

  redraw(): void {
    if (this.#asked || document.hidden) return
    this.#asked = requestAnimationFrame(() => { this.#asked = 0; this.#draw() })
  }

  #moved(gesture: boolean): void {
    this.#touched = true
    this.#gesture = gesture
    clearTimeout(this.#settle)
    this.#settle = window.setTimeout(() => { this.#gesture = false; this.redraw() }, 180)
    this.redraw()
  }

  #resize(): void {
    const { clientWidth: w, clientHeight: h } = this.canvas
    if (w === 0 || h === 0) return
    this.#ratio = Math.min(2, devicePixelRatio || 1)
    this.canvas.width = Math.round(w * this.#ratio)
    this.canvas.height = Math.round(h * this.#ratio)
    this.view.resize(w, h)
    if (!this.#touched) this.fit()
    this.#draw()
  }

  #draw(): void {
    if (document.hidden) return
    const { ctx, view, colours: c, motion } = this, ratio = this.#ratio
    const now = this.time()
    if (motion && now !== null) motion.place(now)
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    this.ground.draw(ctx, view, ratio, c, !this.#gesture)
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    this.#taken = []
    if (motion) {
      this.under(now)
      this.#drawBoxes(motion)
      this.#drawPlaces(motion)
      this.over(now)
      this.#drawMarks(motion)
      this.#drawSelected(motion)
      this.#drawNames(motion)
    }
    if (this.#focused) this.#drawCross()
  }

  // --- containers

  /** spacing of the boxes of a bunch of n, in px: they spread as the map comes near, but never far. */
  #spacing(n: number): number {
    const s = Math.min(5.2, 2.5 + Math.log2(1 + this.view.scale) * 0.45)
    const most = 16 + 5 * Math.log2(1 + this.view.scale)
    return Math.min(s, most / Math.sqrt(n))
  }

  /** spot is where a box is drawn in the window: those on one vehicle lie round it like seeds. */
  spot(m: Motion, i: number): [number, number] {
    const o = this.overrides.get(i)
    if (o?.x) return [this.view.sx(o.x), this.view.sy(o.y)]
    const v = m.on[i]
    let x = this.view.sx(m.x[i]), y = this.view.sy(m.y[i])
    if (v >= 0 && m.aboard[v] > 1) {
      const gap = this.#spacing(m.aboard[v]), [dx, dy] = spiral[m.rank[i] & 4095]
      x += dx * gap
      y += dy * gap
    }
    return [x, y]
  }

  #drawBoxes(m: Motion): void {
    const { view } = this
    const span = WORLD * view.scale, few = m.n <= many
    const size = Math.min(7, (few ? 4.6 : 3) + Math.log2(1 + view.scale / 8) * 0.8)
    for (const state of [SEA, LAND]) {
      const put = few ? this.#sprites(state === SEA, size) : this.#squares(state === SEA, size)
      const hollow = this.#sprites(state === SEA, size, true)
      for (let i = 0; i < m.n; i++) {
        if (m.state[i] !== state || (this.only !== null && i !== this.only)) continue
        const o = this.overrides.size > 0 ? this.overrides.get(i) : undefined
        const [x, y] = this.spot(m, i)
        if (y < -8 || y > view.height + 8) continue
        const draw = o?.lost ? hollow : put
        for (let k = x - span * Math.ceil((x - span + 8) / span); k < view.width + 8; k += span) if (k > -8) draw(k, y)
        if (o && !o.lost && this.only === null) this.circle(x, y, size / 2 + 2.5, this.colours.ink, 1)
      }
    }
  }

  #sprites(sea: boolean, size: number, hollow = false): (x: number, y: number) => void {
    const { ctx, colours: c } = this, ratio = this.#ratio
    const key = `${sea} ${hollow} ${size.toFixed(1)} ${ratio}`
    const side = size + 4
    const dot = this.#dots[key] ??= (() => {
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
      if (hollow) {
        d.beginPath()
        d.arc(side / 2, side / 2, size / 2 - 1.3, 0, 7)
        d.fillStyle = sea ? c.sea : c.land
        d.fill()
      }
      return s
    })()
    const w = dot.width / ratio
    return (x, y) => ctx.drawImage(dot, x - side / 2, y - side / 2, w, w)
  }

  #squares(sea: boolean, size: number): (x: number, y: number) => void {
    const { ctx, colours: c } = this, ratio = this.#ratio
    ctx.fillStyle = sea ? c.dotSea : c.dotLand
    const s = Math.max(2, Math.round(size * ratio)), half = s >> 1, px = 1 / ratio
    if (s < 4) return (x, y) => ctx.fillRect((Math.round(x * ratio) - half) * px, (Math.round(y * ratio) - half) * px, s * px, s * px)
    return (x, y) => { // two strips make a dot round enough, for a fifth of a circle's price
      const left = (Math.round(x * ratio) - half) * px, top = (Math.round(y * ratio) - half) * px
      ctx.fillRect(left + px, top, (s - 2) * px, s * px)
      ctx.fillRect(left, top + px, s * px, (s - 2) * px)
    }
  }

  circle(x: number, y: number, r: number, stroke: string, width: number, dash: number[] = []): void {
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
  inWindow(x: number, y: number, put: (sx: number, sy: number) => void): void {
    const { view } = this
    const span = WORLD * view.scale, sy = view.sy(y)
    if (sy < -40 || sy > view.height + 40) return
    let sx = view.sx(x)
    while (sx - span > -40) sx -= span
    for (; sx < view.width + 40; sx += span) if (sx > -40) put(sx, sy)
  }

  #markAt(m: Motion, k: Mark): [number, number] {
    const i = m.index.get(k.c) ?? -1
    if (!k.hollow && i >= 0 && m.state[i] !== NONE) return this.spot(m, i)
    return [this.view.sx(k.x), this.view.sy(k.y)]
  }

  #drawMarks(m: Motion): void {
    const { ctx, colours: c, view } = this
    const order: Severity[] = ["minor", "major", "critical"]
    for (const sev of order) {
      for (const k of this.marks) {
        if (k.sev !== sev) continue
        const [x, y] = this.#markAt(m, k)
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

  #drawSelected(m: Motion): void {
    if (this.selected < 0) return
    const i = this.selected
    if (m.state[i] === NONE) return
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
  }

  // --- names

  #taken: [number, number, number, number][] = []

  /** label writes a name with a halo where nothing else is written; it says whether it did. */
  label(text: string, x: number, y: number, align: "left" | "center", px: number, strong: boolean): boolean {
    const { ctx, colours: c } = this
    ctx.font = `${strong ? 600 : 500} ${px}px ${c.face}`
    const w = ctx.measureText(text).width
    const left = align === "left" ? x : x - w / 2
    const box: [number, number, number, number] = [left - 3, y - px * 0.7, left + w + 3, y + px * 0.7]
    if (box[0] < 2 || box[2] > this.view.width - 2) return false
    if (this.#taken.some((b) => b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1])) return false
    this.#taken.push(box)
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

  #drawPlaces(m: Motion): void {
    const { view, ctx, colours: c } = this
    if (view.scale < 1.1) return
    for (const p of m.plan.places) {
      this.inWindow(xOf(p.lon), yOf(p.lat), (x, y) => {
        if (!this.label(p.name, x + 13, y - 10, "left", view.scale > 5 ? 12.5 : 11, true)) return
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
  #drawNames(m: Motion): void {
    const { view } = this
    if (view.scale < 9 || this.#gesture) return
    this.#bunch.fill(0)
    for (let i = 0; i < m.n; i++) if (m.on[i] >= 0) this.#bunch[m.on[i]]++
    m.plan.vehicles.forEach((v, k) => {
      if (this.#bunch[k] === 0 || v.kind === "place" || (this.only !== null && m.on[this.only] !== k)) return
      const name = v.name || v.id
      const radius = this.#spacing(m.aboard[k]) * Math.sqrt(m.aboard[k]) + 12
      this.inWindow(m.vx[k], m.vy[k], (x, y) => {
        this.label(this.#bunch[k] > 1 ? `${name} · ${this.#bunch[k]}` : name, x, y + radius, "center", 11, false)
      })
    })
  }

  #drawCross(): void {
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

  #find(sx: number, sy: number, reach: number): { c: string; mark?: Mark } | null {
    const m = this.motion
    if (!m) return null
    let best: { c: string; mark?: Mark } | null = null, d = reach + 4
    for (const k of this.marks) {
      const [x, y] = this.#markAt(m, k)
      const far = Math.hypot(x - sx, y - sy)
      if (far < d) { d = far; best = { c: k.c, mark: k } }
    }
    if (best) return best
    d = reach
    for (let i = 0; i < m.n; i++) {
      if (m.state[i] === NONE || (this.only !== null && i !== this.only)) continue
      const [x, y] = this.spot(m, i)
      const far = Math.hypot(x - sx, y - sy)
      if (far < d) { d = far; best = { c: m.plan.containers[i].c } }
    }
    return best
  }

  #tapped(sx: number, sy: number, reach = 10): void {
    const hit = this.#find(sx, sy, reach)
    this.onSelect(hit?.c ?? null, hit?.mark)
  }

  #hovered(sx: number, sy: number): void {
    const hit = Number.isNaN(sx) ? null : this.#find(sx, sy, 8)
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

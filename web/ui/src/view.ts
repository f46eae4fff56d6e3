// The window on the map: which part of the plane is shown, and how hands move it.
import { WORLD, nearest } from "./mercator"

const maxScale = 512 // px a unit: some 75 m a pixel
const wheelStep = 1.0016
const friction = 0.93

export class View {
  x = WORLD / 2
  y = WORLD / 2
  scale = 1
  width = 1
  height = 1

  /** How much of the window is covered by panels, so that what is fitted is not hidden behind them. */
  inset = { top: 0, right: 0, bottom: 0, left: 0 }

  #minScale(): number { return Math.max(this.height / WORLD, 0.35) }

  clamp(): void {
    this.scale = Math.min(maxScale, Math.max(this.#minScale(), this.scale))
    const half = this.height / 2 / this.scale
    this.y = Math.min(WORLD - half, Math.max(half, this.y))
    if (this.x > 2 * WORLD || this.x < -WORLD) this.x -= WORLD * Math.floor(this.x / WORLD)
  }

  resize(width: number, height: number): void {
    this.width = width
    this.height = height
    this.clamp()
  }

  /** fit shows a rectangle of the plane in what the panels leave free. */
  fit(b: { x0: number; y0: number; x1: number; y1: number }, most = maxScale): void {
    const { top, right, bottom, left } = this.inset
    const w = Math.max(80, this.width - left - right), h = Math.max(80, this.height - top - bottom)
    const scale = Math.min(w / Math.max(b.x1 - b.x0, 1e-6), h / Math.max(b.y1 - b.y0, 1e-6), most)
    this.scale = Math.min(maxScale, Math.max(this.#minScale(), scale))
    this.x = (b.x0 + b.x1) / 2 + (right - left) / 2 / this.scale
    this.y = (b.y0 + b.y1) / 2 + (bottom - top) / 2 / this.scale
    this.clamp()
  }

  pan(dx: number, dy: number): void {
    this.x -= dx / this.scale
    this.y -= dy / this.scale
    this.clamp()
  }

  /** zoom keeps the point under (sx, sy) where it is. */
  zoom(factor: number, sx = this.width / 2, sy = this.height / 2): void {
    const before = this.scale
    const px = this.x + (sx - this.width / 2) / before, py = this.y + (sy - this.height / 2) / before
    this.scale = before * factor
    this.clamp()
    this.x = px - (sx - this.width / 2) / this.scale
    this.y = py - (sy - this.height / 2) / this.scale
    this.clamp()
  }

  /** sx brings an x of the plane to the window, in the copy of the world nearest to its middle. */
  sx(x: number): number { return (nearest(x, this.x) - this.x) * this.scale + this.width / 2 }
  sy(y: number): number { return (y - this.y) * this.scale + this.height / 2 }
}

export interface Hands {
  moved(gesture: boolean): void
  tapped(sx: number, sy: number): void
  hovered(sx: number, sy: number): void
  entered(): void
  calm(): boolean
}

/** handle lets pointer, wheel, fingers and keys move a view. */
export function handle(canvas: HTMLCanvasElement, view: View, hands: Hands): void {
  const fingers = new Map<number, { x: number; y: number }>()
  let travelled = 0, speedX = 0, speedY = 0, gliding = 0

  const at = (e: MouseEvent) => {
    const r = canvas.getBoundingClientRect()
    return { x: e.clientX - r.left, y: e.clientY - r.top }
  }
  const spread = () => {
    const [a, b] = [...fingers.values()]
    return { d: Math.hypot(a.x - b.x, a.y - b.y) || 1, x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
  }

  canvas.addEventListener("pointerdown", (e) => {
    cancelAnimationFrame(gliding)
    fingers.set(e.pointerId, at(e))
    if (e.isTrusted) canvas.setPointerCapture(e.pointerId) // one made by a script cannot be captured
    if (fingers.size === 1) travelled = speedX = speedY = 0
    canvas.classList.add("held")
  })
  canvas.addEventListener("pointermove", (e) => {
    const p = at(e), old = fingers.get(e.pointerId)
    if (!old) { if (e.pointerType === "mouse") hands.hovered(p.x, p.y); return }
    if (fingers.size === 1) {
      const dx = p.x - old.x, dy = p.y - old.y
      travelled += Math.abs(dx) + Math.abs(dy)
      fingers.set(e.pointerId, p)
      if (travelled < 4) return
      speedX = dx; speedY = dy
      view.pan(dx, dy)
    } else {
      const before = spread()
      fingers.set(e.pointerId, p)
      const after = spread()
      travelled += 10
      view.zoom(after.d / before.d, after.x, after.y)
      view.pan(after.x - before.x, after.y - before.y)
    }
    hands.moved(true)
  })
  const up = (e: PointerEvent) => {
    if (!fingers.delete(e.pointerId) || fingers.size > 0) return
    canvas.classList.remove("held")
    if (e.type === "pointerup" && travelled < 4) { const p = at(e); hands.tapped(p.x, p.y) }
    else if (travelled >= 4) glide()
  }
  const glide = () => {
    if (hands.calm() || Math.hypot(speedX, speedY) < 1) { hands.moved(false); return }
    view.pan(speedX, speedY)
    speedX *= friction
    speedY *= friction
    hands.moved(true)
    gliding = requestAnimationFrame(glide)
  }
  canvas.addEventListener("pointerup", up)
  canvas.addEventListener("pointercancel", up)
  canvas.addEventListener("pointerleave", () => hands.hovered(NaN, NaN))
  canvas.addEventListener("wheel", (e) => {
    e.preventDefault()
    const p = at(e)
    const lines = e.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
    view.zoom(wheelStep ** (-e.deltaY * lines * (e.ctrlKey ? 6 : 1)), p.x, p.y)
    hands.moved(true)
  }, { passive: false })
  canvas.addEventListener("dblclick", (e) => { const p = at(e); view.zoom(2, p.x, p.y); hands.moved(false) })
  canvas.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return
    const step = e.shiftKey ? 200 : 60
    const keys: Record<string, () => void> = {
      ArrowLeft: () => view.pan(step, 0), ArrowRight: () => view.pan(-step, 0), ArrowUp: () => view.pan(0, step),
      ArrowDown: () => view.pan(0, -step), "+": () => view.zoom(1.5), "-": () => view.zoom(1 / 1.5),
      Enter: () => hands.entered(),
    }
    const act = keys[e.key === "=" ? "+" : e.key]
    if (!act) return
    e.preventDefault()
    act()
    hands.moved(true)
  })
}

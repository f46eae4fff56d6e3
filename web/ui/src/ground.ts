// The ground of the map: sea, land and lanes, painted on a canvas of its own that is larger than the window, so that
// a pan only moves a picture. While hands move the map the coarse land is good enough; at rest the fine one is painted.
import { root } from "./dom"
import { loadLand, type Ring } from "./land"
import { WORLD } from "./mercator"
import type { Motion } from "./plan"
import type { View } from "./view"

const margin = 0.25 // of the window, on each side

const tokens = ["sea", "land", "coast", "dotSea", "dotLand", "ink", "muted", "surface", "accent", "critical", "major", "minor", "ok",
  "face"] as const

export type Colours = Record<typeof tokens[number], string>

/** colours reads the tokens of the page's theme: dotSea is --dot-sea. */
export function colours(): Colours {
  const css = getComputedStyle(root)
  const of = (name: string) => css.getPropertyValue("--" + name.replace(/[A-Z]/g, (c) => "-" + c.toLowerCase())).trim()
  return Object.fromEntries(tokens.map((name) => [name, of(name)])) as Colours
}

export class Ground {
  ready: Promise<void>
  #lanes: [Path2D, Path2D] = [new Path2D(), new Path2D()]
  #coarse: Ring[] = []
  #fine: Ring[] = []
  readonly #sheet = document.createElement("canvas")
  readonly #ctx = this.#sheet.getContext("2d", { alpha: false })!
  #painted = { x: 0, y: 0, scale: 0, width: 0, height: 0, fine: false, valid: false }
  #wantsFine = false

  readonly #changed: () => void

  constructor(changed: () => void) {
    this.#changed = changed
    this.ready = loadLand("110").then((r) => { this.#coarse = r; this.stale() })
  }

  /** ways takes the lanes of a world. */
  ways(motion: Motion): void {
    this.#lanes = [new Path2D(), new Path2D()]
    let lastX = NaN, lastY = NaN
    motion.lanes((sea, x0, y0, x1, y1) => {
      const lane = this.#lanes[sea ? 1 : 0]
      if (x0 !== lastX || y0 !== lastY) lane.moveTo(x0, y0)
      lane.lineTo(lastX = x1, lastY = y1)
    })
    this.stale()
  }

  /** stale has the ground painted again: other colours, other lanes. */
  stale(): void {
    this.#painted.valid = false
    this.#changed()
  }

  #fetchFine(): void {
    if (this.#wantsFine) return
    this.#wantsFine = true
    void this.ready.then(() => loadLand("50")).then((r) => { this.#fine = r; this.stale() }, () => { /* the coarse land stays */ })
  }

  /** draw puts the ground under the window; resting says that nobody moves it. */
  draw(out: CanvasRenderingContext2D, view: View, ratio: number, c: Colours, resting: boolean): void {
    if (resting && this.#coarse.length > 0) this.#fetchFine()
    const p = this.#painted
    const grow = view.scale / p.scale
    const outside = Math.abs(view.x - p.x) * view.scale > view.width * margin * grow + view.width / 2 * (grow - 1) + 0.5 ||
      Math.abs(view.y - p.y) * view.scale > view.height * margin * grow + view.height / 2 * (grow - 1) + 0.5
    const sharp = p.scale === view.scale && p.fine === this.#fine.length > 0
    if (!p.valid || p.width !== view.width || p.height !== view.height || outside || grow > 2.5 || grow < 0.4 || (resting && !sharp)) {
      this.#paint(view, ratio, c, resting)
    }
    const k = view.scale / p.scale
    const w = this.#sheet.width * k, h = this.#sheet.height * k
    const x = (p.x - view.x) * view.scale * ratio + (view.width * ratio - w) / 2
    const y = (p.y - view.y) * view.scale * ratio + (view.height * ratio - h) / 2
    if (k === 1) out.drawImage(this.#sheet, Math.round(x), Math.round(y))
    else {
      if (w < view.width * ratio || h < view.height * ratio) {
        out.fillStyle = c.sea
        out.fillRect(0, 0, view.width * ratio, view.height * ratio)
      }
      out.drawImage(this.#sheet, x, y, w, h)
    }
  }

  #paint(view: View, ratio: number, c: Colours, resting: boolean): void {
    const width = Math.round(view.width * (1 + 2 * margin) * ratio), height = Math.round(view.height * (1 + 2 * margin) * ratio)
    if (this.#sheet.width !== width || this.#sheet.height !== height) {
      this.#sheet.width = width
      this.#sheet.height = height
    }
    const rings = resting && this.#fine.length > 0 ? this.#fine : this.#coarse
    const ctx = this.#ctx
    const s = view.scale * ratio
    const left = view.x - width / 2 / s, right = view.x + width / 2 / s
    const top = view.y - height / 2 / s, bottom = view.y + height / 2 / s
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    ctx.fillStyle = c.sea
    ctx.fillRect(0, 0, width, height)
    for (let copy = Math.floor((left - 1) / WORLD); copy <= Math.floor((right + 1) / WORLD); copy++) {
      const off = copy * WORLD
      ctx.setTransform(s, 0, 0, s, (off - left) * s, -top * s)
      const shown = rings.filter((r) => r.x1 + off > left && r.x0 + off < right && r.y1 > top && r.y0 < bottom &&
        (r.x1 - r.x0 + r.y1 - r.y0) * s > 1.5)
      ctx.fillStyle = c.land
      for (const r of shown) ctx.fill(r.fill)
      ctx.strokeStyle = c.coast
      ctx.lineWidth = 0.9 * ratio / s
      ctx.lineJoin = "round"
      for (const r of shown) ctx.stroke(r.coast)
      ctx.globalAlpha = 0.3
      this.#lanes.forEach((lane, sea) => {
        ctx.strokeStyle = sea ? c.dotSea : c.dotLand
        ctx.stroke(lane)
      })
      ctx.globalAlpha = 1
    }
    this.#painted = { x: view.x, y: view.y, scale: view.scale, width: view.width, height: view.height, fine: rings === this.#fine, valid: true }
  }
}

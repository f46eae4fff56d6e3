// The way of one container on the map.
import type { SealMap } from "./map"
import { WORLD } from "./mercator"
import { NONE, type Motion } from "./plan"

export interface Way { x: number[]; y: number[]; t: number[] }

/** copies calls draw with what has to be added to an x to draw it in each copy of the world that may be seen. */
function copies(map: SealMap, way: Way, draw: (px: (x: number) => number) => void): void {
  const { view } = map
  const span = WORLD * view.scale, base = view.sx(way.x[0]) - way.x[0] * view.scale
  for (let off = base - 2 * span; off < base + 3 * span; off += span) draw((x) => x * view.scale + off)
}

function stroke(map: SealMap, width: number, colour: string, dash: number[]): void {
  const { ctx } = map
  ctx.lineJoin = "round"
  ctx.lineWidth = width
  ctx.strokeStyle = colour
  ctx.setLineDash(dash)
  ctx.stroke()
  ctx.setLineDash([])
}

/** drawPlanned draws a container's planned way: what lies behind it solid, what is to come dashed. */
export function drawPlanned(map: SealMap, m: Motion, i: number, way: Way, now: number | null): void {
  if (way.x.length < 2) return
  const { ctx, view, colours: c } = map
  const here = now !== null ? m.where(i, now) : null
  const split = now === null ? -1 : way.t.findIndex((at) => at > now)
  const past = split < 0 ? way.x.length : split
  copies(map, way, (px) => {
    const line = (from: number, to: number) => { for (let k = from; k < to; k++) ctx.lineTo(px(way.x[k]), view.sy(way.y[k])) }
    const join = () => { if (here) ctx.lineTo(px(here.x), view.sy(here.y)) }
    ctx.beginPath(); line(0, past); join()
    stroke(map, 2, c.accent, [])
    ctx.beginPath(); join(); line(past, way.x.length)
    stroke(map, 2, c.accent, [2, 5])
  })
  const o = map.overrides.get(i)
  if (o?.x && m.state[i] !== NONE) drawAstray(map, view.sx(m.x[i]), view.sy(m.y[i]), view.sx(o.x), view.sy(o.y))
}

/** drawSeen draws a planned way dashed and, over it, where the box was seen until now. */
export function drawSeen(map: SealMap, plan: Way, seen: Way, now: number | null): void {
  const { ctx, view, colours: c } = map
  const after = now === null ? -1 : seen.t.findIndex((at) => at > now)
  const any = plan.x.length > 0 ? plan : seen
  if (any.x.length === 0) return
  copies(map, any, (px) => {
    const line = (w: Way, to: number) => { ctx.beginPath(); for (let k = 0; k < to; k++) ctx.lineTo(px(w.x[k]), view.sy(w.y[k])) }
    line(plan, plan.x.length)
    stroke(map, 1.5, c.muted, [2, 5])
    line(seen, after < 0 ? seen.x.length : after)
    stroke(map, 2, c.accent, [])
  })
}

/** drawAstray ties where a container should be to where it was seen. */
function drawAstray(map: SealMap, x0: number, y0: number, x1: number, y1: number): void {
  if (Math.hypot(x1 - x0, y1 - y0) < 16) return
  map.ctx.beginPath()
  map.ctx.moveTo(x0, y0)
  map.ctx.lineTo(x1, y1)
  stroke(map, 1.4, map.colours.ink, [3, 4])
  map.circle(x0, y0, 4, map.colours.muted, 1.4)
}

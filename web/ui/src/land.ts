// The land: rings projected at build time (see ../land.mjs), read in slices so that the page stays quick.
import { asset } from "./dom"
import { WORLD } from "./mercator"

const unit = 32
const slice = 8 // ms

export interface Ring { fill: Path2D; coast: Path2D; x0: number; y0: number; x1: number; y1: number }

/** loadLand fetches and reads one scale. */
export async function loadLand(scale: "110" | "50"): Promise<Ring[]> {
  const res = await fetch(asset(`land-${scale}.bin`))
  if (!res.ok) throw new Error(`land ${scale}: ${res.status}`)
  return rings(new Uint8Array(await res.arrayBuffer()))
}

async function rings(raw: Uint8Array): Promise<Ring[]> {
  const out: Ring[] = []
  const read = reader(raw)
  let since = performance.now()
  for (let left = read.varint(); left > 0; left--) {
    out.push(ring(read.points()))
    if (performance.now() - since > slice) {
      await new Promise((done) => setTimeout(done))
      since = performance.now()
    }
  }
  return out
}

/** reader reads the file's numbers; points come as x, y, x, y … in units of 1/32. */
export function reader(raw: Uint8Array) {
  let at = 0, px = 0, py = 0
  const varint = (): number => {
    for (let v = 0, factor = 1; ; factor *= 128) {
      const b = raw[at++]
      v += (b & 127) * factor
      if (b < 128) return v
    }
  }
  const zigzag = (): number => { const v = varint(); return v & 1 ? -(v + 1) / 2 : v / 2 }
  const points = (): Int32Array => {
    const p = new Int32Array(2 * varint())
    for (let i = 0; i < p.length; i += 2) {
      p[i] = px += zigzag()
      p[i + 1] = py += zigzag()
    }
    return p
  }
  return { varint, points }
}

/** ring makes the paths of a ring. Edges that only close it along the world's rim are land, but no coast. */
function ring(p: Int32Array): Ring {
  const fill = new Path2D(), coast = new Path2D()
  const bound = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity }
  const rim = (i: number, k: number) => {
    const same = (v: number, edge: number, past: number) => past > 0 ? v >= edge : v <= edge
    return (same(p[i], 0, -1) && same(p[k], 0, -1)) || (same(p[i], WORLD * unit, 1) && same(p[k], WORLD * unit, 1)) ||
      (same(p[i + 1], WORLD * unit, 1) && same(p[k + 1], WORLD * unit, 1))
  }
  let last = p.length - 2
  for (let i = 0; i < p.length; last = i, i += 2) {
    const x = p[i] / unit, y = p[i + 1] / unit
    bound.x0 = Math.min(bound.x0, x); bound.x1 = Math.max(bound.x1, x)
    bound.y0 = Math.min(bound.y0, y); bound.y1 = Math.max(bound.y1, y)
    if (i === 0) { fill.moveTo(x, y); coast.moveTo(x, y); continue }
    fill.lineTo(x, y)
    if (rim(i, last)) coast.moveTo(x, y)
    else coast.lineTo(x, y)
  }
  fill.closePath()
  if (!rim(0, last)) coast.lineTo(p[0] / unit, p[1] / unit)
  return { fill, coast, ...bound }
}

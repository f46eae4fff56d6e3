// Projects the land at build time: Mercator, whole numbers of 1/32 px where the world is 1024 px wide. Browsers then
// need no projection and no clipping; d3-geo cuts the polygons at the antimeridian, which is where naive ones go wrong.
//
// The file: a varint count of rings; for each ring a varint count of points, then zigzag varints of the differences,
// x before y, the first from the ring before's last point.
import { readFileSync } from "node:fs"
import { geoMercator, geoPath } from "d3-geo"
import { feature } from "topojson-client"

const size = 1024
const unit = 32
const overlap = 8 // units past the edge, so that two copies of the world side by side show no seam

export function land(file) {
  const topology = JSON.parse(readFileSync(file, "utf8"))
  const projection = geoMercator().scale(size / (2 * Math.PI)).translate([size / 2, size / 2]).clipExtent([[0, 0], [size, size]])
    .precision(0.3)
  const rings = collect(projection, feature(topology, topology.objects.land))
  const out = []
  varint(out, rings.length)
  let px = 0, py = 0
  for (const ring of rings) {
    varint(out, ring.length)
    for (const [x, y] of ring) {
      zigzag(out, x - px)
      zigzag(out, y - py)
      px = x
      py = y
    }
  }
  return Buffer.from(out)
}

function collect(projection, shape) {
  const rings = []
  let ring = []
  const point = (x, y) => {
    const p = [Math.round(x * unit), Math.round(y * unit)]
    if (p[0] <= 0) p[0] = -overlap
    if (p[0] >= size * unit) p[0] = size * unit + overlap
    const last = ring[ring.length - 1]
    if (!last || last[0] !== p[0] || last[1] !== p[1]) ring.push(p)
  }
  const close = () => {
    const [a, z] = [ring[0], ring[ring.length - 1]]
    if (a && z && a !== z && a[0] === z[0] && a[1] === z[1]) ring.pop()
    if (ring.length >= 3) rings.push(ring)
    ring = []
  }
  geoPath(projection, { beginPath() {}, moveTo(x, y) { close(); point(x, y) }, lineTo: point, closePath: close, arc() {} })(shape)
  close()
  return rings
}

function varint(out, v) {
  for (; v > 127; v = Math.floor(v / 128)) out.push((v % 128) | 128)
  out.push(v)
}

const zigzag = (out, v) => varint(out, v < 0 ? -2 * v - 1 : 2 * v)

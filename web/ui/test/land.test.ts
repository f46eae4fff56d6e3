import "./page"
import assert from "node:assert/strict"
import { test } from "node:test"
import { land } from "../land.mjs"
import { reader } from "../src/land"

const unit = 32, size = 1024

for (const scale of ["110", "50"]) {
  test(`land ${scale}: what is read is what was written, whole and inside the world`, () => {
    const raw = new Uint8Array(land(`node_modules/world-atlas/land-${scale}m.json`))
    const read = reader(raw)
    let area = 0, points = 0
    for (let left = read.varint(); left > 0; left--) {
      const p = read.points()
      points += p.length / 2
      let ring = 0
      for (let i = 0; i < p.length; i += 2) {
        const k = (i + 2) % p.length
        ring += p[i] * p[k + 1] - p[k] * p[i + 1]
        assert.ok(p[i] >= -8 && p[i] <= size * unit + 8 && p[i + 1] >= 0 && p[i + 1] <= size * unit, "inside")
        // No bar across the world: between two points of a coast there is never half of it, but along the rim.
        const rim = p[i + 1] === size * unit && p[k + 1] === size * unit
        assert.ok(rim || Math.abs(p[k] - p[i]) < (size * unit) / 4, `bar from ${p[i]} to ${p[k]} at ${p[i + 1]}`)
      }
      area += ring / 2
    }
    const share = Math.abs(area) / (size * unit) ** 2
    assert.ok(share > 0.25 && share < 0.5, `land covers ${share}`)
    assert.ok(points > (scale === "110" ? 3000 : 30000))
  })
}

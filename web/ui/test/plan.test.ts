import assert from "node:assert/strict"
import { test } from "node:test"
import { latOf, lonOf, nearest as nearWorld, WORLD, xOf, yOf } from "../src/mercator"
import { LAND, Motion, NONE, SEA, type Plan } from "../src/plan"

const hour = 3600e3

/** A vessel goes east over the antimeridian for ten hours; a box waits on land, sails, and waits again. */
const plan: Plan = {
  v: 1, run: "r", scenario: "s", start: 1e12, end: 1e12 + 20 * hour,
  vehicles: [
    { id: "a", kind: "place", name: "A", path: [1700000, 0], times: [0] },
    { id: "v", kind: "vessel", name: "V", path: [1700000, 0, 1900000, 0], times: [2 * hour, 12 * hour] },
    { id: "b", kind: "place", name: "B", path: [1900000, 100000], times: [0] },
  ],
  containers: [
    { c: "C1", s: "S1", from: "A", to: "B", on: [[0, 0, 2 * hour], [1, 2 * hour, 12 * hour], [2, 13 * hour, 20 * hour]], dx: 0, dy: 0 },
    { c: "C2", s: "S2", from: "A", to: "B", on: [[1, 2 * hour, 12 * hour]], dx: 10, dy: 0 },
  ],
  places: [],
}

test("a box moves with its vehicles, over the antimeridian too", () => {
  const m = new Motion(plan)
  m.place(plan.start + 7 * hour)
  assert.ok(Math.abs(lonOf(m.x[0]) - 180) < 1e-4)
  assert.deepEqual([m.state[0], m.state[1], m.sea, m.land], [SEA, SEA, 2, 0])
  assert.deepEqual([m.rank[0], m.rank[1], m.aboard[1]], [0, 1, 2])
  assert.ok(m.x[1] > m.x[0], "its place on board is its own")
})

test("time may be gone through in any order", () => {
  const m = new Motion(plan)
  const seen = new Map<number, string>()
  const at = (h: number) => { m.place(plan.start + h * hour); return `${m.state.join()} ${m.x[0].toFixed(3)} ${m.y[0].toFixed(3)}` }
  for (const h of [0, 1, 3, 5, 11.9, 12.5, 14, 19]) seen.set(h, at(h))
  for (const h of [19, 3, 12.5, 0, 11.9, 14, 5, 1]) assert.equal(at(h), seen.get(h), `at ${h} h`)
})

test("between two legs a box waits where the last one ended, and is nowhere before and after its way", () => {
  const m = new Motion(plan)
  m.place(plan.start + 12.5 * hour)
  assert.ok(Math.abs(lonOf(m.x[0]) - 190) < 1e-3)
  assert.equal(m.state[1], NONE)
  m.place(plan.start + 14 * hour)
  assert.equal(m.state[0], LAND)
  assert.ok(Math.abs(latOf(m.y[0]) - 10) < 1e-3)
  m.place(plan.start + 21 * hour)
  assert.equal(m.state[0], NONE)
  assert.equal(m.where(0, plan.start - 1), null)
})

test("asking for one box does not disturb the picture", () => {
  const m = new Motion(plan)
  m.place(plan.start + 7 * hour)
  const x = m.x[0]
  assert.ok(Math.abs(lonOf(m.where(0, plan.start + 4 * hour)!.x) - 174) < 1e-3)
  m.place(plan.start + 7 * hour)
  assert.equal(m.x[0], x)
})

test("a track goes through every leg in order", () => {
  const { t, x } = new Motion(plan).track(0)
  assert.deepEqual([...t].sort((a, b) => a - b), t)
  assert.equal(t[0], plan.start)
  assert.equal(t[t.length - 1], plan.start + 20 * hour)
  assert.ok(Math.max(...x) > WORLD)
})

test("lanes that several vehicles share are drawn once", () => {
  const twice: Plan = { ...plan, vehicles: [...plan.vehicles, { ...plan.vehicles[1], id: "w", path: [1900000, 0, 1700000, 0] }] }
  let n = 0
  new Motion(twice).lanes(() => n++)
  assert.equal(n, 1)
})

test("projection and its inverse agree, and the poles stay on the map", () => {
  for (const [lon, lat] of [[0, 0], [103.8, 1.3], [-122.4, 37.8], [179.9, -45], [-180, 80]]) {
    assert.ok(Math.abs(lonOf(xOf(lon)) - lon) < 1e-9)
    assert.ok(Math.abs(latOf(yOf(lat)) - lat) < 1e-9)
  }
  assert.ok(yOf(90) >= -0.01 && yOf(-90) <= WORLD + 0.01)
  assert.equal(nearWorld(10, WORLD), 10 + WORLD)
  assert.equal(nearWorld(WORLD + 10, 0), 10)
})

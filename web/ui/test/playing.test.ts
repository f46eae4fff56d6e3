import assert from "node:assert/strict"
import { test } from "node:test"
import { late, now, tagOf, type News, type State } from "../src/playing"

const hour = 3600e3
const state = (change: Partial<State>): State => ({ id: "r", url: "/play/r", state: "playing", t: 1e12, start: 1e12, end: 1e12 + 240 * hour,
  speed: 1, per_ms: 3600, hold_ms: 0, away: false, news: [], flags: [], ...change })
const told = (what: string, grave: 0 | 1 | 2, at: number, when = at): News => ({ n: 1, at, when, c: "C", what, grave })

test("between two answers the time goes on, but never far, and not beyond the end", () => {
  assert.equal(now(state({}), 1000), 1e12 + hour)
  assert.equal(now(state({}), 60_000), 1e12 + 2.5 * hour)
  assert.equal(now(state({ state: "paused" }), 1000), 1e12)
  assert.equal(now(state({ t: 1e12 + 239.9 * hour }), 1000), 1e12 + 240 * hour)
})

test("after a flag the time stands still as long as the hub says", () => {
  assert.equal(now(state({ hold_ms: 2000 }), 1500), 1e12)
  assert.equal(now(state({ hold_ms: 500 }), 1500), 1e12 + hour)
})

test("a tile shows the gravest of the last day, and silence as long as it lasts", () => {
  const at = 1e12 + 100 * hour
  assert.equal(tagOf([], at, false).word, "quiet")
  assert.equal(tagOf([], at, true).word, "done")
  assert.equal(tagOf([told("rope_cut", 2, at - hour), told("shock", 1, at)], at, false).word, "grave")
  assert.equal(tagOf([told("rope_cut", 2, at - 25 * hour)], at, false).word, "quiet")
  assert.equal(tagOf([told("silent", 1, at - 40 * hour)], at, false).word, "silent")
  assert.equal(tagOf([told("silent", 1, at - 40 * hour), told("back", 1, at - 30 * hour)], at, false).word, "quiet")
  assert.equal(tagOf([told("authorised", 0, at - hour)], at, false).word, "announced")
})

test("what was heard late says when it happened, once", () => {
  assert.equal(late(told("door_open", 2, 5 * hour, hour)), true)
  assert.equal(late(told("door_open", 2, 5 * hour, 4.5 * hour)), false)
  assert.equal(late(told("opened", 2, 5 * hour, hour)), false)
})

import "./page"
import assert from "node:assert/strict"
import { readFileSync, readdirSync } from "node:fs"
import { test } from "node:test"
import { Clock } from "../src/clock"
import { nearest } from "../src/curves"
import { ago, lasting, stamp } from "../src/format"
import { binned } from "../src/timeline"
import { matches } from "../src/topics"
import { View } from "../src/view"

test("a clock runs on between two words of the hub and works small differences off", () => {
  let wall = 0
  const c = new Clock(() => wall)
  c.hear(1000, 10, true)
  wall = 100
  assert.equal(c.now(), 2000)
  c.hear(2100, 10, true)
  assert.ok(c.now() > 2000 && c.now() < 2100, "no leap")
  c.hear(9e9, 10, true)
  assert.equal(c.now(), 9e9, "a large difference is taken over")
  c.hear(9e9, 10, false)
  wall = 5000
  assert.equal(c.now(), 9e9, "a paused clock stands")
  c.run({ playing: true, speed: 2 })
  wall = 5100
  assert.equal(c.now(), 9e9 + 200)
})

test("topics match as MQTT says; a bare word fits as a part", () => {
  const topic = "sealab/v1/open/run/abc/seal/S-1/tele"
  for (const yes of ["", "#", "sealab/#", "sealab/v1/+/run/+/seal/+/tele", topic, "tele", "S-1", "sealab/v1/op", "sealab/v1/open/"]) {
    assert.ok(matches(yes, topic), yes)
  }
  for (const no of ["sealab/v1/+", "sealab/v1/open/run/+/seal/+/event", "other/#", "sealab/+/run", "event"]) assert.ok(!matches(no, topic), no)
})

test("the nearest reading is found", () => {
  const at = [10, 20, 40]
  assert.deepEqual([0, 14, 16, 29, 31, 99].map((t) => nearest(at, t)), [0, 0, 1, 1, 2, 2])
})

test("alarms are counted by time and severity", () => {
  const all = [{ t: 0, sev: "critical" as const, id: "1", c: "" }, { t: 99, sev: "minor" as const, id: "2", c: "" },
    { t: 100, sev: "minor" as const, id: "3", c: "" }, { t: 101, sev: "major" as const, id: "4", c: "" }]
  assert.deepEqual(binned(all, 0, 100, 2, "").map((b) => [b.critical, b.major, b.minor]), [[1, 0, 0], [0, 0, 2]])
  assert.deepEqual(binned(all, 0, 100, 1, "critical").map((b) => [b.critical, b.major, b.minor]), [[1, 0, 0]])
})

test("zooming keeps what is under the pointer, and panning wraps round the world", () => {
  const v = new View()
  v.resize(800, 400)
  v.scale = 4
  v.x = 300
  v.y = 400
  const under = () => [v.x + (100 - 400) / v.scale, v.y + (50 - 200) / v.scale]
  const before = under()
  v.zoom(2, 100, 50)
  under().forEach((c, i) => assert.ok(Math.abs(c - before[i]) < 1e-9))
  const sx = v.sx(300)
  v.pan(-1024 * v.scale, 0)
  assert.ok(Math.abs(v.sx(300) - sx) < 1e-6)
  for (let i = 0; i < 50; i++) v.pan(0, 1e5)
  assert.ok(v.y >= v.height / 2 / v.scale - 1e-9)
})

test("fitting leaves what panels cover free", () => {
  const v = new View()
  v.resize(1000, 500)
  v.inset = { top: 80, right: 60, bottom: 40, left: 20 }
  v.fit({ x0: 400, y0: 400, x1: 500, y1: 440 })
  assert.ok(v.sx(400) >= 20 - 1e-6 && v.sx(500) <= 1000 - 60 + 1e-6)
  assert.ok(v.sy(400) >= 80 - 1e-6 && v.sy(440) <= 500 - 40 + 1e-6)
})

test("times are said in a visitor's words", () => {
  assert.equal(lasting(26 * 3600e3), "1 d 2 h")
  assert.equal(lasting(90 * 60e3), "1 h 30 min")
  assert.equal(stamp(Date.UTC(2026, 10, 23, 18, 4)), "23 Nov 18:04")
  assert.match(ago(3 * 3600e3), /3 hr/)
  assert.equal(ago(5000), "now")
})

test("every text that scripts ask for is there, and every one that is there is asked for", () => {
  const words: Record<string, string> = Object.assign({}, ...readdirSync("../i18n").filter((f) => f.startsWith("en"))
    .map((f) => JSON.parse(readFileSync(`../i18n/${f}`, "utf8")) as object))
  for (const key of Object.keys(words)) if (!key.startsWith("ui.")) delete words[key]
  const source = readdirSync("src").map((f) => readFileSync(`src/${f}`, "utf8")).join("\n") + readFileSync("../templates/parts/map.html", "utf8")
  const asked = new Set([...source.matchAll(/"(ui\.[a-z.]+)"/g)].map((m) => m[1]))
  for (const key of asked) assert.ok(words[key], `${key} is missing in i18n/en*.json`)
  const families = [...source.matchAll(/`(ui\.[a-z.]+\.)\$\{/g)].map((m) => m[1]) // keys that are put together
  for (const key of Object.keys(words)) assert.ok(asked.has(key) || families.some((f) => key.startsWith(f)), `${key} is asked for by nobody`)
})

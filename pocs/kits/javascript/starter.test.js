"use strict";
// What the detector must say, and what not: node --test starter.test.js

const test = require("node:test");
const assert = require("node:assert");
const sealab = require("./sealab");
const { Detector } = require("./starter");

const NOW = 1_772_000_000_000;

// say gives the containers and offences that the detector names in one tick.
function say(...events) {
  const detector = new Detector({ params: {}, context: { places: [], routes: [] } });
  const rows = events.map((event, i) => ({ n: i + 1, ...event }));
  return detector.step(new sealab.Batch({ tick: 1, now: NOW + 1, events: rows }, Detector.fields)).map((f) => [f.container, f.kind]);
}

const reading = (code) => ({ type: "reading", seal: "SLB-00000007", container: "SLBU1000633", ts: NOW, "event.code": code });

test("a cut", () => assert.deepStrictEqual(say(reading("ROPE_CUT")), [["SLBU1000633", "bolt_cut"]]));
test("a quiet seal", () => assert.deepStrictEqual(say(reading("MOTION_START")), []));
test("an announced opening", () => {
  const notice = { type: "notice", kind: "authorised_opening", container: "SLBU1000633", ts: NOW, until: NOW };
  assert.deepStrictEqual(say(notice, reading("DOOR_OPEN")), []);
});

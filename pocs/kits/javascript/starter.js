"use strict";
// A detector to begin with: it believes what the seal says, but for openings that were announced.

const sealab = require("./sealab");

const HOUR = 3_600_000; // times are in ms since 1970 UTC
// What the seal can say of itself: the offence that it means, and how sure that is, from 0 to 1000.
const SAID = { ROPE_CUT: ["bolt_cut", 950], CASE_OPEN: ["bolt_cut", 900], DETACHED: ["bolt_cut", 900], DOOR_OPEN: ["quick_open", 700] };

class Detector {
  // What it wants to hear; all there is: sealab schema protocol
  static fields = {
    reading: ["container", "ts", "event.code"],
    notice: ["kind", "container", "ts", "until"],
  };

  constructor(hello) {
    this.slack = (hello.params.slack_h ?? 2) * HOUR; // sealab run -p slack_h=4 ...
    this.announced = new Map(); // container: openings, each from when to when
    this.said = new Map(); // container and offence: when it was said
  }

  step(batch) {
    const said = [];
    for (const event of batch.events()) {
      if (event.type === "notice") this.announce(event);
      else if (Object.hasOwn(SAID, event["event.code"] ?? "") && event.container) said.push(...this.opened(event, batch.now));
    }
    return said;
  }

  announce(event) {
    if (event.kind !== "authorised_opening") return;
    const span = [event.ts - this.slack, Math.max(event.ts, event.until ?? 0) + this.slack];
    this.announced.set(event.container, [...(this.announced.get(event.container) ?? []), span]);
  }

  opened(event, now) {
    const code = event["event.code"], [kind, level] = SAID[code], key = event.container + " " + kind;
    if ((this.announced.get(event.container) ?? []).some(([from, to]) => event.ts >= from && event.ts <= to)) return [];
    if (now - (this.said.get(key) ?? 0) < 24 * HOUR) return []; // what goes on is said once
    this.said.set(key, now);
    return [sealab.finding(event.container, kind, level, `The seal says ${code}, and no opening was announced.`, [event.n])];
  }
}

if (require.main === module) sealab.run(Detector);

module.exports = { Detector };

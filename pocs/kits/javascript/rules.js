"use strict";
// The rules of an alarm desk: Sealab's built-in detector `rules`, written again in JavaScript.
//
// It says the same of every message, in both forms of the protocol, in worlds whose seals do not sign.

const sealab = require("./sealab");

const HOUR = 3_600_000;
const MAX_PACE = 7 * 24 * HOUR;
const EARTH_RADIUS_M = 6371008.8;
const DEFAULTS = {
  cooldown_h: 24, opening_slack_h: 2, lux_lx: 10, light_alarm_lx: 0, shock_g: 4, shock_port_g: 4.5,
  handling_km: 10, gnss_lost_h: 24, gnss_lost_reports: 3, silence_h: 24, sea_slack_h: 24,
};
// What the device reports: the kind that it means (null: that of an open door), how sure, and why.
const CODES = {
  ROPE_CUT: ["bolt_cut", 950, "The seal reports its bolt or cable cut"],
  CASE_OPEN: ["bolt_cut", 900, "The seal reports its case opened"],
  DETACHED: ["bolt_cut", 900, "The seal reports that it was taken off its mount"],
  DOOR_OPEN: [null, 800, "The seal reports the door opened"],
  DISARMED: ["quick_open", 600, "The seal was disarmed"],
  LIGHT_ALARM: [null, 500, "The seal reports light in the box"],
  UNLOCK_DENIED: ["quick_open", 400, "The seal refused a wrong key"],
};

// Box is what is known of a container: its papers, and what was said of it.
class Box {
  constructor(container) {
    Object.assign(this, { container, openings: [], legs: [], end: "", endedMs: 0, last: {}, level: {} });
  }

  notice(e) {
    switch (e.kind) {
      case "booking": {
        const route = e.route || [];
        this.legs = route.slice(1).map((b, i) => ({ from: route[i].place, to: b.place, mode: b.mode, leave: route[i].etd || 0, due: b.eta }));
        this.end = this.legs.length ? this.legs[this.legs.length - 1].to : "";
        this.endedMs = 0;
        break;
      }
      case "authorised_opening":
        this.openings = [...this.openings.slice(-7), [e.ts, Math.max(e.ts, e.until || 0)]];
        break;
      case "departure": {
        const leg = this.legs.find((l) => l.from === e.place);
        if (leg) Object.assign(leg, { due: leg.due + e.ts - leg.leave, leave: e.ts });
        break;
      }
      case "arrival": {
        const leg = this.legs.find((l) => l.to === e.place);
        if (leg) leg.due = e.ts;
        break;
      }
      case "gate_out":
        if (this.end && e.place === this.end && !this.endedMs) this.endedMs = e.ts;
    }
  }

  authorised(ms, slack) { return this.openings.some(([from, to]) => ms >= from - slack && ms <= to + slack); }
  atSea(ms, slack) { return this.legs.some((l) => l.mode === "sea" && ms >= l.leave - slack && ms <= l.due + slack); }
  ended(ms) { return this.endedMs !== 0 && ms >= this.endedMs; }
}

class Detector {
  static fields = {
    reading: ["seal", "container", "kind", "boot", "seq", "ts", "nextReport", "seal_state.status", "seal_state.armedAt",
      "seal_state.openedAt", "seal_state.tamperedAt", "pos.lat", "pos.lon", "pos.fix", "env.lux", "env.doorOpen",
      "env.gPeak", "event.code"],
    notice: ["kind", "container", "ts", "until", "place", "route"],
  };

  constructor(hello) {
    const value = { ...DEFAULTS, ...hello.params };
    const whole = (x, per) => Math.trunc(x * per) / per;
    const hours = (name) => Math.trunc(value[name] * HOUR);
    Object.assign(this, {
      cooldown: hours("cooldown_h"), openingSlack: hours("opening_slack_h"), gnssLost: hours("gnss_lost_h"),
      silence: hours("silence_h"), seaSlack: hours("sea_slack_h"),
      lux: whole(value.lux_lx, 10), lightAlarm: whole(value.light_alarm_lx, 10),
      shock: whole(value.shock_g, 1000), shockPort: whole(value.shock_port_g, 1000),
      blindReports: Math.trunc(value.gnss_lost_reports), handlingM: value.handling_km * 1000,
      ports: hello.context.places.filter((p) => p.kind !== "waypoint"),
      seals: new Map(), boxes: new Map(), usual: 0,
    });
  }

  step(batch) {
    this.now = batch.now;
    this.said = [];
    for (const e of batch.events()) {
      if (e.type === "reading") this.reading(e);
      else this.box(e.container).notice(e);
    }
    if (this.now % HOUR === 0) this.hour();
    return this.said;
  }

  box(container) {
    if (!this.boxes.has(container)) this.boxes.set(container, new Box(container));
    return this.boxes.get(container);
  }

  seal(e, ts) {
    let s = this.seals.get(e.seal);
    if (!s) {
      s = { box: null, lat: 0, lon: 0, fixMs: 0, armed: false, firstMs: ts, heardMs: 0, dueMs: 0, boot: 0, seq: 0, teleMs: 0,
        paced: false, blind: 0, openedMs: 0, tamperedMs: 0, lost: false, silent: false };
      this.seals.set(e.seal, s);
    }
    if (e.container && (!s.box || s.box.container !== e.container)) {
      Object.assign(s, { box: this.box(e.container), openedMs: 0, tamperedMs: 0 });
    }
    return s;
  }

  reading(e) {
    const ts = e.ts || 0, s = this.seal(e, ts);
    s.heardMs = this.now;
    s.silent = false;
    if (e.nextReport > s.dueMs) s.dueMs = e.nextReport;
    if (e.kind === "tele") this.pace(s, e.boot || 0, e.seq || 0, ts);
    if (!s.box) return;
    const status = e["seal_state.status"];
    s.armed = status === "armed" || status === "open" || status === "tampered";
    const lux = e["env.lux"] || 0;
    if (e["event.code"]) this.code(s, e["event.code"], ts, status, lux);
    if (s.armed) {
      this.latches(s, e, status);
      if (e["env.doorOpen"]) this.open(s.box, doorKind(status), 700, ts, "The door stands open under an armed seal");
      else if (lux > this.lux) this.open(s.box, doorKind(status), 500, ts, "There is light behind a shut door");
      if (e["env.gPeak"] > this.shock) this.blow(s, ts, e["env.gPeak"]);
    }
    this.position(s, e, ts);
  }

  pace(s, boot, seq, ts) {
    if (boot === s.boot && seq === s.seq + 1 && ts > s.teleMs) {
      s.paced = true;
      this.usual = Math.max(this.usual, Math.min(ts - s.teleMs, MAX_PACE));
    }
    Object.assign(s, { boot, seq, teleMs: ts });
  }

  code(s, code, ts, status, lux) {
    if (!Object.hasOwn(CODES, code) || (code === "LIGHT_ALARM" && lux < this.lightAlarm)) return;
    const [kind, level, why] = CODES[code];
    this.open(s.box, kind || doorKind(status), level, ts, why);
  }

  latches(s, e, status) {
    const armed = e["seal_state.armedAt"] || 0, tampered = e["seal_state.tamperedAt"], opened = e["seal_state.openedAt"];
    if (tampered > armed && tampered > s.tamperedMs) {
      s.tamperedMs = tampered;
      this.open(s.box, "bolt_cut", 900, tampered, "The seal says that it was tampered with");
    }
    if (opened > armed && opened > s.openedMs) {
      s.openedMs = opened;
      this.open(s.box, doorKind(status), 800, opened, "The seal says that it was opened");
    }
  }

  // open says that it was opened, unless an opening at that time was announced or the trip is over.
  open(box, kind, level, ms, why) {
    if (!box.authorised(ms, this.openingSlack) && !box.ended(ms)) this.say(box, kind, level, why + ", and no opening was announced.");
  }

  blow(s, ts, g) {
    const known = s.fixMs !== 0 && ts - s.fixMs < 6 * HOUR;
    if ((!known || this.handling(s.lat, s.lon)) && g <= this.shockPort) return;
    this.open(s.box, "bolt_cut", 300, ts, "There was a blow as of a tool");
  }

  // handling says whether boxes are lifted and set down here.
  handling(lat, lon) {
    const degree = EARTH_RADIUS_M * Math.PI / 180;
    return this.ports.some((p) => Math.abs(lat - p.lat) * degree <= this.handlingM && distanceM(lat, lon, p.lat, p.lon) <= this.handlingM);
  }

  position(s, e, ts) {
    const fix = e["pos.fix"];
    if (fix === "2d" || fix === "3d") {
      s.blind = 0;
      if (ts >= s.fixMs) Object.assign(s, { lat: e["pos.lat"], lon: e["pos.lon"], fixMs: ts, lost: false });
      return;
    }
    if (!fix || fix === "unknown") return;
    s.blind++;
    const since = Math.max(s.fixMs, s.firstMs);
    if (s.lost || !s.armed || ts - since < this.gnssLost || s.blind < this.blindReports) return;
    s.lost = true;
    if (!s.box.atSea(ts, this.seaSlack) && !s.box.ended(ts)) this.say(s.box, "gnss_jam", 300, "No position for long while the radio works.");
  }

  hour() {
    for (const s of this.seals.values()) {
      if (!s.armed || s.silent || !s.paced || this.now - Math.max(s.heardMs + this.usual, s.dueMs) <= this.silence) continue;
      if (s.box.atSea(this.now, this.seaSlack)) continue;
      s.silent = true;
      if (!s.box.ended(this.now)) this.say(s.box, "radio_wrap", 200, "Nothing was heard for long, off the sea.");
    }
  }

  // say says what goes on once, and again only after it has been quiet for the cool-down, or if it is surer.
  say(box, kind, level, why) {
    if (!box.last[kind] || this.now - box.last[kind] >= this.cooldown) box.level[kind] = 0;
    box.last[kind] = this.now;
    if (level > box.level[kind]) {
      box.level[kind] = level;
      this.said.push(sealab.finding(box.container, kind, level, why));
    }
  }
}

function doorKind(status) { return status === "tampered" ? "bolt_cut" : "quick_open"; }

// distanceM is the great-circle distance (R. W. Sinnott 1984).
function distanceM(lat1, lon1, lat2, lon2) {
  const rad = Math.PI / 180, a = lat1 * rad, b = lat2 * rad;
  const h = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin((lon2 - lon1) * rad / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

if (require.main === module) sealab.run(Detector);

module.exports = { Detector };

"use strict";
// The JavaScript client of Sealab (Node 18 or newer): it talks with the sandbox, and your detector hears and answers.
//
// A detector is a class with the fields that it wants to hear, a constructor that takes Sealab's greeting, and a step:
//
//   class Detector {
//     static fields = { reading: ["container", "event.code"] };
//     constructor(hello) {}
//     step(batch) {
//       const said = [];
//       for (const event of batch.events()) {
//         if (event["event.code"] === "ROPE_CUT") said.push(sealab.finding(event.container, "bolt_cut", 900));
//       }
//       return said;
//     }
//   }
//   sealab.run(Detector);
//
// Standard output belongs to the protocol: console.log goes to standard error, which is your log.
// `sealab schema protocol` says what fields there are. Nothing but Node's own library is used.

const PROTOCOL = 1;

// finding is what you have to say about a container; level says how sure you are, from 0 to 1000.
function finding(container, kind, level, why = "", basis = undefined) {
  const said = { container, kind, level };
  if (why) said.why = why;
  if (basis) said.basis = basis;
  return said;
}

// Batch is what was heard in one tick, the same in both forms of the protocol. `now` is the end of the tick, in ms since
// 1970 UTC, like all times: it is the only clock there is.
class Batch {
  constructor(message, fields) {
    this.tick = message.tick;
    this.now = message.now;
    this.message = message;
    this.fields = fields;
  }

  // events gives each event as an object, in the order of hearing: type, n, and those of your fields that it has.
  events() {
    if (this.message.events) return this.message.events;
    const all = [];
    for (const [kind, names] of Object.entries(this.fields)) {
      const columns = this.message[kind];
      if (!columns) continue;
      const there = names.filter((name) => columns[name]);
      columns.n.forEach((n, i) => {
        const event = { type: kind, n };
        for (const name of there) if (columns[name][i] !== null) event[name] = columns[name][i];
        all.push(event);
      });
    }
    return all.sort((a, b) => a.n - b.n);
  }
}

// run talks with Sealab until the run is over.
function run(Detector) {
  if (process.env.SEALAB_MQTT) {
    console.error("The JavaScript client talks over pipes alone: run this program without --form mqtt");
    process.exitCode = 1;
    return;
  }
  console.log = console.error;
  let hears, fields;
  const say = (message) => process.stdout.write(JSON.stringify(message) + "\n");
  const hear = (line) => {
    const message = JSON.parse(line);
    if (hears) {
      say({ tick: message.tick, findings: hears.step(new Batch(message, fields)) || [] });
      return;
    }
    if (message.protocol !== PROTOCOL) {
      throw new Error(`Sealab speaks version ${message.protocol} of the protocol, this file version ${PROTOCOL}`);
    }
    hears = new Detector(message);
    fields = Detector.fields;
    say({ protocol: PROTOCOL, form: message.forms[0], fields });
  };
  let parts = []; // of a line that has not ended yet
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (text) => {
    const lines = text.split("\n");
    for (let i = 0; i < lines.length - 1; i++) {
      parts.push(lines[i]);
      hear(parts.join(""));
      parts = [];
    }
    parts.push(lines[lines.length - 1]);
  });
  process.stdin.on("end", () => {
    if (!hears) console.error(`This program is started by Sealab: sealab run --exec 'node ${process.argv[1]}' northern-corridor`);
  });
}

module.exports = { finding, run, Batch, PROTOCOL };

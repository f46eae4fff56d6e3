"""The Python client of Sealab: it talks with the sandbox, and your detector hears and answers.

A detector is a class with the fields that it wants to hear, a constructor that takes Sealab's greeting, and a step:

    class Detector:
        FIELDS = {"reading": ["container", "event.code"]}

        def __init__(self, hello):
            pass

        def step(self, batch):
            for event in batch.events():
                if event.get("event.code") == "ROPE_CUT":
                    yield sealab.finding(event["container"], "bolt_cut", 900, "The seal says that it was cut.")

    sealab.run(Detector)

Standard output belongs to the protocol: print goes to standard error, which is your log.
`sealab schema protocol` says what fields there are. Python 3.8 or newer; nothing but its standard library.
"""

import gc
import itertools
import json
import operator
import os
import sys

PROTOCOL = 1


def finding(container, kind, level, why="", basis=None):
    """What you have to say about a container; level says how sure you are, from 0 to 1000."""
    said = {"container": container, "kind": kind, "level": level}
    if why:
        said["why"] = why
    if basis:
        said["basis"] = basis
    return said


class Batch:
    """What was heard in one tick, the same in both forms of the protocol.

    now is the end of the tick, in ms since 1970 UTC, like all times: it is the only clock there is.
    """

    def __init__(self, message, fields):
        self.tick = message["tick"]
        self.now = message["now"]
        self._message = message
        self._fields = fields

    def events(self):
        """Each event as a dictionary, in the order of hearing: type, n, and those of your fields that it has."""
        if "events" in self._message:
            yield from self._message["events"]
            return
        names = {kind: ["type", "n", *fields] for kind, fields in self._fields.items()}
        for row in self.rows():
            yield {name: value for name, value in zip(names[row[0]], row) if value is not None}

    def rows(self):
        """The same, faster: a tuple for each event: its type, n, then your fields in your order, None where it lacks one."""
        if "events" in self._message:
            names = {kind: ["type", "n", *fields] for kind, fields in self._fields.items()}
            return [tuple(map(event.get, names[event["type"]])) for event in self._message["events"]]
        rows = []
        for kind in self._fields:
            if kind in self._message:
                rows += self._table(kind)
        rows.sort(key=operator.itemgetter(1))  # each table is in order of n: this merges them
        return rows

    def _table(self, kind):
        columns, none = self._message[kind], itertools.repeat(None)
        return zip(itertools.repeat(kind), columns["n"], *[columns.get(name, none) for name in self._fields[kind]])


def missed(hub, run, after=0):
    """Events of a run after event number `after`, for whoever lost the connection: {at, n, kind, message}, the message as over
    MQTT. hub is an address such as http://127.0.0.1:8080; it ends with what the run has heard by now."""
    import urllib.request  # only here: it takes long to load

    while True:
        last = after
        with urllib.request.urlopen("%s/api/v1/runs/%s/events?after=%d" % (hub, run, after)) as lines:
            for line in lines:
                event = json.loads(line)
                after = event["n"]
                yield event
        if after == last:
            return


def run(detector, address=None):
    """Talk with Sealab until the run is over: over MQTT where there is an address to join at, else over pipes."""
    address = address or os.environ.get("SEALAB_MQTT")
    if address:
        import sealab_mqtt  # what it needs is not in the standard library
        return sealab_mqtt.run(detector, address)
    out, sys.stdout = sys.stdout, sys.stderr
    lines = open(sys.stdin.fileno(), "rb", buffering=1 << 20, closefd=False)  # a batch is often longer than a usual buffer
    first = next(lines, None)
    if first is None:
        sys.exit("This program is started by Sealab: sealab run --exec 'python3 %s' northern-corridor" % sys.argv[0])
    hello = json.loads(first)
    if hello["protocol"] != PROTOCOL:
        sys.exit("Sealab speaks version %s of the protocol, this file version %s" % (hello["protocol"], PROTOCOL))
    gc.set_threshold(100_000)  # events are many and short-lived: to look for cycles among them all the time costs a tenth
    hears = detector(hello)
    fields = {kind: list(names) for kind, names in hears.FIELDS.items()}

    def say(message):
        out.write(json.dumps(message, separators=(",", ":")) + "\n")
        out.flush()

    say({"protocol": PROTOCOL, "form": hello["forms"][0], "fields": fields})
    for line in lines:
        message = json.loads(line)
        said = hears.step(Batch(message, fields))
        say({"tick": message["tick"], "findings": list(said or ())})

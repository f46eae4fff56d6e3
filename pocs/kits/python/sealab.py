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

import bisect
import itertools
import json
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
        for kind, rows in self.stretches():
            names = ["n"] + self._fields[kind]
            for row in rows:
                event = {name: value for name, value in zip(names, row) if value is not None}
                event["type"] = kind
                yield event

    def stretches(self):
        """The same, faster: pairs of a kind and rows of it, in the order of hearing.

        A row is a tuple: n, then your fields in your order, None where the event does not have one.
        """
        if "events" in self._message:
            for kind, group in itertools.groupby(self._message["events"], key=lambda event: event["type"]):
                names = ["n"] + self._fields[kind]
                yield kind, [tuple(map(event.get, names)) for event in group]
            return
        tables = [(kind, self._table(kind)) for kind in self._fields if kind in self._message]
        if len(tables) == 1:
            yield tables[0]
        elif tables:
            yield from _merge(tables)

    def _table(self, kind):
        columns = self._message[kind]
        none = itertools.repeat(None)
        return list(zip(columns["n"], *[columns.get(name, none) for name in self._fields[kind]]))


def _merge(tables):
    """Cut tables that are each in order of n into stretches that are so together."""
    place = [0] * len(tables)
    while True:
        ahead = sorted((rows[place[i]][0], i) for i, (_, rows) in enumerate(tables) if place[i] < len(rows))
        if not ahead:
            return
        i = ahead[0][1]
        kind, rows = tables[i]
        end = len(rows)
        if len(ahead) > 1:
            end = bisect.bisect_left(rows, (ahead[1][0],), place[i])
        yield kind, rows[place[i]:end]
        place[i] = end


def run(detector):
    """Talk with Sealab until the run is over."""
    out, sys.stdout = sys.stdout, sys.stderr
    lines = iter(sys.stdin.buffer.readline, b"")
    first = next(lines, None)
    if first is None:
        sys.exit("This program is started by Sealab: sealab run --exec 'python3 %s' northern-corridor" % sys.argv[0])
    hello = json.loads(first)
    if hello["protocol"] != PROTOCOL:
        sys.exit("Sealab speaks version %s of the protocol, this file version %s" % (hello["protocol"], PROTOCOL))
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

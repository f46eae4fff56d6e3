"""A detector that has learnt: a decision tree of scikit-learn's, trained on worlds whose truth is known.

python3 learner.py train WORLD...     learns from folders that `sealab world` wrote, and keeps what it learnt in learner.model
python3 learner.py learner.model      is the detector, started by Sealab
"""

import datetime
import json
import os
import pickle
import sys

import sealab

HOUR = 3_600_000
MODEL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "learner.model")
CODES = ["ROPE_CUT", "CASE_OPEN", "DETACHED", "DOOR_OPEN", "DISARMED", "LIGHT_ALARM", "UNLOCK_DENIED"]
FIELDS = {
    "reading": ["container", "ts", "kind", "seal_state.status", "pos.fix", "env.lux", "env.doorOpen", "env.gPeak", "env.tilt", "event.code"],
    "notice": ["kind", "container", "ts", "until"],
}


class Features:
    """What the tree is told of each reading: the same numbers when it learns and when it judges."""

    def __init__(self):
        self.announced = {}  # container: when openings were announced, each from when to when
        self.lux = {}  # container: the light before

    def notice(self, event):
        if event["kind"] == "authorised_opening":
            span = (event["ts"] - 2 * HOUR, max(event["ts"], event.get("until", 0)) + 2 * HOUR)
            self.announced.setdefault(event["container"], []).append(span)

    def reading(self, event):
        container, ts, lux = event["container"], event.get("ts", 0), event.get("env.lux", 0)
        before, self.lux[container] = self.lux.get(container, lux), lux
        status, code = event.get("seal_state.status"), event.get("event.code")
        return [
            lux, lux - before, event.get("env.gPeak", 0), event.get("env.tilt", 0), bool(event.get("env.doorOpen")),
            status == "armed", status in ("open", "tampered"), event.get("pos.fix") in ("2d", "3d"), event.get("kind") == "event",
            any(begin <= ts <= end for begin, end in self.announced.get(container, [])), *(code == known for known in CODES),
        ]


def ms(text):
    """A time as the files have it, in ms since 1970 UTC."""
    return round(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000)


def flat(message, prefix=""):
    """A message of the files with the names of the fields that a detector asks for."""
    out = {}
    for name, value in message.items():
        if isinstance(value, dict):
            out.update(flat(value, prefix + name + "."))
        elif value is not None:
            out[prefix + name] = ms(value) if prefix + name in ("ts", "until") else value
    return out


def heard(folder):
    """Everything that was heard in a world, in the order of hearing: when, what kind of event, and its fields."""
    lines = []
    for name in ("messages.ndjson", "notices.ndjson"):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            lines += map(json.loads, file)
    for line in sorted(lines, key=lambda line: line["n"]):
        yield ms(line["at"]), line["kind"], flat(line["message"])


def hostile(folder):
    """The acts of a world by container: from when to when a message speaks of one."""
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as file:
        incidents = json.load(file)["incidents"]
    acts = {}
    for act in incidents:
        if act["hostile"] and act["heard_at"]:
            acts.setdefault(act["container"], []).append((ms(act["start"]), ms(act["heard_at"]) + HOUR, act["kind"]))
    return acts


def lesson(folder):
    """The features of each reading of a world, and the name of the act that it speaks of, or "nothing"."""
    features, acts = Features(), hostile(folder)
    rows, names = [], []
    for at, kind, event in heard(folder):
        if kind == "notice":
            features.notice(event)
        elif "container" in event:
            rows.append(features.reading(event))
            spoken = [name for begin, end, name in acts.get(event["container"], []) if begin <= at <= end]
            names.append(spoken[0] if spoken else "nothing")
    return rows, names


def train(folders):
    from sklearn.tree import DecisionTreeClassifier

    rows, names = [], []
    for folder in folders:
        more = lesson(folder)
        rows += more[0]
        names += more[1]
    tree = DecisionTreeClassifier(max_depth=8, min_samples_leaf=10, random_state=1).fit(rows, names)
    with open(MODEL, "wb") as file:
        pickle.dump(tree, file)
    print("learnt from %d readings, %d of them of acts: %s" % (len(rows), len(names) - names.count("nothing"), MODEL))


class Detector:
    FIELDS = FIELDS

    def __init__(self, hello):
        if not os.path.exists(MODEL):
            sys.exit("There is no %s yet: let it learn first, with python3 %s train WORLD..." % (MODEL, sys.argv[0]))
        with open(MODEL, "rb") as file:  # of your own making: never load one of a stranger's, it can do anything
            self.tree = pickle.load(file)
        self.least = hello["params"].get("least", 0.5)  # sealab run -p least=0.3 ...
        self.features, self.said = Features(), {}

    def step(self, batch):
        events, rows = [], []
        for event in batch.events():
            if event["type"] == "notice":
                self.features.notice(event)
            elif "container" in event:
                events.append(event)
                rows.append(self.features.reading(event))
        if rows:
            for event, chances in zip(events, self.tree.predict_proba(rows)):
                yield from self.judge(event, dict(zip(self.tree.classes_, chances)), batch.now)

    def judge(self, event, chances, now):
        innocent = chances.pop("nothing", 0)
        if 1 - innocent < self.least:
            return
        container, kind = event["container"], max(chances, key=chances.get)
        if now - self.said.get(container, 0) >= 24 * HOUR:  # what goes on is said once
            self.said[container] = now
            why = "In worlds that it learnt from, %d of 100 such readings were of an act." % round(100 * (1 - innocent))
            yield sealab.finding(container, kind, round(1000 * (1 - innocent)), why, [event["n"]])


if __name__ == "__main__":
    if sys.argv[1:2] == ["train"]:
        train(sys.argv[2:])
    else:
        sealab.run(Detector)

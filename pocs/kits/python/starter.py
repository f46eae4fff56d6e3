"""A detector to begin with: it believes what the seal says, but for openings that were announced."""

import sealab

HOUR = 3_600_000  # times are in ms since 1970 UTC
# What the seal can say of itself: the offence that it means, and how sure that is, from 0 to 1000.
SAID = {"ROPE_CUT": ("bolt_cut", 950), "CASE_OPEN": ("bolt_cut", 900), "DETACHED": ("bolt_cut", 900), "DOOR_OPEN": ("quick_open", 700)}


class Detector:
    FIELDS = {  # what it wants to hear; all there is: sealab schema protocol
        "reading": ["container", "ts", "event.code"],
        "notice": ["kind", "container", "ts", "until"],
    }

    def __init__(self, hello):
        self.slack = hello["params"].get("slack_h", 2) * HOUR  # sealab run -p slack_h=4 ...
        self.announced = {}  # container: openings, each from when to when
        self.said = {}  # container and offence: when it was said

    def step(self, batch):
        for event in batch.events():
            if event["type"] == "notice":
                if event["kind"] == "authorised_opening":
                    span = (event["ts"] - self.slack, max(event["ts"], event.get("until", 0)) + self.slack)
                    self.announced.setdefault(event["container"], []).append(span)
            elif event.get("event.code") in SAID and "container" in event:
                yield from self.opened(event, batch.now)

    def opened(self, event, now):
        container, code = event["container"], event["event.code"]
        kind, level = SAID[code]
        if any(begin <= event["ts"] <= end for begin, end in self.announced.get(container, [])):
            return
        if now - self.said.get((container, kind), 0) < 24 * HOUR:
            return  # what goes on is said once
        self.said[container, kind] = now
        yield sealab.finding(container, kind, level, "The seal says " + code + ", and no opening was announced.", [event["n"]])


if __name__ == "__main__":
    sealab.run(Detector)

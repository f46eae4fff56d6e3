"""The rules of an alarm desk: Sealab's built-in detector `rules`, written again in Python.

It says the same of every message, in both forms of the protocol, in worlds whose seals do not sign.
"""

import math

import sealab

HOUR = 3_600_000
MAX_PACE = 7 * 24 * HOUR
ARMED = {"armed", "open", "tampered"}
DEFAULTS = {
    "cooldown_h": 24, "opening_slack_h": 2, "lux_lx": 10, "light_alarm_lx": 0, "shock_g": 4, "shock_port_g": 4.5,
    "handling_km": 10, "gnss_lost_h": 24, "gnss_lost_reports": 3, "silence_h": 24, "sea_slack_h": 24,
}
# What the device reports: the kind that it means (None: that of an open door), how sure, and why.
CODES = {
    "ROPE_CUT": ("bolt_cut", 950, "The seal reports its bolt or cable cut"),
    "CASE_OPEN": ("bolt_cut", 900, "The seal reports its case opened"),
    "DETACHED": ("bolt_cut", 900, "The seal reports that it was taken off its mount"),
    "DOOR_OPEN": (None, 800, "The seal reports the door opened"),
    "DISARMED": ("quick_open", 600, "The seal was disarmed"),
    "LIGHT_ALARM": (None, 500, "The seal reports light in the box"),
    "UNLOCK_DENIED": ("quick_open", 400, "The seal refused a wrong key"),
}
EARTH_RADIUS_M = 6371008.8


class Seal:
    __slots__ = ("container", "box", "lat", "lon", "fix_ms", "armed", "first_ms", "heard_ms", "due_ms", "tele", "tele_ms", "paced",
                 "blind", "opened_ms", "tampered_ms", "lost", "silent")

    def __init__(self, first_ms):
        self.container = self.box = self.lat = self.lon = None
        self.first_ms = first_ms
        self.fix_ms = self.heard_ms = self.due_ms = self.tele = self.tele_ms = 0
        self.blind = self.opened_ms = self.tampered_ms = 0
        self.armed = self.paced = self.lost = self.silent = False


class Box:
    """What is known of a container: its papers, and what was said of it."""

    def __init__(self, container):
        self.container = container
        self.openings = []
        self.legs = []  # [from, to, mode, leave, due]
        self.end = ""
        self.ended_ms = 0
        self.last = {}  # kind: when there was last cause to say it
        self.level = {}  # kind: the surest that was said since it was quiet

    def notice(self, kind, ts, until, place, route):
        if kind == "booking":
            self.legs = [[a["place"], b["place"], b.get("mode", ""), a.get("etd", 0), b["eta"]]
                         for a, b in zip(route, route[1:])]
            self.end = self.legs[-1][1] if self.legs else ""
            self.ended_ms = 0
        elif kind == "authorised_opening":
            self.openings = self.openings[-7:] + [(ts, max(ts, until))]
        elif kind == "departure":
            leg = next((leg for leg in self.legs if leg[0] == place), None)
            if leg:
                leg[4] += ts - leg[3]
                leg[3] = ts
        elif kind == "arrival":
            leg = next((leg for leg in self.legs if leg[1] == place), None)
            if leg:
                leg[4] = ts
        elif kind == "gate_out" and self.end and place == self.end and not self.ended_ms:
            self.ended_ms = ts

    def authorised(self, ms, slack):
        return any(begin - slack <= ms <= end + slack for begin, end in self.openings)

    def at_sea(self, ms, slack):
        return any(leg[2] == "sea" and leg[3] - slack <= ms <= leg[4] + slack for leg in self.legs)

    def ended(self, ms):
        return self.ended_ms != 0 and ms >= self.ended_ms


class Detector:
    FIELDS = {
        "reading": ["seal", "container", "kind", "boot", "seq", "ts", "nextReport", "seal_state.status",
                    "seal_state.armedAt", "seal_state.openedAt", "seal_state.tamperedAt", "pos.lat", "pos.lon",
                    "pos.fix", "env.lux", "env.doorOpen", "env.gPeak", "event.code"],
        "notice": ["kind", "container", "ts", "until", "place", "route"],
    }

    def __init__(self, hello):
        value = {**DEFAULTS, **hello["params"]}
        self.cooldown, self.opening_slack, self.gnss_lost, self.silence, self.sea_slack = (
            int(value[name] * HOUR) for name in ("cooldown_h", "opening_slack_h", "gnss_lost_h", "silence_h", "sea_slack_h"))
        self.lux = int(value["lux_lx"] * 10) / 10
        self.light_alarm = int(value["light_alarm_lx"] * 10) / 10
        self.shock = int(value["shock_g"] * 1000) / 1000
        self.shock_port = int(value["shock_port_g"] * 1000) / 1000
        self.blind_reports = int(value["gnss_lost_reports"])
        self.handling_m = value["handling_km"] * 1000
        self.ports = [(p["lat"], p["lon"]) for p in hello["context"]["places"] if p["kind"] != "waypoint"]
        self.seals, self.boxes = {}, {}
        self.usual = 0  # longest time between two scheduled reports of any seal so far
        self.said = []

    def step(self, batch):
        self.now, self.said = batch.now, []
        for row in batch.rows():
            if row[0] == "reading":
                self.reading(row)
            else:
                _, _, what, container, ts, until, place, route = row
                self.box(container).notice(what, ts, until or 0, place, route or [])
        if self.now % HOUR == 0:
            self.hour()
        return self.said

    def box(self, container):
        box = self.boxes.get(container)
        if box is None:
            box = self.boxes[container] = Box(container)
        return box

    def reading(self, row):
        (_, _, name, container, kind, boot, seq, ts, next_report, status, armed_at, opened_at, tampered_at,
         lat, lon, fix, lux, door_open, g_peak, code) = row
        ts = ts or 0
        s = self.seals.get(name)
        if s is None:
            s = self.seals[name] = Seal(ts)
        if container is not None and container != s.container:
            s.container, s.box = container, self.box(container)
            s.opened_ms = s.tampered_ms = 0
        s.heard_ms, s.silent = self.now, False
        if next_report is not None and next_report > s.due_ms:
            s.due_ms = next_report
        if kind == "tele":
            number = (boot or 0) << 32 | (seq or 0)
            if number == s.tele + 1 and ts > s.tele_ms:
                s.paced = True
                if ts - s.tele_ms > self.usual:
                    self.usual = min(ts - s.tele_ms, MAX_PACE)
            s.tele, s.tele_ms = number, ts
        if s.box is None:
            return
        s.armed = armed = status in ARMED
        if code is not None:
            self.code(s, code, ts, status, lux or 0)
        if armed:
            if tampered_at is not None and tampered_at > (armed_at or 0) and tampered_at > s.tampered_ms:
                s.tampered_ms = tampered_at
                self.open(s.box, "bolt_cut", 900, tampered_at, "The seal says that it was tampered with")
            if opened_at is not None and opened_at > (armed_at or 0) and opened_at > s.opened_ms:
                s.opened_ms = opened_at
                self.open(s.box, door_kind(status), 800, opened_at, "The seal says that it was opened")
            if door_open:
                self.open(s.box, door_kind(status), 700, ts, "The door stands open under an armed seal")
            elif lux is not None and lux > self.lux:
                self.open(s.box, door_kind(status), 500, ts, "There is light behind a shut door")
            if g_peak is not None and g_peak > self.shock:
                self.blow(s, ts, g_peak)
        if fix == "3d" or fix == "2d":
            s.blind = 0
            if ts >= s.fix_ms:
                s.lat, s.lon, s.fix_ms, s.lost = lat, lon, ts, False
        elif fix is not None and fix != "unknown":
            self.no_fix(s, ts)

    def code(self, s, code, ts, status, lux):
        if code not in CODES or code == "LIGHT_ALARM" and lux < self.light_alarm:
            return
        kind, level, why = CODES[code]
        self.open(s.box, kind or door_kind(status), level, ts, why)

    def open(self, box, kind, level, ms, why):
        """Say that it was opened, unless an opening at that time was announced or the trip is over."""
        if not box.authorised(ms, self.opening_slack) and not box.ended(ms):
            self.say(box, kind, level, why + ", and no opening was announced.")

    def blow(self, s, ts, g):
        known = s.fix_ms != 0 and ts - s.fix_ms < 6 * HOUR
        if (not known or self.handling(s.lat, s.lon)) and g <= self.shock_port:
            return
        self.open(s.box, "bolt_cut", 300, ts, "There was a blow as of a tool")

    def handling(self, lat, lon):
        """Whether boxes are lifted and set down here."""
        degree = EARTH_RADIUS_M * math.pi / 180
        return any(abs(lat - at) * degree <= self.handling_m and distance_m(lat, lon, at, beside) <= self.handling_m
                   for at, beside in self.ports)

    def no_fix(self, s, ts):
        s.blind += 1
        since = max(s.fix_ms, s.first_ms)
        if s.lost or not s.armed or ts - since < self.gnss_lost or s.blind < self.blind_reports:
            return
        s.lost = True
        if not s.box.at_sea(ts, self.sea_slack) and not s.box.ended(ts):
            self.say(s.box, "gnss_jam", 300, "No position for long while the radio works.")

    def hour(self):
        for s in self.seals.values():
            if not s.armed or s.silent or not s.paced:
                continue
            if self.now - max(s.heard_ms + self.usual, s.due_ms) > self.silence and not s.box.at_sea(self.now, self.sea_slack):
                s.silent = True
                if not s.box.ended(self.now):
                    self.say(s.box, "radio_wrap", 200, "Nothing was heard for long, off the sea.")

    def say(self, box, kind, level, why):
        """Say what goes on once, and again only after it has been quiet for the cool-down, or if it is surer."""
        last = box.last.get(kind, 0)
        if last == 0 or self.now - last >= self.cooldown:
            box.level[kind] = 0
        box.last[kind] = self.now
        if level > box.level[kind]:
            box.level[kind] = level
            self.said.append(sealab.finding(box.container, kind, level, why))


def door_kind(status):
    return "bolt_cut" if status == "tampered" else "quick_open"


def distance_m(lat1, lon1, lat2, lon2):
    """The great-circle distance (R. W. Sinnott 1984)."""
    a, b, dlon = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(dlon / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1, math.sqrt(h)))


if __name__ == "__main__":
    sealab.run(Detector)

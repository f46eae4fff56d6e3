"""What the detector must say, and what not: python3 test_starter.py"""

import unittest

import sealab
from starter import Detector

NOW = 1_772_000_000_000
NOBODY = {"params": {}, "context": {"places": [], "routes": []}}


def say(detector, *events):
    """The containers and offences that the detector names in one tick."""
    rows = [{"n": n, **event} for n, event in enumerate(events, 1)]
    batch = sealab.Batch({"tick": 1, "now": NOW + 1, "events": rows}, Detector.FIELDS)
    return [(said["container"], said["kind"]) for said in detector.step(batch)]


def reading(code):
    return {"type": "reading", "seal": "SLB-00000007", "container": "SLBU1000633", "ts": NOW, "event.code": code}


class Tests(unittest.TestCase):
    def test_cut(self):
        self.assertEqual(say(Detector(NOBODY), reading("ROPE_CUT")), [("SLBU1000633", "bolt_cut")])

    def test_quiet(self):
        self.assertEqual(say(Detector(NOBODY), reading("MOTION_START")), [])

    def test_announced_opening(self):
        notice = {"type": "notice", "kind": "authorised_opening", "container": "SLBU1000633", "ts": NOW, "until": NOW}
        self.assertEqual(say(Detector(NOBODY), notice, reading("DOOR_OPEN")), [])


if __name__ == "__main__":
    unittest.main()

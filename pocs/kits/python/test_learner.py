"""What is learnt from a world of a few lines: python3 test_learner.py"""

import json
import os
import tempfile
import unittest

import learner
import sealab

NOW = 1_772_000_000_000  # 2026-02-25T06:13:20Z
HELLO = {"params": {}, "context": {"places": [], "routes": []}}


def at(minute):
    return "2026-02-%02dT%02d:%02d:00.000Z" % (10 + minute // 1440, minute // 60 % 24, minute % 60)


def world(folder):
    """A hundred containers report twice; the bolts of ten of them are cut in between."""
    lines, acts = [], []
    for i in range(100):
        cut = i % 10 == 0
        for minute in (i, 200 + i):
            message = {"container": "BOX%d" % i, "kind": "tele", "ts": at(minute), "env": {"lux": 300.5 if cut and minute >= 200 else 0},
                       "seal_state": {"status": "armed"}}
            lines.append({"at": at(minute), "n": len(lines) + 1, "kind": "reading", "message": message})
        if cut:
            acts.append({"container": "BOX%d" % i, "kind": "bolt_cut", "hostile": True, "start": at(190 + i), "heard_at": at(200 + i)})
    for name, rows in (("messages", lines), ("notices", [])):
        with open(os.path.join(folder, name + ".ndjson"), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    with open(os.path.join(folder, "truth.json"), "w", encoding="utf-8") as file:
        json.dump({"incidents": acts}, file)


class Tests(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.addCleanup(setattr, learner, "MODEL", learner.MODEL)
        learner.MODEL = os.path.join(self.folder.name, "model")
        world(self.folder.name)

    def test_lesson(self):
        rows, names = learner.lesson(self.folder.name)
        self.assertEqual((len(rows), names.count("bolt_cut"), names.count("nothing")), (200, 10, 190))

    def test_what_is_learnt_is_said(self):
        learner.train([self.folder.name])
        rows = [{"type": "reading", "n": n, "container": "BOX%d" % n, "ts": NOW, "kind": "tele", "env.lux": lux, "seal_state.status": "armed"}
                for n, lux in ((1, 0), (2, 300))]
        batch = sealab.Batch({"tick": 1, "now": NOW + 1, "events": rows}, learner.FIELDS)
        said = list(learner.Detector(HELLO).step(batch))
        self.assertEqual([(f["container"], f["kind"], f["basis"]) for f in said], [("BOX2", "bolt_cut", [2])])


if __name__ == "__main__":
    unittest.main()

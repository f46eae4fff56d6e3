package dataset

// This file tests whole datasets: that they hold the world, say so truly, and come out again.

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/files"
	"sealab/sim/worlds"
)

// spec is a small dataset of one scenario.
func spec(t testing.TB, scenario string, seeds ...uint64) Spec {
	t.Helper()
	sc := sim.Find(worlds.All, scenario)
	if sc == nil {
		t.Fatalf("there is no scenario %s", scenario)
	}
	set, err := sim.Resolve("setting", sc.Settings, map[string]string{"seals": "10", "span_days": "5", "attacks": "1", "report_interval_s": "3600"})
	if err != nil {
		t.Fatal(err)
	}
	return Spec{Challenge: "seals", Scenario: *sc, Settings: set, Seeds: seeds, Terms: pocs.DefaultTerms(), EPCIS: true, Commit: "abc"}
}

func mustMake(t testing.TB, s Spec, want *Manifest) (dir string, m *Manifest) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "set")
	m, err := Make(context.Background(), s, dir, false, want)
	if err != nil {
		t.Fatal(err)
	}
	return dir, m
}

// tree is every file below dir with its bytes, by its name with slashes.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestMadeAgainFromItsManifest(t *testing.T) {
	for _, seeds := range [][]uint64{{7}, {3, 1}} {
		dir, m := mustMake(t, spec(t, "land-bridge", seeds...), nil)
		first := tree(t, dir)
		back, err := ReadManifest(strings.NewReader(first[manifestName]))
		if err != nil {
			t.Fatal(err)
		}
		again := spec(t, "land-bridge", back.Seeds()...)
		dir, n := mustMake(t, again, back)
		if second := tree(t, dir); len(second) != len(first) {
			t.Errorf("%d files, then %d", len(first), len(second))
		} else {
			for name, text := range first {
				if second[name] != text {
					t.Errorf("%s came out otherwise", name)
				}
			}
		}
		if len(n.Files) != len(first)-1 || len(m.Files) != len(n.Files) {
			t.Errorf("%d files are listed of %d", len(n.Files), len(first))
		}
	}
}

func TestManifestSaysWhatIsThere(t *testing.T) {
	dir, m := mustMake(t, spec(t, "land-bridge", 7, 8), nil)
	there := tree(t, dir)
	delete(there, manifestName)
	for _, f := range m.Files {
		text, ok := there[f.Name]
		if !ok {
			t.Errorf("%s is listed and not there", f.Name)
			continue
		}
		delete(there, f.Name)
		if sum := sha256.Sum256([]byte(text)); f.SHA256 != hex.EncodeToString(sum[:]) || f.Bytes != int64(len(text)) {
			t.Errorf("%s has other bytes than the manifest says", f.Name)
		}
		rows := -1
		switch filepath.Base(f.Name) {
		case messagesName, noticesName:
			rows = strings.Count(text, "\n")
		case epcisName:
			rows = strings.Count(text, `"eventID":`)
		case truthName:
			rows = strings.Count(text, `"heard_at":`)
		case parquetName:
			rows = int(openTable(t, []byte(text)).NumRows())
		case cardName:
			rows = 0
		}
		if rows != f.Rows {
			t.Errorf("%s has %d rows, the manifest says %d", f.Name, rows, f.Rows)
		}
	}
	for name := range there {
		t.Errorf("%s is there and not listed", name)
	}
}

// TestDatasetIsTheWorld reads the messages and the truth back, and finds the world that a run would have heard.
func TestDatasetIsTheWorld(t *testing.T) {
	for _, scenario := range []string{"land-bridge", "drayage"} {
		s := spec(t, scenario, 5)
		dir, m := mustMake(t, s, nil)
		there := tree(t, dir)
		var all []event.Event
		for _, name := range []string{messagesName, noticesName} {
			err := files.EachLine(strings.NewReader(there[name]), func(e *event.Event, _ string, _ []byte) error {
				all = append(all, *e)
				return nil
			})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		slices.SortFunc(all, func(a, b event.Event) int { return int(a.N) - int(b.N) })
		digest := event.NewDigest()
		digest.Add(event.Batch{Events: all})
		w, err := sim.New(s.Scenario, s.Settings, 5)
		if err != nil {
			t.Fatal(err)
		}
		heard := event.NewDigest()
		for b := range w.Batches() {
			heard.Add(b)
		}
		if digest.String() != heard.String() || m.WorldDigest != heard.String() {
			t.Errorf("%s: the messages give %s, the manifest says %s, the world is %s", scenario, digest, m.WorldDigest, heard)
		}
		truth, err := ReadTruth(strings.NewReader(there[truthName]))
		if err != nil {
			t.Fatal(err)
		}
		want := w.Truth()
		sameTruth(t, truth, &TruthFile{"seals", s.Scenario.Name, 5, heard.String(), s.Terms, want})
		if n := m.Worlds[0]; n.Readings+n.Notices != len(all) || n.Incidents+n.Unheard+n.LookAlikes != len(want.Incidents) || n.Trips != len(want.Trips) {
			t.Errorf("%s: the manifest counts %+v", scenario, n)
		}
	}
}

func TestSpecRefuses(t *testing.T) {
	for _, seeds := range [][]uint64{{}, {1, 1}, make([]uint64, MaxWorlds+1)} {
		dir := filepath.Join(t.TempDir(), "set")
		if _, err := Make(context.Background(), spec(t, "land-bridge", seeds...), dir, false, nil); err == nil {
			t.Errorf("%d seeds are taken", len(seeds))
		}
		nothing(t, filepath.Dir(dir))
	}
}

// TestAnotherManifest wants nothing written where a file does not come out as the manifest says.
func TestAnotherManifest(t *testing.T) {
	s := spec(t, "land-bridge", 7)
	s.EPCIS = false
	_, m := mustMake(t, s, nil)
	for _, harm := range []func(*Manifest){
		func(m *Manifest) { m.Files[0].SHA256 = strings.Repeat("0", 64) },
		func(m *Manifest) { m.Files[1].Rows++ },
		func(m *Manifest) { m.Files = m.Files[1:] },
		func(m *Manifest) { m.Files[2].Name = "other.txt" },
	} {
		other := *m
		other.Files = slices.Clone(m.Files)
		harm(&other)
		dir := filepath.Join(t.TempDir(), "set")
		if _, err := Make(context.Background(), s, dir, false, &other); err == nil || !strings.Contains(err.Error(), "make dataset again: ") {
			t.Errorf("%v", err)
		}
		nothing(t, filepath.Dir(dir))
	}
}

func TestCancelledLeavesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := spec(t, "land-bridge", 7)
	s.Progress = func(fraction float64, _ string) {
		if fraction > 0.5 {
			cancel()
		}
	}
	dir := filepath.Join(t.TempDir(), "set")
	if _, err := Make(ctx, s, dir, false, nil); err == nil || !strings.Contains(err.Error(), context.Canceled.Error()) {
		t.Errorf("%v", err)
	}
	nothing(t, filepath.Dir(dir))
}

// nothing wants a folder to be empty.
func nothing(t *testing.T, dir string) {
	t.Helper()
	if list, err := os.ReadDir(dir); err != nil || len(list) > 0 {
		t.Errorf("%s holds %v, %v", dir, list, err)
	}
}

// TestCardSaysWhatAStrangerMustKnow: what, how made, licence, known limits, splits by seed, and the fields.
func TestCardSaysWhatAStrangerMustKnow(t *testing.T) {
	s := spec(t, "land-bridge", 7, 2001, 2002, 5000)
	s.Settings["lookalikes"] = 2.5
	dir, m := mustMake(t, s, nil)
	card := tree(t, dir)[cardName]
	for _, want := range []string{
		"# land-bridge: a labelled dataset", s.Scenario.Doc, "**What it is.**", "the truth: which containers were attacked", // what
		"**How it was made.**", "Nothing was measured on real seals", "sealab world --from manifest.json", "| `lookalikes` | 2.5 |", m.Worlds[1].WorldDigest, // how
		"## Licence", "Apache-2.0", "## Known limits", "The worlds are simulated", "fictitious owner prefix",
		"## Splits", "Tune on seeds 1–999. Report on seeds 2001–2040", "Here one world is for tuning, 2 worlds are for reporting, one world is of neither part.",
		"seed-7/messages.parquet", "sealab score --truth seed-7/truth.json", "In `epcis.json` a reading is an ObjectEvent",
	} {
		if !strings.Contains(card, want) {
			t.Errorf("the card does not say %q", want)
		}
	}
	for i := range columns {
		if !strings.Contains(card, "| `"+columns[i].Name+"` |") {
			t.Errorf("the card does not explain %s", columns[i].Name)
		}
	}
	for i := range m.Worlds {
		if !strings.Contains(card, m.Worlds[i].WorldDigest) {
			t.Errorf("the card does not name world %d", m.Worlds[i].Seed)
		}
	}
	if strings.Contains(card, "<no value>") || strings.Contains(card, "abc") {
		t.Errorf("the card has a hole, or tells of the commit:\n%s", card)
	}
}

// TestRowsAreHandedOn: what is held in memory is a row group of the library's, not a world.
func TestRowsAreHandedOn(t *testing.T) {
	var out bytes.Buffer
	table, err := newTable(&out)
	if err != nil {
		t.Fatal(err)
	}
	e, r := someReadings(1)[0].event()
	for range 10 * someRows {
		if err := table.add(e, r); err != nil {
			t.Fatal(err)
		}
		if len(table.rows) >= someRows || len(table.cell) > someRows*len(columns) {
			t.Fatalf("%d rows are held back", len(table.rows))
		}
	}
	if err := table.close(); err != nil {
		t.Fatal(err)
	}
}

package bundle

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sealab/catalog"
	"sealab/catalog/proof"
	"sealab/sim"
	"sealab/sim/event"
)

func TestExportImportExport(t *testing.T) {
	ctx, there, here := context.Background(), mustStore(t), mustStore(t)
	id := mustPlay(t, there, house(), thisCode)
	file, m := mustExport(t, there, house(), id, Some)
	if again, _ := mustExport(t, there, house(), id, Some); !bytes.Equal(file, again) {
		t.Fatal("the same content gave other bytes")
	}
	if m.Events.Kept != 2 || m.Events.Worlds != 2 || len(m.Runs) != 4 || len(m.Trials) != 4 {
		t.Errorf("got %+v", m)
	}
	b := mustOpen(t, file)
	if err := b.CheckEvents(ctx); err != nil {
		t.Error(err)
	}
	for _, want := range []bool{false, true} {
		if already, err := b.Store(ctx, here, day0); already != want || err != nil {
			t.Fatalf("got %v, %v", already, err)
		}
	}
	for _, r := range m.Runs {
		was, err := there.Run(ctx, r.Run)
		if err != nil {
			t.Fatal(err)
		}
		if is, err := here.Run(ctx, r.Run); err != nil || !reflect.DeepEqual(was, is) {
			t.Errorf("run %s is another: %v", r.Run, err)
		}
	}
	origin, err := here.Origin(ctx, id)
	if err != nil || origin == nil || origin.Bundle != b.Sum || origin.Results != b.Results || b.Results == "" {
		t.Errorf("origin %+v, %v", origin, err)
	}
	if again, _ := mustExport(t, here, house(), id, Some); !bytes.Equal(file, again) {
		t.Error("the importing store exports other bytes")
	}
	links, err := here.Links(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	report, err := checker(house(), thisCode, here).Experiment(ctx, proof.Case{From: proof.Stored{Store: here}, File: plan, Links: links, Results: origin.Results}, nil)
	if err != nil || report.Answer != proof.Reproduced || len(report.Runs) != 4 || report.Conclusion.Same == nil || !*report.Conclusion.Same {
		t.Errorf("got %+v, %v", report, err)
	}
}

func TestPolicies(t *testing.T) {
	s := mustStore(t)
	id := mustPlay(t, s, house(), thisCode)
	none, m := mustExport(t, s, house(), id, None)
	whole, _ := mustExport(t, s, house(), id, All)
	if len(none) >= len(whole)/2 || m.Events.Kept != 0 || m.Worlds[0].Why == "" {
		t.Errorf("without messages it has %d bytes, with them %d: %+v", len(none), len(whole), m.Events)
	}
	mustOpen(t, none)
	_, m = mustExport(t, s, otherHouse(), id, All)
	if m.Events.Kept != 0 || !strings.Contains(m.Worlds[0].Why, "another world") {
		t.Errorf("messages that are not those heard were written: %+v", m.Worlds)
	}
	if _, err := (Export{Store: s, Known: house(), Policy: All}).Write(context.Background(), io.Discard, "x-none"); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if err := s.DeleteRun(context.Background(), m.Runs[0].Run); err != nil {
		t.Fatal(err)
	}
	if _, err := (Export{Store: s, Known: house(), Policy: All}).Write(context.Background(), io.Discard, id); err == nil || !strings.Contains(err.Error(), "deleted") {
		t.Errorf("got %v", err)
	}
}

// TestOtherCode: what another code heard is kept, served seal by seal as it would make it, and exported again.
func TestOtherCode(t *testing.T) {
	ctx, there, here := context.Background(), mustStore(t), mustStore(t)
	id := mustPlay(t, there, otherHouse(), otherCode)
	file, _ := mustExport(t, there, otherHouse(), id, All)
	b := mustOpen(t, file)
	if _, err := b.Store(ctx, here, day0); err != nil {
		t.Fatal(err)
	}
	report, err := checker(house(), thisCode, here).Experiment(ctx, proof.Case{From: proof.Stored{Store: here}, File: plan, Links: b.Links(), Results: b.Results}, nil)
	if err != nil || report.Answer != proof.CodeDiffers {
		t.Fatalf("got %+v, %v", report, err)
	}
	for _, w := range b.Worlds {
		if same, known, err := here.WorldNoted(ctx, w.Digest, thisCode); same || !known || err != nil {
			t.Errorf("world %s: same %v, known %v, %v", w.Digest, same, known, err)
		}
		if kept, err := b.Keep(ctx, here, w.Digest); !kept || err != nil {
			t.Fatalf("got %v, %v", kept, err)
		}
	}
	r, err := here.Run(ctx, b.Runs[0].Run)
	if err != nil {
		t.Fatal(err)
	}
	known := otherHouse()
	sc := recipeOf(&known, r)
	for _, seals := range [][]string{{r.Truth.Trips[0].Seal}, {r.Truth.Trips[1].Seal, r.Truth.Trips[4].Seal}, {}} {
		w, err := sim.New(*sc, r.Settings, r.Seed, seals...)
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for b := range w.Batches() {
			want = append(want, spoken(b)...)
		}
		heard, err := Heard(ctx, here, r, seals...)
		if err != nil || heard == nil {
			t.Fatal(err)
		}
		for b := range heard {
			got = append(got, spoken(b)...)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%v: got %d messages, want %d", seals, len(got), len(want))
		}
	}
	if text, err := Plan(ctx, here, r.WorldDigest); err != nil || string(text) != `{"scenario":"land-bridge"}` {
		t.Errorf("got %s, %v", text, err)
	}
	again, m := mustExport(t, here, house(), id, All)
	if m.Events.Kept != 2 || !bytes.Equal(again, withoutResults(t, file, again)) {
		t.Errorf("the importing store exports other bytes: %+v", m.Events)
	}
	if heard, err := Heard(ctx, there, r); heard != nil || err != nil {
		t.Errorf("messages come from a store that keeps none: %v", err)
	}
}

// withoutResults gives the second file if both hold the same members with the same bytes.
func withoutResults(t *testing.T, a, b []byte) []byte {
	t.Helper()
	x, y := contents(t, a), contents(t, b)
	if !reflect.DeepEqual(x, y) {
		for name := range x {
			if x[name] != y[name] {
				t.Errorf("%s differs", name)
			}
		}
		return nil
	}
	return b
}

func contents(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(text)
	}
	return out
}

func spoken(b event.Batch) (out []string) {
	for _, e := range b.Events {
		out = append(out, e.At.Format(time.RFC3339Nano)+" "+string(e.Message.(event.Wire).AppendJSON(nil)))
	}
	return out
}

// unpacked is a member as any unzip gives it, or nothing.
func unpacked(file []byte, member string) string {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return ""
	}
	in, err := z.Open(member)
	if err != nil {
		return ""
	}
	text, err := io.ReadAll(in)
	if err != nil {
		return ""
	}
	return string(text)
}

// TestAnyChangedByteIsRefused changes a byte anywhere in the file; in a member's own bytes, that member is named.
func TestAnyChangedByteIsRefused(t *testing.T) {
	s := mustStore(t)
	file, _ := mustExport(t, s, house(), mustPlay(t, s, house(), thisCode), Some)
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.IntRange(0, len(file)-1).Draw(t, "at")
		member := ""
		if f := z.File[rapid.IntRange(0, len(z.File)-1).Draw(t, "member")]; rapid.Bool().Draw(t, "within") {
			member = f.Name
			start, _ := f.DataOffset()
			at = int(start + rapid.Int64Range(0, int64(f.CompressedSize64)-1).Draw(t, "of"))
		}
		bad := bytes.Clone(file)
		bad[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		_, err := open(bad)
		var refused *Refused
		if !errors.As(err, &refused) || refused.Why == "" {
			t.Fatalf("byte %d changed: got %v", at, err)
		}
		// Some bits of a packed stream mean nothing: what is unpacked stays the same, and the seal alone sees the change.
		if member != "" && refused.Member != member && (refused.Member != "" || unpacked(bad, member) != unpacked(file, member)) {
			t.Fatalf("byte %d of %s changed: got %v", at, member, err)
		}
	})
}

func TestTruncatedIsRefused(t *testing.T) {
	s := mustStore(t)
	file, _ := mustExport(t, s, house(), mustPlay(t, s, house(), thisCode), None)
	rapid.Check(t, func(t *rapid.T) {
		var refused *Refused
		if _, err := open(file[:rapid.IntRange(0, len(file)-1).Draw(t, "bytes")]); !errors.As(err, &refused) {
			t.Fatalf("got %v", err)
		}
	})
	if _, err := open(append(bytes.Clone(file), 0)); err == nil {
		t.Error("a byte at its end was not seen")
	}
}

// remade packs members anew, with sums and seal as they should be: an intruder who knows how bundles are made.
func remade(members map[string]string, order ...string) []byte {
	var out bytes.Buffer
	a := newArchive(&out)
	for _, name := range append(order, sortedKeys(members)...) {
		if name != sumsName {
			a.add(name, []byte(members[name]))
		}
	}
	a.add(sumsName, a.sums())
	if err := a.close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func TestForgedIsRefused(t *testing.T) {
	s := mustStore(t)
	file, m := mustExport(t, s, house(), mustPlay(t, s, house(), thisCode), All)
	run := ""
	for _, r := range m.Runs {
		if r.Findings > 0 {
			run = runName(r.Run)
		}
	}
	for _, c := range []struct{ member, old, new, want string }{
		{run, `"level": `, `"level": 1`, run},
		{run, `"elapsed_ns": 1234567`, `"elapsed_ns": 1234568`, run},
		{run, `"room": "open"`, `"room": "open", "mood": "bad"`, run},
		{run, `"incident": 1`, `"incident": 99999`, run},
		{run, `"world_digest": "sha256:`, `"world_digest": "' OR poc ~ '`, "is no digest"},
		{"manifest.json", `"modified": false`, `"modified": true`, "runs/"},
		{"manifest.json", `"v": 1`, `"v": 2`, "version 2"},
		{"manifest.json", `"run": "r-`, `"run": "../r-`, "../r-"},
		{"experiment.yaml", "rules", "kalman", "experiment.yaml"},
		{"events", "", "", "not those of the world"},
	} {
		list := contents(t, file)
		if c.member == "events" {
			list[m.Worlds[0].Events], list[m.Worlds[1].Events] = list[m.Worlds[1].Events], list[m.Worlds[0].Events]
		} else if !strings.Contains(list[c.member], c.old) && c.old != `"incident": 1` {
			t.Fatalf("%s has no %s", c.member, c.old)
		}
		if c.member != "events" {
			list[c.member] = strings.Replace(list[c.member], c.old, c.new, 1)
			if list[c.member] == contents(t, file)[c.member] {
				continue
			}
		}
		b, err := open(remade(list))
		if err == nil {
			to := mustStore(t)
			_, err = b.Store(context.Background(), to, day0)
			if _, found := to.Experiment(context.Background(), b.Experiment.ID); found == nil {
				t.Errorf("%s: %s → %s: the experiment was kept", c.member, c.old, c.new)
			}
		}
		var refused *Refused
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %s → %s: got %v", c.member, c.old, c.new, err)
		}
	}
}

func TestHostileArchives(t *testing.T) {
	s := mustStore(t)
	file, _ := mustExport(t, s, house(), mustPlay(t, s, house(), thisCode), None)
	for name, c := range map[string]struct {
		change func(map[string]string) []string
		want   string
	}{
		"path":      {func(m map[string]string) []string { m["../../etc/passwd"] = "x"; return nil }, "no member of a bundle has such a name"},
		"absolute":  {func(m map[string]string) []string { m["/etc/passwd"] = "x"; return nil }, "no member of a bundle has such a name"},
		"backslash": {func(m map[string]string) []string { m[`runs\a.json`] = "x"; return nil }, "no member of a bundle has such a name"},
		"folder":    {func(m map[string]string) []string { m["runs/"] = ""; return nil }, "no member of a bundle has such a name"},
		"twice":     {func(map[string]string) []string { return []string{"README.txt"} }, "it is there twice"},
		"bomb":      {func(m map[string]string) []string { m["report.html"] = strings.Repeat("a", 20<<20); return nil }, "200 times"},
		"run":       {func(m map[string]string) []string { m["runs/r-more.json"] = "{}"; return nil }, "manifest.json does not know it"},
		"missing":   {func(m map[string]string) []string { delete(m, "manifest.json"); return nil }, "manifest.json: it is missing"},
	} {
		list := contents(t, file)
		order := c.change(list)
		if _, err := open(remade(list, order...)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
	if _, err := open(remade(contents(t, file))); err != nil {
		t.Errorf("unchanged: %v", err)
	}
}

func TestOtherContentUnderTheSameIDIsRefused(t *testing.T) {
	ctx, there, here := context.Background(), mustStore(t), mustStore(t)
	file, m := mustExport(t, there, house(), mustPlay(t, there, house(), thisCode), None)
	r, err := there.Run(ctx, m.Runs[0].Run)
	if err != nil {
		t.Fatal(err)
	}
	r.Elapsed++
	if err := here.SaveRun(ctx, r); err != nil {
		t.Fatal(err)
	}
	var refused *Refused
	if _, err := mustOpen(t, file).Store(ctx, here, day0); !errors.As(err, &refused) || refused.Member != runName(r.ID) {
		t.Errorf("got %v", err)
	}
}

func TestSealIsThatOfTheFile(t *testing.T) {
	s := mustStore(t)
	file, _ := mustExport(t, s, house(), mustPlay(t, s, house(), thisCode), None)
	if want := fmt.Sprintf("sha256:%x", sha256.Sum256(file)); mustOpen(t, file).Sum != want {
		t.Errorf("got %s, want %s", mustOpen(t, file).Sum, want)
	}
}

func FuzzOpen(f *testing.F) {
	s := mustStore(f)
	file, _ := mustExport(f, s, house(), mustPlay(f, s, house(), thisCode), None)
	f.Add(file)
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, err := open(b); err == nil && got.Sum != fmt.Sprintf("sha256:%x", sha256.Sum256(b)) {
			t.Error("it was taken as another file")
		}
	})
}

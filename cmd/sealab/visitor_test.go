// TestVerifyVisitor: what a person flagged is verified by judging the kept flags again in the same world.
package main

import (
	"testing"

	"sealab/catalog"
	"sealab/catalog/proof"
	"sealab/pocs"
	"sealab/pocs/visitor"
)

func TestVerifyVisitor(t *testing.T) {
	for _, c := range []struct {
		answer proof.Answer
		change func(*pocs.Run)
	}{
		{proof.Reproduced, func(*pocs.Run) {}},
		{proof.AlteredRecord, func(r *pocs.Run) {
			r.Findings[0].Level = 900
			r.FindingsDigest = pocs.FindingsDigest(r.Findings)
			r.Digest = pocs.JointDigest(r.WorldDigest, r.FindingsDigest)
		}},
		{proof.CodeDiffers, func(r *pocs.Run) { *r.Score.Values["recall"] = 1; r.Commit = "0123456789" }},
	} {
		store, err := catalog.Open(t.Context(), t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		r := MustRun(t)
		a, err := armFlags{Set: map[string]string{"seals": "20", "span_days": "5", "attacks": "1"}}.arm("rules", "land-bridge")
		if err != nil {
			t.Fatal(err)
		}
		a.poc, a.params = visitor.New([]visitor.Flag{{Tick: 2000, Container: r.Findings[0].Container}}), pocs.Params{}
		id := r.ID
		if r, err = a.trial(5, 0).Play(t.Context()); err != nil {
			t.Fatal(err)
		}
		stamp(r, id, r.Truth.Start)
		r.Carrier = carrierDirect
		c.change(r)
		if err := store.SaveRun(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		v, err := houseChecker(store).Run(t.Context(), proof.Stored{Store: store}, id)
		if err != nil || v.Answer != c.answer || !v.Flags {
			t.Errorf("answer %q (%v), want %q; said to be a person's: %v", v.Answer, err, c.answer, v.Flags)
		}
	}
}

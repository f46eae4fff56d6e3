// TestVerifyAnswers brings about each answer of verify, those too that a script cannot: other code, a missing program.
package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"sealab/catalog"
	"sealab/catalog/proof"
	"sealab/pocs"
)

// MustRun plays a small trial and keeps it nowhere.
func MustRun(tb testing.TB) *pocs.Run {
	tb.Helper()
	a, err := armFlags{Set: map[string]string{"seals": "20", "span_days": "5", "attacks": "1"}}.arm("rules", "land-bridge")
	if err != nil {
		tb.Fatal(err)
	}
	r, err := (&desk{}).play(context.Background(), a, carrierFlags{Carrier: carrierDirect}, 5, nil)
	if err != nil {
		tb.Fatal(err)
	}
	if len(r.Findings) == 0 {
		tb.Fatal("the run found nothing to alter")
	}
	return r
}

// forge changes a finding and mends the digests, as someone would who knows how they are made.
func forge(r *pocs.Run) {
	r.Findings[0].Level ^= 1
	r.FindingsDigest = pocs.FindingsDigest(r.Findings)
	r.Digest = pocs.JointDigest(r.WorldDigest, r.FindingsDigest)
}

func TestVerifyAnswers(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer proof.Answer
		reason string
		change func(*pocs.Run)
	}{
		{"as it was", proof.Reproduced, "", func(*pocs.Run) {}},
		{"by older code", proof.ReproducedNewer, "", func(r *pocs.Run) { r.Commit = "0123456789" }},
		{"forged", proof.AlteredRecord, "altered: finding 1: level: stored", forge},
		{"other code", proof.CodeDiffers, "code differs: stored by 0123456789, this is ", func(r *pocs.Run) { forge(r); r.Commit = "0123456789" }},
		{"no such program", proof.Rescored, `re-scored, not re-executed: there is no proof of concept "formula" here`, func(r *pocs.Run) { r.PoC = "formula" }},
		{"no such program, and forged", proof.AlteredRecord, "altered: judgement 1", func(r *pocs.Run) { r.PoC, r.Score.Findings[0].Value = "formula", 0.25 }},
		{"no such world", proof.Rescored, `no scenario "moon"`, func(r *pocs.Run) { r.Scenario = "moon" }},
		{"no such challenge", proof.ProgramMissing, `"chess"`, func(r *pocs.Run) { r.Challenge = "chess" }},
		{"live", proof.RecordWhole, "", func(r *pocs.Run) { r.Carrier = carrierLive }},
		{"failed", proof.FailedRun, "carrier_timeout", func(r *pocs.Run) { r.Reason = "carrier_timeout" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			store, err := catalog.Open(t.Context(), t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			defer store.Close()
			r := MustRun(t)
			c.change(r)
			if err := store.SaveRun(t.Context(), r); err != nil {
				t.Fatal(err)
			}
			v, err := houseChecker(store).Run(t.Context(), proof.Stored{Store: store}, r.ID)
			if err != nil {
				t.Fatal(err)
			}
			if v.Answer != c.answer || !strings.Contains(v.Reason, c.reason) || (c.reason == "") != (v.Reason == "") {
				t.Errorf("answer %q, reason %q; want %q, %q", v.Answer, v.Reason, c.answer, c.reason)
			}
			var out bytes.Buffer
			if err := printVerdict(&out, v); err != nil || !strings.HasPrefix(out.String(), string(c.answer)+"\n") {
				t.Errorf("printed %q, %v", out.String(), err)
			}
			if n, err := store.RunVerification(t.Context(), r.ID, whoAmI().Commit); err != nil || n == nil || n.Answer != string(c.answer) {
				t.Errorf("the answer was not kept: %+v, %v", n, err)
			}
		})
	}
}

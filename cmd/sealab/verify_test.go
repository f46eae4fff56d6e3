// TestVerifyAnswers brings about each answer of verify, those too that a script cannot: other code, a missing program.
package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"sealab/catalog"
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
		name, answer, reason string
		change               func(*pocs.Run)
	}{
		{"as it was", reproduced, "", func(*pocs.Run) {}},
		{"by older code", reproducedNewer, "", func(r *pocs.Run) { r.Commit = "0123456789" }},
		{"forged", altered, "altered: finding 1: level: stored", forge},
		{"other code", codeDiffers, "code differs: stored by 0123456789, this is ", func(r *pocs.Run) { forge(r); r.Commit = "0123456789" }},
		{"no such program", programMissing, `"formula"`, func(r *pocs.Run) { r.PoC = "formula" }},
		{"live", recordWhole, "", func(r *pocs.Run) { r.Carrier = carrierLive }},
		{"failed", "failed run", "carrier_timeout", func(r *pocs.Run) { r.Reason = "carrier_timeout" }},
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
			s := &session{t.Context(), strings.NewReader(""), io.Discard, io.Discard}
			v, err := verifyRun(s, store, r.ID)
			if err != nil {
				t.Fatal(err)
			}
			if v.Answer != c.answer || !strings.Contains(v.Reason, c.reason) || (c.reason == "") != (v.Reason == "") {
				t.Errorf("answer %q, reason %q; want %q, %q", v.Answer, v.Reason, c.answer, c.reason)
			}
			var out bytes.Buffer
			if err := v.print(&out); err != nil || !strings.HasPrefix(out.String(), c.answer+"\n") {
				t.Errorf("printed %q, %v", out.String(), err)
			}
		})
	}
}

package bundle

import (
	"strings"
	"testing"

	"sealab/pocs"
	"sealab/sim"
)

// TestPlacesFit: whoever follows a run's judgements to its findings and incidents finds them there.
func TestPlacesFit(t *testing.T) {
	whole := func() *pocs.Run {
		r := &pocs.Run{Findings: make([]pocs.Finding, 2), Truth: sim.Truth{Incidents: make([]sim.Incident, 1)}}
		r.Score.Findings, r.Score.MatchedBy = []pocs.Judged{{Incident: 0}, {Incident: -1}}, []int{0}
		return r
	}
	if err := fits(whole()); err != nil {
		t.Error(err)
	}
	for want, spoil := range map[string]func(*pocs.Run){
		"does not have":          func(r *pocs.Run) { r.Score.Findings[1].Incident = 1 },
		"or was not judged":      func(r *pocs.Run) { r.Score.Findings = nil },
		"is not there":           func(r *pocs.Run) { r.Score.MatchedBy[0] = 2 },
		"judgements as findings": func(r *pocs.Run) { r.Findings = r.Findings[:1] },
		"matches as incidents":   func(r *pocs.Run) { r.Score.MatchedBy = append(r.Score.MatchedBy, -1) },
		"is no digest":           func(r *pocs.Run) { r.WorldDigest = "sha256:00" },
	} {
		r := whole()
		spoil(r)
		if err := fits(r); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

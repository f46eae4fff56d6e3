// Answers: what somebody offers to a call, and the experiment that an offered proof of concept becomes.

package call

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"sealab/catalog/usecase"
	"sealab/pocs"
	"sealab/pocs/experiment"
	"sealab/sim"
)

// Answer is the content of an answer: either a proof of concept with its parameters, or a use case.
type Answer struct {
	Organization usecase.Party `json:"organization"`
	Title        string        `json:"title"`
	Approach     string        `json:"approach"` // why this should solve the problem
	PoC          string        `json:"poc,omitempty"`
	Params       pocs.Params   `json:"params,omitempty"`  // Pin fills in those that were not given
	Usecase      string        `json:"usecase,omitempty"` // id of a published one
}

// Tidy takes away what forms add.
func (a *Answer) Tidy() {
	for _, t := range []*string{&a.Organization.Name, &a.Organization.Kind, &a.Title, &a.Approach, &a.PoC, &a.Usecase} {
		*t = tidyText(*t)
	}
}

// Pin fills in the defaults of all parameters that were not given: what was sent stays what it is when a later version
// of the proof of concept has other defaults.
func (a *Answer) Pin(h *Host) {
	p := h.poc(a.PoC)
	if p == nil {
		return
	}
	all := pocs.Params{}
	for _, x := range p.Params {
		all[x.Name] = x.Default
	}
	maps.Copy(all, a.Params)
	a.Params = all
}

// JSON is the content's one form.
func (a *Answer) JSON() []byte { return oneForm(a) }

func (h *Host) poc(name string) *pocs.PoC {
	for i := range h.Catalogue.PoCs {
		if p := &h.Catalogue.PoCs[i]; p.Name == name {
			return p
		}
	}
	return nil
}

// Entrants are the proofs of concept that may answer a call of a challenge: those that are no baselines, and do not see
// the truth.
func (h *Host) Entrants(challenge string) (list []*pocs.PoC) {
	for i := range h.Catalogue.PoCs {
		if p := &h.Catalogue.PoCs[i]; p.Challenge == challenge && !p.Baseline && !h.Catalogue.SeesTruth[p.Name] {
			list = append(list, p)
		}
	}
	return list
}

// maxArm leaves room in an arm's name for what an experiment adds.
const maxArm = 100

// Arm names an answer's arm by the proof of concept and the parameters that are not its defaults, such as
// "kalman nis=9"; where these are too many, by a sum over them.
func (a *Answer) Arm(h *Host) string {
	p := h.poc(a.PoC)
	name := a.PoC
	for _, key := range slices.Sorted(maps.Keys(a.Params)) {
		if p != nil && slices.ContainsFunc(p.Params, func(x pocs.Param) bool { return x.Name == key && x.Default == a.Params[key] }) {
			continue
		}
		name += " " + key + "=" + sim.Number(a.Params[key])
	}
	if len(name) > maxArm {
		sum := sha256.Sum256([]byte(name))
		return a.PoC + " #" + hex.EncodeToString(sum[:4])
	}
	return name
}

// File is the experiment that judges an answer: the suite's contest in the call's scenarios, with the rule as thresholds.
// The answer's arm comes first. Equal answers to one call have equal files.
func (c *Call) File(h *Host, id string, a *Answer) (experiment.File, error) {
	s := h.Suite(c.Suite)
	if s == nil {
		return experiment.File{}, fmt.Errorf("write experiment: this hub no longer has the suite %s with the hash %s", c.Suite.Name, c.Suite.Hash)
	}
	arm := experiment.FileArm{PoC: a.PoC, Params: experiment.Values{}}
	if name := a.Arm(h); name != a.PoC {
		arm.Name = name
	}
	for name, v := range a.Params {
		arm.Params[name] = []string{sim.Number(v)}
	}
	narrowed := c.Narrow(s)
	f := narrowed.Contest(h.Catalogue, arm)
	f.Question = fmt.Sprintf("Call %s: %s (suite %s %s, %s)", id, c.Title, s.Name, s.Version, c.Suite.Hash)
	for _, clause := range c.Rule {
		f.Thresholds = append(f.Thresholds, a.Arm(h)+": "+clause)
	}
	return f, nil
}

//go:build !js

// The program of a stored run, given again: it is not kept, only what it is known by.

package main

import (
	"maps"
	"slices"
	"strings"

	"sealab/catalog/proof"
	"sealab/pocs"
	"sealab/pocs/all"
	"sealab/pocs/experiment"
)

// catalogue is the house's, with the program that is given.
func (f execFlags) catalogue(s *session) (experiment.Catalogue, error) {
	known := houseCatalogue(0)
	if !f.given() {
		return known, nil
	}
	p, err := f.poc(s, all.Challenges[0].Name, nil)
	if err != nil {
		return known, err
	}
	known.PoCs = append(slices.Clone(known.PoCs), *p)
	return known, nil
}

// sameProgram refuses a program that is not the one that a run was played by: another one would prove nothing.
func (f execFlags) sameProgram(s *session, what string, r *pocs.Run) error {
	if !f.given() {
		return nil
	}
	p, err := f.poc(s, r.Challenge, nil)
	if err == nil && p.Name != r.PoC {
		err = badInputf("%s run %s with %s: it is %s, the run is of %s; want the program with the same content, called with the same words",
			what, r.ID, f.Exec, p.Name, r.PoC)
	}
	return err
}

// playedIn refuses a program of which no run is in any of the cases: it would be started for nothing.
func (f execFlags) playedIn(s *session, what string, cases ...*proof.Case) error {
	if !f.given() {
		return nil
	}
	p, err := f.poc(s, all.Challenges[0].Name, nil)
	if err != nil {
		return err
	}
	var programs []string
	for _, e := range cases {
		names, err := e.PoCs(s.ctx)
		if err != nil {
			return err
		}
		if slices.Contains(names, p.Name) {
			return nil
		}
		for _, name := range names {
			if strings.Contains(name, "@") && !slices.Contains(programs, name) {
				programs = append(programs, name)
			}
		}
	}
	if len(programs) == 0 {
		return badInputf("verify %s with %s: no run in it is of a program: leave out --exec", what, f.Exec)
	}
	return badInputf("verify %s with %s: it is %s, the runs of programs are of %s; want one with the same content, called with the same words",
		what, f.Exec, p.Name, strings.Join(programs, ", "))
}

// forkProgram is the program that is given, with every parameter that its parent or the user names.
func (c *forkCmd) forkProgram(s *session, parent *pocs.Run) (*pocs.PoC, error) {
	names := maps.Clone(c.Param)
	if names == nil {
		names = map[string]string{}
	}
	for name := range parent.Params {
		names[name] = ""
	}
	return c.poc(s, parent.Challenge, names)
}

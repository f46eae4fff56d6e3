// Checking experiments, and what use cases claim of them, behind the pages: one job each, whose answers the store keeps
// as they come.

package web

import (
	"context"
	"errors"
	"net/http"
	"os"
	"sync"

	"sealab/catalog"
	"sealab/catalog/bundle"
	"sealab/catalog/proof"
)

// checking is the experiments that are being checked.
type checking struct {
	mu   sync.Mutex
	jobs map[string]*checkJob
	// reading is held by the one import that is being read: a bundle takes disk and cores.
	reading sync.Mutex
}

// maxChecks is how many experiments may be checked at a time.
const maxChecks = 5

// checkJob is a check under way.
type checkJob struct {
	taking  *bundle.Bundle   // of an import: what is not made again is kept from it
	file    *os.File         // that it is read from; removed at the end
	edition *catalog.Edition // of a use case: what it claims is checked

	mu sync.Mutex
	at proof.Progress
}

func (j *checkJob) see() proof.Progress {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.at
}

func (j *checkJob) hear(p proof.Progress) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.at = p
}

// end lets go of the bundle.
func (j *checkJob) end() {
	if j.file != nil {
		_ = j.file.Close()
		_ = os.Remove(j.file.Name()) // a file of the system's temporary directory
	}
}

func (s *Server) checkOf(id string) *checkJob {
	s.checks.mu.Lock()
	defer s.checks.mu.Unlock()
	return s.checks.jobs[id]
}

// check begins to check an experiment, unless that is under way: then the job is ended, for another does its work.
func (s *Server) check(id string, j *checkJob) error {
	s.checks.mu.Lock()
	defer s.checks.mu.Unlock()
	if s.checks.jobs[id] != nil {
		j.end()
		return nil
	}
	if len(s.checks.jobs) >= maxChecks {
		j.end()
		return &Problem{Status: http.StatusTooManyRequests, Code: "too_many_checks", Message: "Other experiments are being checked. Try again when they are done."}
	}
	s.checks.jobs[id] = j
	s.desk.wg.Go(func() {
		if err := s.work(s.desk.ctx, id, j); err != nil && !errors.Is(err, context.Canceled) {
			s.log.Error("could not be checked", "what", id, "error", err)
			if j.edition == nil {
				note := proof.Note{Checked: s.cfg.Now().UTC(), Commit: s.cfg.Commit, Failed: err.Error()}
				_ = note.Keep(context.WithoutCancel(s.desk.ctx), s.cfg.Store, id) // the log has it
			}
		}
		j.end()
		s.checks.mu.Lock()
		defer s.checks.mu.Unlock()
		delete(s.checks.jobs, id)
	})
	return nil
}

func (s *Server) work(ctx context.Context, id string, j *checkJob) (err error) {
	check := &proof.Checker{Known: s.catalogue(), Commit: s.cfg.Commit, Notes: s.cfg.Store, Workers: cap(s.desk.slots), Now: s.cfg.Now}
	switch {
	case j.edition != nil:
		_, err = check.Usecase(ctx, s.cfg.Store, j.edition, j.hear)
		return err
	case j.taking == nil:
		return s.checkStored(ctx, check, id, j)
	}
	_, _, err = bundle.Taking{Bundle: j.taking, Store: s.cfg.Store, Check: check, Progress: j.hear}.Run(ctx)
	return err
}

func (s *Server) checkStored(ctx context.Context, check *proof.Checker, id string, j *checkJob) error {
	c, err := proof.CaseOf(ctx, s.cfg.Store, id)
	if err == nil {
		_, err = check.Experiment(ctx, *c, j.hear)
	}
	return err
}

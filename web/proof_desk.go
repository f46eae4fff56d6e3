// Checking experiments behind the pages: one job an experiment, whose answers the store keeps as they come.

package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"sync"
	"time"

	"sealab/catalog"
	"sealab/catalog/bundle"
	"sealab/catalog/proof"
)

// checks are the experiments that are being checked.
type checks struct {
	mu   sync.Mutex
	jobs map[string]*checkJob
	// reading is held by the one import that is being read: a bundle takes disk and cores.
	reading sync.Mutex
}

// maxChecks is how many experiments may be checked at a time.
const maxChecks = 5

// checkJob is a check under way.
type checkJob struct {
	taking *bundle.Bundle // of an import: what is not made again is kept from it
	file   *os.File       // that it is read from; removed at the end

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
			s.log.Error("experiment could not be checked", "experiment", id, "error", err)
			s.concluded(id, conclusionNote{Failed: err.Error()})
		}
		j.end()
		s.checks.mu.Lock()
		defer s.checks.mu.Unlock()
		delete(s.checks.jobs, id)
	})
	return nil
}

func (s *Server) work(ctx context.Context, id string, j *checkJob) error {
	check := &proof.Checker{Known: s.catalogue(), Commit: s.cfg.Commit, Notes: s.cfg.Store, Workers: cap(s.desk.slots), Now: s.cfg.Now}
	var report *proof.Report
	kept := 0
	var err error
	if j.taking != nil {
		report, kept, err = bundle.Taking{Bundle: j.taking, Store: s.cfg.Store, Check: check, Progress: j.hear}.Run(ctx)
	} else {
		report, err = s.checkStored(ctx, check, id, j)
	}
	if err != nil {
		return err
	}
	c := report.Conclusion
	s.concluded(id, conclusionNote{Digest: c.Digest, Same: c.Same, Reason: c.Reason, Gone: len(report.Gone), Kept: kept})
	return nil
}

func (s *Server) checkStored(ctx context.Context, check *proof.Checker, id string, j *checkJob) (*proof.Report, error) {
	e, err := s.cfg.Store.Experiment(ctx, id)
	if err != nil {
		return nil, err
	}
	c := proof.Case{From: proof.Stored{Store: s.cfg.Store}, File: e.File}
	if c.Links, err = s.cfg.Store.Links(ctx, id); err != nil {
		return nil, err
	}
	origin, err := s.cfg.Store.Origin(ctx, id)
	if err != nil {
		return nil, err
	}
	if origin != nil {
		c.Results = origin.Results
	}
	return check.Experiment(ctx, c, j.hear)
}

// conclusionNote is what the last check said of an experiment as a whole; the store keeps it among the hub's own facts.
type conclusionNote struct {
	Checked time.Time `json:"checked"`
	Commit  string    `json:"commit" doc:"of the code that checked"`
	Digest  string    `json:"digest" doc:"of the conclusion as this code works it out; empty where it cannot"`
	Same    *bool     `json:"same" doc:"as the one that was published; null where none was"`
	Reason  string    `json:"reason,omitempty"`
	Gone    int       `json:"gone" doc:"runs that it rested on and that were deleted"`
	Kept    int       `json:"kept" doc:"worlds whose messages were kept in an import"`
	Failed  string    `json:"failed,omitempty" doc:"why the check did not come to its end"`
}

func conclusionKey(id string) string { return "proof " + id }

func (s *Server) concluded(id string, n conclusionNote) {
	n.Checked, n.Commit = s.cfg.Now().UTC(), s.cfg.Commit
	text, err := json.Marshal(n)
	if err == nil {
		err = s.cfg.Store.SetMeta(context.WithoutCancel(s.desk.ctx), conclusionKey(id), string(text))
	}
	if err != nil {
		s.log.Error("a check's end could not be kept", "experiment", id, "error", err)
	}
}

// lastCheck is what this code said of an experiment last; nil where it never did.
func (s *Server) lastCheck(ctx context.Context, id string) (*conclusionNote, error) {
	text, err := s.cfg.Store.Meta(ctx, conclusionKey(id))
	if errors.Is(err, catalog.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	n := &conclusionNote{}
	if err := json.Unmarshal([]byte(text), n); err != nil || n.Commit != s.cfg.Commit {
		return nil, err
	}
	return n, nil
}

// Finding a container: in the live world, or in a run.

package web

import (
	"context"
	"slices"

	"sealab/sim"
)

// containerIn asks for one container.
type containerIn struct {
	Container string `path:"container" maxLength:"24"`
	Run       string `query:"run" maxLength:"64" doc:"empty: the live world"`
	Offset    int    `query:"offset" minimum:"0" maximum:"10000000" doc:"of the messages, newest first"`
}

func (s *Server) apiContainer(ctx context.Context, in *containerIn) (*answerOf[story], error) {
	t, err := s.container(ctx, in)
	if err != nil {
		return nil, err
	}
	return ok(*t)
}

// container tells the story of one container.
func (s *Server) container(ctx context.Context, in *containerIn) (*story, error) {
	if in.Run == "" {
		return s.liveContainer(ctx, in)
	}
	run, err := s.wholeRun(ctx, in.Run)
	if err != nil {
		return nil, err
	}
	var seals []string
	t := telling{root: "", offset: in.Offset}
	t.Container = in.Container
	for _, trip := range run.Truth.Trips {
		if trip.Container == in.Container && !slices.Contains(seals, trip.Seal) {
			seals = append(seals, trip.Seal)
			t.Seal, t.Trip, t.From, t.To = trip.Seal, trip.ID, trip.From, trip.To
		}
	}
	if len(seals) == 0 {
		return nil, notFound("container", in.Container, "the run's containers are in GET /api/v1/runs/"+run.ID+"/plan")
	}
	for _, f := range findingsOf(run, false) {
		if f.Container == in.Container {
			t.Findings = append(t.Findings, f)
		}
	}
	t.Until = run.Truth.End.UnixMilli()
	heard, err := s.heard(ctx, run, seals...)
	if err != nil {
		return nil, err
	}
	t.root = topicRoot(run.ID)
	err = tell(ctx, heard, &t)
	return t.filled(), err
}

// liveContainer tells the story so far of a container of the live world.
func (s *Server) liveContainer(ctx context.Context, in *containerIn) (*story, error) {
	t := telling{offset: in.Offset}
	t.Container = in.Container
	var lw *liveWorld
	found := false
	playing := s.hub.look(func(st *liveState) {
		i, ok := st.w.index[in.Container]
		if !ok {
			return
		}
		lw, found, t.Until = st.w, true, st.now.UnixMilli()
		p := &st.w.plan.Seals[i]
		t.Seal, t.Trip, t.From, t.To = p.Seal, p.Trip, p.From, p.To
		for _, a := range st.alarms {
			if a.C == in.Container {
				t.Findings = append(t.Findings, findingJSON{At: a.T, Container: a.C, Kind: a.Kind, Level: a.Level, Sev: a.Sev, Why: a.Why})
			}
		}
	})
	if !playing {
		return nil, noDemo()
	}
	if !found {
		return nil, notFound("container", in.Container, "")
	}
	w, err := sim.New(*lw.scenario, lw.settings, lw.seed, t.Seal)
	if err != nil {
		return nil, err
	}
	t.root = topicRoot(lw.run)
	err = tell(ctx, w.Batches(), &t)
	return t.filled(), err
}

// filled gives empty lists where there is nothing, so that JSON never says null for a list.
func (t *telling) filled() *story {
	if t.Events == nil {
		t.Events = []happening{}
	}
	if t.Findings == nil {
		t.Findings = []findingJSON{}
	}
	return &t.story
}

// topicRoot is where a run's messages lie in the tree of topics.
func topicRoot(run string) string { return "sealab/v1/" + openRoom + "/run/" + run + "/" }

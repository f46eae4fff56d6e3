// The queue of curators: what waits, how long, and for whom.

package web

import (
	"context"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/review"
)

// waiting are the states that the queue holds, in the order of the way.
var waiting = []review.State{review.Sent, review.InReview, review.ChangesRequested, review.Approved}

// queueLine is one version that waits.
type queueLine struct {
	Edition string       `json:"edition"`
	Usecase string       `json:"usecase"`
	Version int          `json:"version"`
	Title   string       `json:"title"`
	From    string       `json:"submitter"`
	State   review.State `json:"state"`
	Owner   string       `json:"owner" doc:"who reviews it; empty: nobody yet"`
	Mine    bool         `json:"mine" doc:"the owner is whoever asks"`
	Since   time.Time    `json:"since" doc:"of its last change"`
	Waits   float64      `json:"waits_s"`
}

// queueIn filters the queue.
type queueIn struct {
	State string `query:"state" enum:"submitted,in-review,changes-requested,approved" doc:"only what is in this state"`
	Mine  bool   `query:"mine" doc:"only what whoever asks reviews"`
}

// queue lists what waits, the longest waiting first, and counts all by state.
func (s *Server) queue(ctx context.Context, who *catalog.Curator, q queueIn) (list []queueLine, counts map[string]int, err error) {
	all, err := s.cfg.Store.Queue(ctx, who.Room)
	if err != nil {
		return nil, nil, err
	}
	names, err := s.curatorNames(ctx, who.Room)
	if err != nil {
		return nil, nil, err
	}
	list, counts = []queueLine{}, map[string]int{"": len(all)}
	now := s.cfg.Now()
	for i := range all {
		e := &all[i]
		counts[string(e.State)]++
		line := queueLine{Edition: e.ID, Usecase: e.Usecase, Version: e.Version, Title: e.Entry.Title, State: e.State, Owner: names[e.Curator],
			Mine: e.Curator == who.ID, Since: e.Changed, Waits: now.Sub(e.Changed).Seconds()}
		if e.Entry.Submitter != nil {
			line.From = e.Entry.Submitter.Name
		}
		if line.Mine {
			counts["mine"]++
		}
		if (q.State == "" || q.State == string(e.State)) && (!q.Mine || line.Mine) {
			list = append(list, line)
		}
	}
	return list, counts, nil
}

// curatorNames are the names under which the curators of a room go, by id.
func (s *Server) curatorNames(ctx context.Context, room string) (map[string]string, error) {
	list, err := s.cfg.Store.Curators(ctx, room)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for i := range list {
		names[list[i].ID] = orText(list[i].Name, list[i].ID)
	}
	return names, nil
}

// queuePage is the queue as a page.
type queuePage struct {
	Curator *catalog.Curator
	List    []queueLine
	Filters []queueFilter
	Query   queueIn
	Calls   []callJSON // that wait beside the use cases
	Empty   bool       // nothing waits at all
}

// queueFilter is one choice of what to show.
type queueFilter struct {
	Key, URL string // Key: a state, "mine", or "" for all
	Count    int
	Chosen   bool
}

func (s *Server) queuePage(c *gin.Context) error {
	secret(c)
	who, err := curatorOf(c.Request.Context())
	if err != nil {
		return err
	}
	q := queueIn{State: c.Query("state"), Mine: c.Query("mine") == "1"}
	if _, err := oneOf("state", orText(q.State, string(review.Sent)), words(waiting)); err != nil {
		return err
	}
	list, counts, err := s.queue(c.Request.Context(), who, q)
	if err != nil {
		return err
	}
	p := &queuePage{Curator: who, List: list, Query: q, Empty: counts[""] == 0}
	if p.Calls, err = s.waitingCalls(c.Request.Context()); err != nil {
		return err
	}
	p.Filters = append(p.Filters, queueFilter{"", "/review", counts[""], q == queueIn{}})
	for _, st := range waiting {
		p.Filters = append(p.Filters, queueFilter{string(st), "/review?state=" + string(st), counts[string(st)], q.State == string(st)})
	}
	p.Filters = append(p.Filters, queueFilter{"mine", "/review?mine=1", counts["mine"], q.Mine})
	return s.page(c, "review", p)
}

// words are the names of states.
func words[S ~string](list []S) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

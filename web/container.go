// One container: everything its seal said, made again from the seed rather than kept.

package web

import (
	"context"
	"iter"
	"math"
	"strings"

	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
)

// charted are the columns of a container's curves, by the names that JSON gives them.
var charted = []struct {
	Name  string
	Field seal.Field
}{
	{"lat", seal.Lat}, {"lon", seal.Lon}, {"tC", seal.TC}, {"rh", seal.RH}, {"lux", seal.Lux}, {"gPeak", seal.GPeak},
	{"gRms", seal.GRms}, {"pct", seal.Pct}, {"rsrp", seal.RSRP}, {"spdKn", seal.SpdKn}, {"accM", seal.AccM},
}

// story is what is known of a container: its papers, and what its seal said up to a moment.
type story struct {
	Container string                `json:"container"`
	Seal      string                `json:"seal"`
	Trip      string                `json:"trip"`
	From      string                `json:"from"`
	To        string                `json:"to"`
	Until     int64                 `json:"until" doc:"nothing later is told; ms since 1970, virtual"`
	Fields    map[string]string     `json:"fields" doc:"the newest value of every field, with its unit"`
	Series    map[string][]*float64 `json:"series" doc:"t is in ms since 1970; null where a reading lacks the value"`
	Events    []happening           `json:"events"`
	Findings  []findingJSON         `json:"findings"`
	Messages  messagePage           `json:"messages"`
}

// happening is an event that the seal reported, or a notice about the container.
type happening struct {
	T      int64  `json:"t"`
	Code   string `json:"code"`
	Sev    string `json:"sev"`
	Detail string `json:"detail"`
	Notice bool   `json:"notice"`
}

// messagePage is a page of raw messages, newest first.
type messagePage struct {
	Total  int          `json:"total"`
	Offset int          `json:"offset"`
	Rows   []rawMessage `json:"rows"`
}

type rawMessage struct {
	N       uint64 `json:"n" doc:"number in this list"`
	At      int64  `json:"at" doc:"when it was heard, ms since 1970, virtual"`
	Topic   string `json:"topic"`
	Payload string `json:"payload"`
}

// messagesPerPage keeps the page readable; JSON may ask for the rest.
const messagesPerPage = 50

// telling is a story in the making.
type telling struct {
	story
	root   string
	offset int
	newest int64
	raw    []rawMessage
}

// tell hears a world that holds one container's seals only, up to a moment.
func tell(ctx context.Context, heard iter.Seq[event.Batch], t *telling) error {
	t.Fields, t.Series = map[string]string{}, map[string][]*float64{"t": {}}
	for _, col := range charted {
		t.Series[col.Name] = []*float64{}
	}
	for b := range heard {
		if b.Now.UnixMilli() > t.Until {
			break
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		for i := range b.Events {
			t.event(&b.Events[i])
		}
	}
	t.Messages.Total, t.Messages.Offset = len(t.raw), t.offset
	t.Messages.Rows = []rawMessage{}
	for i := len(t.raw) - 1 - t.offset; i >= 0 && len(t.Messages.Rows) < messagesPerPage; i-- {
		t.Messages.Rows = append(t.Messages.Rows, t.raw[i])
	}
	return nil
}

func (t *telling) event(e *event.Event) {
	switch m := e.Message.(type) {
	case *seal.Reading:
		t.reading(m, e.At.UnixMilli())
	case *notice.Notice:
		if m.Container == t.Container {
			t.Events = append(t.Events, happening{m.TS, m.What.String(), "info", noticeDetail(m), true})
		}
	}
	if wire, ok := e.Message.(event.Wire); ok {
		t.raw = append(t.raw, rawMessage{uint64(len(t.raw) + 1), e.At.UnixMilli(), string(wire.AppendTopic([]byte(t.root))), string(wire.AppendJSON(nil))})
	}
}

func (t *telling) reading(r *seal.Reading, heard int64) {
	ts, _ := r.Get(seal.TS)
	if r.Trip != "" && t.Trip == "" {
		t.Trip = r.Trip
	}
	if code, ok := r.Get(seal.Code); ok {
		sev, _ := r.Get(seal.Sev)
		t.Events = append(t.Events, happening{ts, seal.Format(seal.Code, code), seal.Format(seal.Sev, sev), r.Detail, false})
	}
	if ts >= t.newest {
		t.newest = ts
		for f := range seal.Field(seal.NumFields) {
			if v, ok := r.Get(f); ok {
				t.Fields[seal.Fields[f].Path] = withUnit(f, v)
			}
		}
	}
	if !r.Is(seal.MsgKind, seal.Tele) && !r.Is(seal.MsgKind, seal.EventMsg) {
		return
	}
	at := float64(ts)
	t.Series["t"] = append(t.Series["t"], &at)
	for _, col := range charted {
		t.Series[col.Name] = append(t.Series[col.Name], valueOf(r, col.Field))
	}
}

func valueOf(r *seal.Reading, f seal.Field) *float64 {
	v, ok := r.Get(f)
	if !ok {
		return nil
	}
	x := float64(v) / float64(f.PerUnit())
	return &x
}

func withUnit(f seal.Field, v int64) string {
	text := strings.Trim(seal.Format(f, v), `"`)
	if unit := seal.Fields[f].Unit; unit != "" && text != "null" {
		text += " " + unit
	}
	return text
}

func noticeDetail(n *notice.Notice) string {
	var parts []string
	if n.Place != "" {
		parts = append(parts, placeName(n.Place))
	}
	for _, p := range []string{n.Vehicle, n.Result} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " · ")
}

// thinned keeps at most n points of a column for drawing: in each stretch the lowest and the highest, so that no peak
// is lost.
func thinned(t, v []*float64, n int) (xs, ys []float64) {
	step := max(1, 2*len(t)/n)
	for from := 0; from < len(t); from += step {
		to := min(from+step, len(t))
		low, high := -1, -1
		for i := from; i < to; i++ {
			if v[i] == nil {
				continue
			}
			if low < 0 || *v[i] < *v[low] {
				low = i
			}
			if high < 0 || *v[i] > *v[high] {
				high = i
			}
		}
		for _, i := range [2]int{min(low, high), max(low, high)} {
			if i >= 0 && (len(xs) == 0 || *t[i] > xs[len(xs)-1] || math.IsNaN(ys[len(ys)-1])) {
				xs, ys = append(xs, *t[i]), append(ys, *v[i])
			}
		}
	}
	return xs, ys
}

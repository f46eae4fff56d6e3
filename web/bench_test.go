package web

import (
	"testing"
	"time"
)

// watchers is how many browsers the design asks for.
const watchers = 200

// BenchmarkFrames200Shared makes a frame once and hands the same bytes to 200 browsers.
func BenchmarkFrames200Shared(b *testing.B) {
	h, w := MustPlay(b)
	feed(b, h, w, w.start.AddDate(0, 0, 8))
	h.hub.frame()
	var list []*listener
	for range watchers {
		list = append(list, h.hub.frames.join())
	}
	b.ReportAllocs()
	for b.Loop() {
		h.hub.look(func(s *liveState) { s.fresh = s.alarms[:1] })
		h.hub.frames.send(h.hub.frame())
		for _, l := range list {
			<-l.C
		}
	}
	share(b)
}

// BenchmarkFrames200Each is the yardstick: the same frame encoded for each browser anew.
func BenchmarkFrames200Each(b *testing.B) {
	h, w := MustPlay(b)
	feed(b, h, w, w.start.AddDate(0, 0, 8))
	h.hub.frame()
	var list []*listener
	for range watchers {
		list = append(list, h.hub.frames.join())
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, l := range list {
			h.hub.look(func(s *liveState) { s.fresh = s.alarms[:1] })
			l.C <- h.hub.frame()
			<-l.C
		}
	}
	share(b)
}

// share reports the part of a core that this costs at the hub's own rate of frames.
func share(b *testing.B) {
	perFrame := float64(b.Elapsed()) / float64(b.N)
	b.ReportMetric(perFrame*float64(time.Second/frameEvery)/float64(time.Second), "cores")
}

// BenchmarkPlan10000 makes and packs the plan of 10,000 seals.
func BenchmarkPlan10000(b *testing.B) {
	h := MustHub(b)
	before := demoSettings
	demoSettings = map[string]string{"seals": "10000"}
	defer func() { demoSettings = before }()
	w, err := h.newLiveWorld(time.UnixMilli(4711))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := w.know(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(squeeze("application/json", w.planBytes))), "bytes-gz")
}

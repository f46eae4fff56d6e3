// Frames of the live page: the latest state a few times a second, encoded once for all who watch.

package web

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"slices"
	"time"
)

// frameEvery is slow enough for ten thousand watchers and fast enough for the eye: the map moves by the plan meanwhile.
const frameEvery = 400 * time.Millisecond

// frameJSON is a frame. Off and Lost are left out where they are as before; Alarms hold the new ones.
type frameJSON struct {
	T       int64       `json:"t"`
	Speed   float64     `json:"speed"`
	Playing bool        `json:"playing"`
	N       int         `json:"n"`
	MPS     float64     `json:"mps"`
	Open    int         `json:"open"`
	Alarms  []alarmJSON `json:"alarms,omitempty"`
	Off     *[][4]int64 `json:"off,omitempty"`
	Lost    *[]int      `json:"lost,omitempty"`
}

// helloJSON is the whole state, for whoever comes.
type helloJSON struct {
	Run      string `json:"run"`
	Scenario string `json:"scenario"`
	Watch    string `json:"watch"`
	Start    int64  `json:"start"`
	End      int64  `json:"end"`
	frameJSON
}

// told is what the frames have said last, so that it is not said again.
type told struct {
	run  string
	off  [][4]int64
	lost []int
}

func (h *hub) makesFrames(ctx context.Context) {
	tick := time.NewTicker(frameEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if piece := h.frame(); piece != nil {
				h.frames.send(piece)
			}
		case <-ctx.Done():
			return
		}
	}
}

// frame makes the next frame, or a hello where another world has begun.
func (h *hub) frame() []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.state == nil {
		return nil
	}
	h.number++
	h.hello = nil
	if h.told.run != h.state.w.run {
		h.told = told{run: h.state.w.run, off: h.state.off(), lost: h.state.lost()}
		h.state.fresh = nil
		return h.snapshot()
	}
	f := h.base()
	f.Alarms, h.state.fresh = h.state.fresh, nil
	if off := h.state.off(); !slices.Equal(off, h.told.off) {
		f.Off, h.told.off = &off, off
	}
	if lost := h.state.lost(); !slices.Equal(lost, h.told.lost) {
		f.Lost, h.told.lost = &lost, lost
	}
	return frameSSE(h.number, "frame", mustJSON(f))
}

// base is what every frame says. The clock's time is not shown ahead of what was heard by more than its step.
func (h *hub) base() frameJSON {
	at := h.clock.Now()
	speed, paused := h.clock.Speed()
	if behind := h.state.now.Add(time.Hour); at.After(behind) {
		at = behind
	}
	if at.After(h.state.w.end) {
		at = h.state.w.end
	}
	rate := h.meter.rate(h.server.cfg.Now())
	return frameJSON{T: at.UnixMilli(), Speed: speed, Playing: !paused || h.opening() && !h.held, N: h.count, MPS: math.Round(rate*10) / 10, Open: h.state.open()}
}

// opening reports whether the world is still being played up to the moment where its clock begins.
func (h *hub) opening() bool { return h.state.now.Before(h.state.w.opensAt()) }

// snapshot is the hello of this moment; the caller holds the lock.
func (h *hub) snapshot() []byte {
	if h.hello == nil {
		h.hello = frameSSE(h.number, "hello", mustJSON(h.whole()))
	}
	return h.hello
}

func (h *hub) whole() helloJSON {
	w := h.state.w
	out := helloJSON{Run: w.run, Scenario: w.scenario.Name, Watch: w.watch, Start: w.start.UnixMilli(), End: w.end.UnixMilli(), frameJSON: h.base()}
	out.Alarms = h.state.alarms
	off, lost := h.state.off(), h.state.lost()
	out.Off, out.Lost = &off, &lost
	return out
}

// mustJSON encodes what can always be encoded: numbers that were checked, and strings.
func mustJSON(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	if err := e.Encode(v); err != nil {
		panic("encode frame: " + err.Error())
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

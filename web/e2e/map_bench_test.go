//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"strconv"
	"testing"
	"time"
)

// BenchmarkLiveMap says how many pictures a second the live map draws of 10,000 containers while it is panned, in a
// browser without a GPU, and how soon after the load all of them are there. Yardstick: 40 a second, 1 s.
//
//	go test -tags e2e -run '^$' -bench LiveMap -benchtime 1x ./web/e2e
func BenchmarkLiveMap(b *testing.B) {
	plan, hello := crowd(10000)
	h, err := startHub(true, func(pages http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/api/v1/live/plan":
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write(plan)
			case "/api/v1/live/frames":
				w.Header().Set("Content-Type", "text/event-stream")
				for {
					if _, err := fmt.Fprintf(w, "event: hello\ndata: %s\n\n", hello); err != nil {
						return
					}
					w.(http.Flusher).Flush()
					select {
					case <-r.Context().Done():
						return
					case <-time.After(2 * time.Second):
					}
				}
			default:
				pages.ServeHTTP(w, r)
			}
		})
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(h.Close)
	p := mustTab(b, h, desk)
	for b.Loop() {
		p.open("/")
		p.until(colourful)
		p.until(`() => /10,000/.test(document.querySelector("[data-figure=containers]").innerText)`)
		b.ReportMetric(number(b, p.eval(`() => String(performance.now())`)), "ms-to-all")
		p.until(opened) // until then the hub plays as fast as it can
		b.ReportMetric(number(b, p.eval(panning)), "fps-panning")
		b.ReportMetric(number(b, p.eval(standing)), "ms-of-script/s")
	}
	b.ReportMetric(0, "ns/op")
}

// panning drags the map to and fro for three seconds, 12 px a picture, and counts the pictures.
const panning = `() => new Promise(done => {
	const map = document.querySelector("#map-canvas"), from = performance.now()
	let n = 0, x = 500
	const hand = type => map.dispatchEvent(new PointerEvent(type, { pointerId: 7, clientX: x, clientY: 400, bubbles: true }))
	hand("pointerdown")
	const step = now => {
		if (now - from > 3000) { hand("pointercancel"); return done(String(1000 * n / (now - from))) }
		x += n++ % 60 < 30 ? 12 : -12
		hand("pointermove")
		requestAnimationFrame(step)
	}
	requestAnimationFrame(step)
})`

// standing measures how much of two seconds the page's frames keep the main thread when nobody moves anything.
const standing = `() => new Promise(done => {
	const from = performance.now()
	let busy = 0, last = from
	const beat = () => {
		const now = performance.now()
		busy += Math.max(0, now - last - 5)
		last = now
		if (now - from > 2000) return done(String(busy / 2))
		setTimeout(beat, 4)
	}
	beat()
})`

func number(tb testing.TB, text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

// crowd makes a plan of n containers on 200 vessels round the world, and a hello for it.
func crowd(n int) (plan, hello []byte) {
	dice := rand.New(rand.NewPCG(1, 2))
	const start, hours = 1_770_000_000_000, 30 * 24
	type vehicle struct {
		ID    string  `json:"id"`
		Kind  string  `json:"kind"`
		Name  string  `json:"name"`
		Path  []int   `json:"path"`
		Times []int64 `json:"times"`
	}
	type box struct {
		C    string   `json:"c"`
		S    string   `json:"s"`
		From string   `json:"from"`
		To   string   `json:"to"`
		On   [][3]int `json:"on"`
	}
	var vehicles []vehicle
	for i := range 1000 {
		v := vehicle{ID: fmt.Sprint("v", i), Kind: []string{"vessel", "vessel", "vessel", "train", "truck"}[i%5], Name: fmt.Sprint("Vessel ", i)}
		lon, lat, course := dice.Float64()*360-180, dice.Float64()*100-40, dice.Float64()*2*math.Pi
		for k := range 60 {
			v.Path = append(v.Path, int(lon*1e4), int(lat*1e4))
			v.Times = append(v.Times, int64(k)*hours*3600e3/59)
			lon += 2 * math.Cos(course)
			lat = min(65, max(-50, lat+math.Sin(course)))
			course += dice.Float64()*0.4 - 0.2
		}
		vehicles = append(vehicles, v)
	}
	var boxes []box
	for i := range n {
		boxes = append(boxes, box{fmt.Sprintf("SLBU%07d", i), fmt.Sprint("S", i), "A", "B", [][3]int{{i % len(vehicles), 0, hours * 3600e3}}})
	}
	plan, _ = json.Marshal(map[string]any{"v": 1, "run": "crowd", "scenario": "crowd", "start": start, "end": int64(start) + hours*3600e3,
		"vehicles": vehicles, "containers": boxes, "places": []any{}})
	hello, _ = json.Marshal(map[string]any{"run": "crowd", "scenario": "crowd", "watch": "kalman", "start": start,
		"end": int64(start) + hours*3600e3, "t": int64(start) + 200*3600e3, "speed": 900, "playing": true, "n": 0, "mps": 0, "open": 0,
		"alarms": []any{}, "off": []any{}, "lost": []any{}})
	return plan, hello
}

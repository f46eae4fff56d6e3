// Floods: how often the hub takes something from one address, and from all together. Who asks too often is told when to
// come back.

package web

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// pace is so many at once, and then one in every interval.
type pace struct {
	burst int
	every time.Duration
}

// gate lets things through at the pace of one address and at that of all. A workshop of thirty comes from one address,
// and so does everybody where a proxy stands before the hub, which takes no forwarded address on trust.
type gate struct {
	what      string // in words: "drafts"
	each      pace
	all       *rate.Limiter
	addresses *recent[*rate.Limiter]
	adding    sync.Mutex
}

// keptAddresses is how many addresses a gate remembers: what was heard of longest ago makes room.
const keptAddresses = 10_000

func newGate(what string, each, all pace) *gate {
	return &gate{what: what, each: each, all: all.limiter(), addresses: newRecent[*rate.Limiter](keptAddresses)}
}

func (p pace) limiter() *rate.Limiter { return rate.NewLimiter(rate.Every(p.every), p.burst) }

// gates are the hub's.
type gates struct{ drafts, writes, remarks, calls, keys *gate }

func newGates() gates {
	return gates{
		drafts:  newGate("drafts", pace{40, 15 * time.Second}, pace{120, 2 * time.Second}),
		writes:  newGate("changes", pace{300, 250 * time.Millisecond}, pace{600, 20 * time.Millisecond}),
		remarks: newGate("remarks", pace{30, 10 * time.Second}, pace{200, time.Second}),
		calls:   newGate("calls and answers", pace{30, 20 * time.Second}, pace{120, 2 * time.Second}),
		keys:    newGate("wrong links", pace{30, 10 * time.Second}, pace{300, time.Second}),
	}
}

// neighbours are addresses that count as one: an IPv6 host has a whole /64 to itself.
func neighbours(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if ip = ip.Unmap(); ip.Is6() {
		if net, err := ip.WithZone("").Prefix(64); err == nil {
			return net.String()
		}
	}
	return ip.String()
}

// limiter finds that of an address.
func (g *gate) limiter(address string) *rate.Limiter {
	g.adding.Lock()
	defer g.adding.Unlock()
	key := neighbours(address)
	if l, ok := g.addresses.get(key); ok {
		return l
	}
	l := g.each.limiter()
	g.addresses.put(key, l, 1)
	return l
}

// enter takes one turn, or says how long to wait for one.
func (g *gate) enter(address string, now time.Time) error {
	for _, l := range []*rate.Limiter{g.limiter(address), g.all} {
		if wait := turn(l, now); wait > 0 {
			return g.slow(wait)
		}
	}
	return nil
}

// closed says how long to wait where no turn is left, and takes none.
func (g *gate) closed(address string, now time.Time) error {
	for _, l := range []*rate.Limiter{g.limiter(address), g.all} {
		if tokens := l.TokensAt(now); tokens < 1 {
			return g.slow(time.Duration((1 - tokens) / float64(l.Limit()) * float64(time.Second)))
		}
	}
	return nil
}

// turn takes a turn of a limiter; above 0 there was none, and there will be one then.
func turn(l *rate.Limiter, now time.Time) time.Duration {
	if r := l.ReserveN(now, 1); r.DelayFrom(now) > 0 {
		defer r.CancelAt(now)
		return r.DelayFrom(now)
	}
	return 0
}

func (g *gate) slow(wait time.Duration) error {
	seconds := max(int(math.Ceil(wait.Seconds())), 1)
	return &Problem{Status: http.StatusTooManyRequests, Code: "too_many", RetryAfter: seconds,
		Message: fmt.Sprintf("Too many %s came from your address, or to this hub, in a short time. Nothing was changed: try again in %d s.", g.what, seconds)}
}

// slowly takes a turn at a gate for whoever asks. ctx is the request's.
func (s *Server) slowly(ctx context.Context, g *gate) error {
	return g.enter(addressOf(ctx), s.cfg.Now())
}

// addressOf is the address that a request came from.
func addressOf(ctx context.Context) string {
	if v, ok := ctx.Value(visitKey{}).(*visit); ok {
		return v.c.ClientIP()
	}
	return ""
}

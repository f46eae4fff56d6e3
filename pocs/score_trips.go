// Clean trips and those among them on which an officer was called out for nothing.

package pocs

import (
	"slices"
	"time"

	"sealab/sim"
)

// CleanTrips counts the trips without a hostile act in them, and how many of these saw a false finding, by a score of these
// findings; their share is nuisance_trips.
func CleanTrips(t sim.Truth, f []Finding, s Score) (clean, disturbed int) {
	return cleanTrips(t, f, s.Findings)
}

// cleanTrips counts the trips without a hostile act in them, heard or not, and how many of these saw a false finding.
//
// An act belongs to the trip it names. A finding, and an act that names no trip, belong to the container's trip that
// began last by then, even if it has ended (a late alarm still sends someone to that trip's goods), or to the first
// trip where none has begun: no false alarm on a container that travels is free.
func cleanTrips(t sim.Truth, f []Finding, judged []Judged) (clean, disturbed int) {
	attacked, book := attackedTrips(t, f, judged)
	seen := make(map[int]bool)
	for i := range f {
		if judged[i].Sort != False {
			continue
		}
		if trip := book.trip(f[i].Container, f[i].At); trip >= 0 && !attacked[trip] {
			seen[trip] = true
		}
	}
	return len(t.Trips) - len(attacked), len(seen)
}

// attackedTrips gives the indices of the trips that a hostile act lies in, and the book in which they were looked up.
func attackedTrips(t sim.Truth, f []Finding, judged []Judged) (map[int]bool, tripBook) {
	wanted := make(map[string]bool) // containers whose trips must be known
	named := make(map[string]bool)  // trips that an act names
	for i := range t.Incidents {
		if in := &t.Incidents[i]; in.Hostile && in.Trip != "" {
			named[in.Trip] = true
		} else if in.Hostile {
			wanted[in.Container] = true
		}
	}
	for i := range f {
		if judged[i].Sort == False {
			wanted[f[i].Container] = true
		}
	}
	attacked := make(map[int]bool)
	for i := range t.Trips {
		if named[t.Trips[i].ID] {
			attacked[i] = true
		}
	}
	book := newTripBook(t.Trips, wanted)
	for i := range t.Incidents {
		if in := &t.Incidents[i]; in.Hostile && in.Trip == "" {
			if trip := book.trip(in.Container, in.Start); trip >= 0 {
				attacked[trip] = true
			}
		}
	}
	return attacked, book
}

// tripBook looks trips up by container and time.
type tripBook struct {
	trips []sim.Trip
	of    map[string][]int // by start
}

func newTripBook(trips []sim.Trip, wanted map[string]bool) tripBook {
	b := tripBook{trips: trips, of: make(map[string][]int, len(wanted))}
	if len(wanted) == 0 {
		return b
	}
	for i := range trips {
		if c := trips[i].Container; wanted[c] {
			b.of[c] = append(b.of[c], i)
		}
	}
	for _, list := range b.of {
		slices.SortStableFunc(list, func(i, j int) int { return trips[i].Start.Compare(trips[j].Start) })
	}
	return b
}

// trip gives the container's trip that began last by at, its first where none has, or −1 where it has no trip.
func (b tripBook) trip(container string, at time.Time) int {
	list := b.of[container]
	if len(list) == 0 {
		return -1
	}
	n, _ := slices.BinarySearchFunc(list, at, func(i int, at time.Time) int {
		if b.trips[i].Start.After(at) {
			return 1
		}
		return -1
	})
	return list[max(n-1, 0)]
}

// What every world must keep: same seed same bytes, a neighbour more changes nobody, attacks leave the rest alone.
package worlds_test

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/notice"
	"sealab/sim/seal"
	"sealab/sim/worlds"
)

// played is a world played to its end: what each subject's messages were, in order and with their times.
type played struct {
	digest string
	bySeal map[string][sha256.Size]byte
	truth  sim.Truth
	events int
}

func mustPlay(tb testing.TB, sc sim.Scenario, set sim.Settings, seed uint64, only ...string) played {
	tb.Helper()
	w, err := sim.New(sc, set, seed, only...)
	if err != nil {
		tb.Fatal(err)
	}
	p := played{bySeal: map[string][sha256.Size]byte{}}
	d, logs := event.NewDigest(), map[string][]byte{}
	for b := range w.Batches() {
		d.Add(b)
		p.events += len(b.Events)
		for _, e := range b.Events {
			who := sealOf(e.Message)
			logs[who] = fmt.Appendf(logs[who], "%d %s ", e.At.UnixMilli(), e.Message.Kind())
			logs[who] = e.Message.AppendRecord(logs[who])
		}
	}
	for who, log := range logs {
		p.bySeal[who] = sha256.Sum256(log)
	}
	p.digest, p.truth = d.String(), w.Truth()
	return p
}

// sealOf names the seal a message belongs to; a notice names it by its trip.
func sealOf(m event.Message) string {
	switch m := m.(type) {
	case *seal.Reading:
		return m.Seal
	case *notice.Notice:
		return "SLB-" + strings.TrimPrefix(m.Trip, "T")
	}
	return ""
}

// acts are the truth without what depends on being heard, of the hostile incidents alone.
func acts(t sim.Truth) []string {
	var list []string
	for _, i := range t.Incidents {
		if i.Hostile {
			list = append(list, fmt.Sprint(i.ID, i.Start, i.End, i.Params))
		}
	}
	return list
}

func eachScenario(t *testing.T, check func(t *testing.T, sc sim.Scenario)) {
	for _, sc := range worlds.All {
		t.Run(sc.Name, func(t *testing.T) {
			t.Parallel()
			check(t, sc)
		})
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		a, b, c := mustPlay(t, sc, nil, 7), mustPlay(t, sc, nil, 7), mustPlay(t, sc, nil, 8)
		if a.digest != b.digest {
			t.Errorf("seed 7 gave %s and %s", a.digest, b.digest)
		}
		if a.digest == c.digest {
			t.Error("seeds 7 and 8 gave the same digest")
		}
	})
}

// odd are settings that concern every seal: wrong clocks, and a link that is down for a day.
var odd = sim.Settings{"clock_skew_s": 60, "partition_h": 24}

// TestAddingSeals lets seals join one by one: whose messages change must have lost an attack to a newcomer.
func TestAddingSeals(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		for seed := uint64(1); seed <= 3; seed++ {
			set := sim.Settings{}
			if seed == 3 {
				set = maps.Clone(odd)
			}
			set["seals"] = 40
			few := mustPlay(t, sc, set, seed)
			set["seals"] = 90
			many := mustPlay(t, sc, set, seed)
			lost := map[string]bool{}
			was, is := victims(few.truth), victims(many.truth)
			for slot, s := range was {
				switch now := is[slot]; {
				case now == s:
				case now <= "SLB-00000040":
					t.Errorf("seed %d: %s moved from %s to %s, which is no newcomer", seed, slot, s, now)
				default:
					lost[s] = true
				}
			}
			if len(was) != len(is) {
				t.Errorf("seed %d: %d victims became %d", seed, len(was), len(is))
			}
			for s, sum := range few.bySeal {
				if many.bySeal[s] != sum && !lost[s] {
					t.Errorf("seed %d: %s says something else with 50 neighbours more", seed, s)
				}
			}
		}
	})
}

// victims maps each counted attack, "kind/i", to its seal.
func victims(t sim.Truth) map[string]string {
	m := map[string]string{}
	for _, i := range t.Incidents {
		if i.Hostile {
			m[strings.TrimSuffix(i.ID, "/"+i.Seal)] = i.Seal
		}
	}
	return m
}

// TestAddingAttacks asks for one attack more of each kind: only the new victims change.
func TestAddingAttacks(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		two, three := mustPlay(t, sc, nil, 5), mustPlay(t, sc, sim.Settings{"attacks": 3}, 5)
		was, is := victims(two.truth), victims(three.truth)
		fresh := map[string]bool{}
		for slot, s := range is {
			if was[slot] == "" {
				fresh[s] = true
			} else if was[slot] != s {
				t.Errorf("%s moved from %s to %s", slot, was[slot], s)
			}
		}
		for s, sum := range two.bySeal {
			if (three.bySeal[s] != sum) != fresh[s] {
				t.Errorf("%s: changed %v, victim of a new attack %v", s, three.bySeal[s] != sum, fresh[s])
			}
		}
	})
}

func TestNoAttacks(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		for seed := uint64(5); seed <= 7; seed++ {
			p := mustPlay(t, sc, sim.Settings{"attacks": 0, "attack_rate": 0}, seed)
			kinds := map[string]int{}
			for _, i := range p.truth.Incidents {
				if i.Hostile {
					t.Errorf("seed %d: attacks 0 has the hostile %s", seed, i.ID)
				}
				kinds[i.Kind]++
			}
			for _, l := range sc.LookAlikes {
				if kinds[l.Kind.Name] == 0 {
					t.Errorf("seed %d: no %s in the world", seed, l.Kind.Name)
				}
			}
			if calm := mustPlay(t, sc, sim.Settings{"attacks": 0, "lookalikes": 0}, seed); calm.digest == p.digest {
				t.Errorf("seed %d: look-alikes leave no trace", seed)
			}
		}
	})
}

// TestActsKeep changes what a seal or its radio does: every act stays as it was.
func TestActsKeep(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		want := acts(mustPlay(t, sc, nil, 11).truth)
		for name, set := range map[string]sim.Settings{
			"report interval": {"report_interval_s": 7200},
			"radio loss":      {"assumption.radio_loss": 0.1},
			"coverage":        {"assumption.coverage_none_nm": 15},
			"look-alikes":     {"lookalikes": 0},
			"signature":       {"signature": sim.Chained},
			"clock skew":      {"clock_skew_s": 3600},
			"partition":       {"partition_h": 240},
			"base rate":       {"base_rate": 5000},
		} {
			if got := acts(mustPlay(t, sc, set, 11).truth); !slices.Equal(got, want) {
				t.Errorf("%s changed the acts:\n%v\nwant\n%v", name, got, want)
			}
		}
	})
}

// TestOnly rebuilds single seals: the same messages at the same times.
func TestOnly(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		whole := mustPlay(t, sc, odd, 3)
		ids := slices.Sorted(maps.Keys(whole.bySeal))
		for _, id := range append(ids[:4:4], slices.Sorted(maps.Values(victims(whole.truth)))...) {
			alone := mustPlay(t, sc, odd, 3, id)
			if len(alone.bySeal) != 1 || alone.bySeal[id] != whole.bySeal[id] {
				t.Errorf("%s alone says something else than in company", id)
			}
		}
	})
}

// TestHeardByDefault wants at least two incidents of each hostile kind heard with the defaults; `make soak` asks the
// same of a thousand seeds.
func TestHeardByDefault(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) { checkHeard(t, sc, 1, 5) })
}

func checkHeard(t *testing.T, sc sim.Scenario, from, to uint64) {
	for seed := from; seed <= to; seed++ {
		heard := map[string]int{}
		truth := mustPlay(t, sc, nil, seed).truth
		for _, i := range truth.Incidents {
			if i.Hostile && i.Heard() {
				heard[i.Kind]++
			}
			if i.Heard() && i.HeardAt.Before(i.Start) {
				t.Errorf("seed %d: %s was heard at %v, before it began at %v", seed, i.ID, i.HeardAt, i.Start)
			}
		}
		for _, k := range sc.Attacks {
			if heard[k.Name] < 2 {
				t.Errorf("seed %d: %d of %s heard, want 2", seed, heard[k.Name], k.Name)
			}
		}
	}
}

// TestDefaults wants a world of the size that was promised, with 100 seals.
func TestDefaults(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		p := mustPlay(t, sc, nil, 2)
		if len(p.truth.Trips) != 100 || p.events < 20_000 || p.events > 65_000 {
			t.Errorf("%d trips and %d events, want 100 and 20,000 to 65,000", len(p.truth.Trips), p.events)
		}
	})
}

// TestSizes plays the smallest world with the default attacks, and refuses what cannot be.
func TestSizes(t *testing.T) {
	eachScenario(t, func(t *testing.T, sc sim.Scenario) {
		asked := 2 * len(sc.Attacks)
		few := float64(max(10, asked))
		if p := mustPlay(t, sc, sim.Settings{"seals": few, "span_days": 5}, 1); len(victims(p.truth)) != asked {
			t.Errorf("%v seals have %d victims, want %d", few, len(victims(p.truth)), asked)
		}
		for _, set := range []sim.Settings{{"seals": few, "attacks": 3}, {"nonsense": 1}} {
			if _, err := sim.New(sc, set, 1); err == nil {
				t.Errorf("settings %v were not refused", set)
			} else if _, ok := err.(*sim.BadSetting); !ok {
				t.Errorf("settings %v: %v is no BadSetting", set, err)
			}
		}
		if _, err := sim.New(sc, nil, sim.MaxSeed); err == nil {
			t.Error("a seed of 2^53 was not refused")
		}
	})
}

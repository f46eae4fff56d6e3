package worlds_test

// This file tests signed worlds: every mode in every scenario, and what a check of the messages says.

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sealab/sim"
	"sealab/sim/seal"
	"sealab/sim/worlds"
)

// spoken is one delivered reading of a signed world.
type spoken struct {
	r      seal.Reading
	at     int64
	attack string
}

// mustSpeak plays a small world in one mode of signing; more are settings, and seals that speak alone.
func mustSpeak(t *testing.T, sc sim.Scenario, mode int, more ...string) (*sim.World, []spoken) {
	t.Helper()
	seals := "24"
	if sc.Name == worlds.Mixed.Name { // it needs a seal for each of its attacks
		seals = "80"
	}
	set, err := sim.Resolve("setting", sc.Settings, map[string]string{"seals": seals, "attacks": "1", "span_days": "5", "signature": strconv.Itoa(mode)})
	if err != nil {
		t.Fatal(err)
	}
	var only []string
	for _, m := range more {
		if name, v, ok := strings.Cut(m, "="); ok {
			if set[name], err = strconv.ParseFloat(v, 64); err != nil {
				t.Fatal(err)
			}
		} else {
			only = append(only, m)
		}
	}
	w, err := sim.New(sc, set, 7, only...)
	if err != nil {
		t.Fatal(err)
	}
	var all []spoken
	for b := range w.Batches() {
		for i := range b.Events {
			if r, ok := b.Events[i].Message.(*seal.Reading); ok {
				attack, _ := w.Shows(i)
				all = append(all, spoken{*r, b.Events[i].At.UnixMilli(), attack})
			}
		}
	}
	return w, all
}

// TestEveryScenarioSigned wants the same messages at the same times and the same truth whether seals sign or not, and
// of a signed world that honest seals check out.
func TestEveryScenarioSigned(t *testing.T) {
	for _, sc := range worlds.All {
		t.Run(sc.Name, func(t *testing.T) {
			plain, bare := mustSpeak(t, sc, sim.Unsigned)
			w, signed := mustSpeak(t, sc, sim.Chained)
			if plain.Keyring() != nil {
				t.Error("keys where nobody signs")
			}
			sameBut(t, bare, signed)
			a, b := plain.Truth(), w.Truth()
			same := func(x, y sim.Incident) bool {
				return x.ID == y.ID && x.HeardAt.Equal(y.HeardAt) && x.Start.Equal(y.Start)
			}
			if !slices.EqualFunc(a.Incidents, b.Incidents, same) {
				t.Error("the truth differs")
			}
			checkOut(t, w.Keyring(), signed)
		})
	}
}

// sameBut wants two worlds' messages to differ in their proofs alone.
func sameBut(t *testing.T, bare, signed []spoken) {
	t.Helper()
	if len(bare) != len(signed) {
		t.Fatalf("%d readings, signed %d", len(bare), len(signed))
	}
	for i := range bare {
		if bare[i].r.Proof != nil || signed[i].r.Proof == nil {
			t.Fatal("the setting is not kept")
		}
		unproven := signed[i].r
		unproven.Proof = nil
		if unproven != bare[i].r || signed[i].at != bare[i].at || signed[i].attack != bare[i].attack {
			t.Fatalf("message %d differs:\n%s\n%s", i, bare[i].r.AppendJSON(nil), signed[i].r.AppendJSON(nil))
		}
	}
}

// checkOut verifies what a part of the seals say, which keeps the test short: honest seals are good and never break
// their chain, also over losses, duplicates, reboots and backlogs; whoever has not the key is found.
func checkOut(t *testing.T, keys seal.Keyring, all []spoken) {
	t.Helper()
	chains, counts := map[string]*seal.Chain{}, map[seal.Answer]int{}
	for i := range all {
		m := &all[i]
		if id := m.r.Seal; (id[len(id)-1]-'0')%4 != 0 {
			continue
		}
		answer := keys.Verify(&m.r)
		if answer == seal.Good {
			c := chains[m.r.Seal]
			if c == nil {
				c = new(seal.Chain)
				chains[m.r.Seal] = c
			}
			answer, _ = c.Hear(&m.r)
		}
		counts[answer]++
		if m.attack == "" && answer != seal.Good && answer != seal.Undecided {
			t.Fatalf("honest message: %v: %s", answer, m.r.AppendJSON(nil))
		}
	}
	if counts[seal.Good] < 3*counts[seal.Undecided] { // backlogs come out of order
		t.Errorf("few are good: %v", counts)
	}
	t.Logf("%v", counts)
}

// TestCloneSignsWithAnotherKey wants every message of a clone refused, unless its maker copied the key: then each is
// signed well, and only the chain and the numbers tell.
func TestCloneSignsWithAnotherKey(t *testing.T) {
	sc := worlds.All[1]
	for copied, want := range map[string]seal.Answer{"0": seal.BadSig, "1": seal.Good} {
		w, all := mustSpeak(t, sc, sim.Chained, "assumption.clone_key_copied="+copied)
		n, broken := 0, 0
		var chains = map[string]*seal.Chain{}
		for i := range all {
			m := &all[i]
			if !strings.HasPrefix(m.attack, "clone/") && chains[m.r.Seal] == nil {
				chains[m.r.Seal] = new(seal.Chain)
			}
			if strings.HasPrefix(m.attack, "clone/") {
				n++
				if got := w.Keyring().Verify(&m.r); got != want {
					t.Fatalf("copied %s: %v, want %v", copied, got, want)
				}
			}
			if c := chains[m.r.Seal]; c != nil && want == seal.Good {
				if got, _ := c.Hear(&m.r); got == seal.ChainBreak {
					broken++
				}
			}
		}
		if n == 0 || want == seal.Good && broken == 0 {
			t.Errorf("copied %s: %d messages of a clone, %d broke the chain", copied, n, broken)
		}
	}
}

func TestSignedAloneAsInTheWhole(t *testing.T) {
	sc := worlds.All[1]
	_, all := mustSpeak(t, sc, sim.Chained)
	const id = "SLB-00000005"
	_, alone := mustSpeak(t, sc, sim.Chained, id)
	var mine []spoken
	for _, m := range all {
		if m.r.Seal == id {
			mine = append(mine, m)
		}
	}
	same := func(a, b spoken) bool {
		return a.at == b.at && bytes.Equal(a.r.AppendRecord(nil), b.r.AppendRecord(nil))
	}
	if len(mine) == 0 || !slices.EqualFunc(mine, alone, same) {
		t.Errorf("%d messages in the whole, %d alone, or they differ", len(mine), len(alone))
	}
}

func TestRegistryKnowsItsSealsOnly(t *testing.T) {
	sc := worlds.All[0]
	keys := sim.NewRegistry(&sc, sim.Settings{"seals": 12, "signature": sim.Signed}, 7)
	n := 0
	for key := range keys.All() {
		if found, ok := keys.Find(key.Kid); !ok || !bytes.Equal(found.Public, key.Public) || found.Seal != key.Seal {
			t.Errorf("%s is listed and not found", key.Kid)
		}
		n++
	}
	if n != 12 {
		t.Errorf("%d keys of 12 seals", n)
	}
	for _, kid := range []string{"", "SLB-00000001", "SLB-00000001.2", "SLB-00000001.01", "SLB-1.1", "SLB-+0000001.1", "SLB-00000013.1", "SLB-00000000.1", "00000001.1"} {
		if _, ok := keys.Find(kid); ok {
			t.Errorf("%q is registered", kid)
		}
	}
	if sim.NewRegistry(&sc, sim.Settings{"seals": 12}, 7) != nil {
		t.Error("keys where nobody signs")
	}
}

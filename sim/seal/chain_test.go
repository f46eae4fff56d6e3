package seal

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestHonestChainNeverBreaks hears honest messages in any order, some lost, some twice, over reboots.
func TestHonestChainNeverBreaks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var prev [sha256.Size]byte
		var all []*Reading
		for boot := int64(1); boot <= 3; boot++ {
			for seq := int64(1); seq <= rapid.Int64Range(1, 20).Draw(t, "messages"); seq++ {
				all = append(all, spoken(boot, seq, aKey(1), "own.1", &prev))
			}
		}
		lost := rapid.IntRange(0, 3).Draw(t, "lost")
		dice := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1))
		heard := slices.Clone(all)
		dice.Shuffle(len(heard), func(i, j int) { heard[i], heard[j] = heard[j], heard[i] })
		heard = append(heard[min(lost, len(heard)):], heard[len(heard)-1])
		var c Chain
		for _, r := range heard {
			if got, _ := c.Hear(r); got == ChainBreak {
				t.Fatalf("boot %d seq %d: %v", r.Val[Boot], r.Val[Seq], got)
			}
		}
		var inOrder Chain
		for _, r := range all {
			if got, again := inOrder.Hear(r); got != Good || again {
				t.Fatalf("in order, boot %d seq %d: %v", r.Val[Boot], r.Val[Seq], got)
			}
		}
	})
}

// TestWhatEachModeCatches is the table of what signatures are worth: each attacker against each mode.
func TestWhatEachModeCatches(t *testing.T) {
	var prev [sha256.Size]byte
	var true5 []*Reading
	for seq := int64(1); seq <= 5; seq++ {
		true5 = append(true5, spoken(1, seq, aKey(1), "own.1", &prev))
	}
	renumbered := func(r *Reading, seq int64) *Reading {
		c := *r
		c.Set(Seq, seq)
		return &c
	}
	forkOf := func(from *Reading) *[sha256.Size]byte { link := from.Link(); return &link }
	moved := func(r *Reading, prev *[sha256.Size]byte) *Reading {
		r.Set(Lon, 5)
		r.Sign(aKey(1), "own.1", prev)
		return r
	}
	for _, c := range []struct {
		name        string
		m           *Reading
		sign, chain Answer
	}{
		{"the seal itself", spoken(1, 6, aKey(1), "own.1", forkOf(true5[4])), Good, Good},
		{"clone without the key", spoken(1, 6, aKey(3), "own.1", forkOf(true5[4])), BadSig, BadSig},
		{"clone without a signature", func() *Reading { r := sample(); r.Set(Seq, 6); return r }(), BadSig, BadSig},
		{"clone with the key, from old messages", spoken(1, 6, aKey(1), "own.1", forkOf(true5[2])), Good, ChainBreak},
		{"clone with the key, under a number that was given", moved(spoken(1, 5, aKey(1), "own.1", forkOf(true5[3])), forkOf(true5[3])), Good, ChainBreak},
		{"replay under a new number", renumbered(true5[2], 6), BadSig, BadSig},
		{"replay word for word", true5[2], Good, Good}, // only memory tells: again is true
		{"swap by a device with a key of its own", spoken(1, 1, aKey(3), "new.1", new([sha256.Size]byte)), UnknownKey, UnknownKey},
		{"swap that begins anew with the key", spoken(2, 1, aKey(1), "own.1", new([sha256.Size]byte)), Good, ChainBreak},
		{"a gap", spoken(1, 9, aKey(1), "own.1", forkOf(true5[4])), Good, Undecided},
		{"a reboot", spoken(2, 1, aKey(1), "own.1", forkOf(true5[4])), Good, Good},
	} {
		t.Run(c.name, func(t *testing.T) {
			sign := Keyring(ring).Verify(c.m)
			var chain Chain
			for _, r := range true5 {
				chain.Hear(r)
			}
			both, again := sign, false
			if sign == Good {
				both, again = chain.Hear(c.m)
			}
			if sign != c.sign || both != c.chain {
				t.Errorf("signature: %v, want %v; with chain: %v, want %v", sign, c.sign, both, c.chain)
			}
			if want := c.name == "replay word for word"; again != want {
				t.Errorf("heard before: %v, want %v", again, want)
			}
		})
	}
}

func TestChainSeesALateContradiction(t *testing.T) {
	var prev, other [sha256.Size]byte
	var c Chain
	one, two := spoken(1, 1, aKey(1), "own.1", &prev), spoken(1, 2, aKey(1), "own.1", &prev)
	forged := sample()
	forged.Set(Boot, 1)
	forged.Set(Seq, 1)
	forged.Sign(aKey(1), "own.1", &other)
	if got, _ := c.Hear(two); got != Undecided {
		t.Errorf("without its neighbour: %v", got)
	}
	if got, _ := c.Hear(forged); got != ChainBreak {
		t.Errorf("another first message: %v", got)
	}
	if got, _ := c.Hear(one); got != ChainBreak {
		t.Errorf("the true one, whose number was given: %v", got)
	}
	unlinked := sample()
	unlinked.Sign(aKey(1), "own.1", nil)
	if got, _ := c.Hear(unlinked); got != ChainBreak {
		t.Errorf("without prev: %v", got)
	}
}

func TestAnswersHaveNames(t *testing.T) {
	want := "ok bad_sig unknown_key chain_break undecided answer(9)"
	if got := fmt.Sprint(Good, " ", BadSig, " ", UnknownKey, " ", ChainBreak, " ", Undecided, " ", Answer(9)); got != want {
		t.Errorf("got %s", got)
	}
}

package rules_test

// This file plays seals that sign: what the rules say of messages that nobody vouches for.

import (
	"crypto/ed25519"
	"crypto/sha256"
	"strings"
	"testing"
	"time"

	"sealab/pocs/parts/play"
	"sealab/sim/seal"
)

func key(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(append(make([]byte, ed25519.SeedSize-1), n))
}

// signing is a stage whose seal signs; link is that of its last message.
type signing struct {
	*play.Stage
	link [sha256.Size]byte
}

// say sends the seal's next reading, signed by a key under an id; the seal's own key is 1.
func (s *signing) say(by byte, kid string, chained bool, edits ...play.Edit) {
	s.Wait(30 * time.Minute)
	link := s.link
	s.Say(append(edits, func(r *seal.Reading) {
		prev := &link
		if !chained {
			prev = nil
		}
		link = r.Sign(key(by), kid, prev)
	})...)
	if by == 1 {
		s.link = link
	}
}

func TestRulesTrustSignatures(t *testing.T) {
	cut := func(r *seal.Reading) { play.Code(seal.CodeRopeCut)(r) }
	for name, c := range map[string]struct {
		chained bool
		play    func(*signing, bool)
		want    string
	}{
		"its own key": {false, func(s *signing, _ bool) {}, ""}, "its own key and chain": {true, func(s *signing, _ bool) {}, ""},
		"a cut that is signed well":        {true, func(s *signing, c bool) { s.say(1, "k.1", c, cut) }, "bolt_cut"},
		"a cut under a forged key":         {false, func(s *signing, c bool) { s.say(2, "k.1", c, cut) }, "clone"},
		"a cut under a key of nobody's":    {false, func(s *signing, c bool) { s.say(2, "k.2", c, cut) }, "seal_swap"},
		"no signature at all":              {false, func(s *signing, _ bool) { s.Wait(time.Minute).Say() }, "clone"},
		"a copied key that breaks a chain": {true, func(s *signing, c bool) { s.link[0]++; s.say(1, "k.1", c) }, "clone"},
		"prev that is left out":            {true, func(s *signing, _ bool) { s.say(1, "k.1", false) }, "clone"},
		"an old message, word for word": {true, func(s *signing, c bool) {
			r := s.Draw()
			s.Seq++
			r.Set(seal.Seq, s.Seq)
			s.link = r.Sign(key(1), "k.1", &s.link)
			s.Send(&r).Wait(time.Minute).Send(&r)
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			stage, said := openedWith(t, func(kid string) (seal.Key, bool) {
				return seal.Key{Kid: kid, Seal: "SLB-00000007", Public: key(1).Public().(ed25519.PublicKey)}, kid == "k.1"
			})
			s := &signing{Stage: stage}
			s.Boot = 1
			for range 5 {
				s.say(1, "k.1", c.chained)
			}
			c.play(s, c.chained)
			var kinds []string
			for _, f := range *said {
				kinds = append(kinds, f.Kind)
			}
			if got := strings.Join(kinds, " "); got != c.want {
				t.Errorf("said %q, want %q", got, c.want)
			}
		})
	}
}

// The badge of a use case: what its evidence comes to in a word. It is computed, never typed in.
//
// Verified means that the runs came out again, not that the claim holds: that is said beside it, and neither means that
// it would hold at a border. Evidence does not get stale because code moves on: it says which code was asked and when.
// It is stale when other code was asked and another digest came out, or when the runs are not those any more that were
// checked.

package proof

import (
	"context"
	"slices"
	"time"

	"sealab/catalog"
	"sealab/catalog/usecase"
)

// Badge is one of these words.
type Badge string

// The badges, from bad to good.
const (
	BadgeAltered  Badge = "altered"  // a stored record is not what it was
	BadgeStale    Badge = "stale"    // the digest does not come out any more
	BadgeFailed   Badge = "failed"   // it could not be played again
	BadgeLinked   Badge = "linked"   // not played again yet, or only judged again
	BadgeVerified Badge = "verified" // every claim's runs came out again
	BadgeNone     Badge = "none"     // there is nothing to play
)

// Badges lists them, from bad to good.
var Badges = []Badge{BadgeAltered, BadgeStale, BadgeFailed, BadgeLinked, BadgeVerified, BadgeNone}

// badge is what an answer for one claim comes to.
func (a Answer) badge() Badge {
	switch a {
	case Reproduced, ReproducedNewer:
		return BadgeVerified
	case AlteredRecord:
		return BadgeAltered
	case CodeDiffers:
		return BadgeStale
	case Rescored, RecordWhole:
		return BadgeLinked
	}
	return BadgeFailed
}

// Standing is how the evidence of one version stands.
type Standing struct {
	Badge   Badge
	Claims  []ClaimStanding
	Commit  string    // of the code that was asked; empty: none was
	Checked time.Time // zero: never
}

// ClaimStanding is one claim with the last answer for it.
type ClaimStanding struct {
	usecase.Claim
	Evidence *catalog.Evidence // nil: never asked
	Changed  bool              // the experiment's runs are not those any more that were checked
}

// Standings says how the evidence of each of these editions stands, by edition. The runs of experiments are compared by
// what is stored of their digests: a query an experiment.
func Standings(ctx context.Context, store *catalog.Store, editions ...catalog.Edition) (map[string]*Standing, error) {
	var ids []string
	if len(editions) == 1 {
		ids = append(ids, editions[0].ID)
	}
	kept, err := store.Evidence(ctx, ids...)
	if err != nil {
		return nil, err
	}
	out := make(map[string]*Standing, len(editions))
	digests := map[string]string{}
	for i := range editions {
		e := &editions[i]
		st := &Standing{}
		list := kept[e.ID]
		for n := range e.Entry.Claims {
			c := ClaimStanding{Claim: e.Entry.Claims[n]}
			if at := slices.IndexFunc(list, func(ev catalog.Evidence) bool { return ev.Claim == n+1 }); at >= 0 {
				c.Evidence = &list[at]
				digest, err := runsDigest(ctx, store, c.Experiment, digests)
				if err != nil {
					return nil, err
				}
				c.Changed = digest != c.Evidence.Digest
				st.Commit, st.Checked = c.Evidence.Commit, c.Evidence.Checked
			}
			st.Claims = append(st.Claims, c)
		}
		st.Badge = st.badge(&e.Entry)
		out[e.ID] = st
	}
	return out, nil
}

func (s *Standing) badge(e *usecase.Entry) Badge {
	list := make([]catalog.Evidence, 0, len(s.Claims))
	changed := false
	for _, c := range s.Claims {
		if c.Evidence != nil {
			list = append(list, *c.Evidence)
		}
		changed = changed || c.Changed
	}
	badge := badgeOf(e, list)
	if changed && worseBadge(BadgeStale, badge) {
		badge = BadgeStale
	}
	return badge
}

// badgeOf is the worst of the answers' badges.
func badgeOf(e *usecase.Entry, list []catalog.Evidence) Badge {
	switch {
	case len(e.Claims) == 0 && len(e.PoCs) == 0:
		return BadgeNone
	case len(list) == 0:
		return BadgeLinked
	}
	badge := BadgeVerified
	if len(list) < len(e.Claims) {
		badge = BadgeLinked
	}
	for i := range list {
		if b := Answer(list[i].Answer).badge(); worseBadge(b, badge) {
			badge = b
		}
	}
	return badge
}

func worseBadge(a, b Badge) bool { return slices.Index(Badges, a) < slices.Index(Badges, b) }

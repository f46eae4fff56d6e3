// A proof of concept's numeric part, played over series.

package nab

import (
	"fmt"

	"sealab/pocs"
	"sealab/sim/exact"
)

// Play has the numeric part of a PoC hear a series from its beginning, and gives its anomaly scores, one a row. The same
// parameters and series give the same scores: its dice hang on their names alone.
func Play(p *pocs.PoC, params pocs.Params, s *Series) ([]float64, error) {
	d, err := p.Series(pocs.Setup{Params: params, Dice: exact.NewDice(0, "nab/"+p.Name+"/"+s.Name)})
	if err != nil {
		return nil, fmt.Errorf("start %s on %s: %w", p.Name, s.Name, err)
	}
	scores := make([]float64, len(s.At))
	for i := range scores {
		scores[i] = d.Score(s.At[i], s.Values[i])
		if !(scores[i] >= 0 && scores[i] <= 1) {
			return nil, fmt.Errorf("play %s on %s: row %d: the anomaly score %v is not from 0 to 1", p.Name, s.Name, i+1, scores[i])
		}
	}
	return scores, nil
}

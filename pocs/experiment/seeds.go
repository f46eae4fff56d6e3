// Seeds as people write them: `2001..2040`, `7,9,11..13`.

package experiment

import (
	"fmt"
	"strconv"
	"strings"

	"sealab/sim"
)

// MaxSeeds is how many seeds one list may hold: beyond it a range is rather a slip of the finger than a plan.
const MaxSeeds = 10_000

// ParseSeeds reads a list of seeds and inclusive ranges A..B, parted by commas, in the order given. Seeds are below
// 2^53 and named once; a range runs upward.
func ParseSeeds(text string) ([]uint64, error) {
	var seeds []uint64
	seen := make(map[uint64]bool)
	for _, part := range strings.Split(text, ",") {
		first, last, err := parseRange(part)
		if err != nil {
			return nil, fmt.Errorf("parse seeds %q: %w", text, err)
		}
		if last-first >= MaxSeeds || len(seeds)+int(last-first) >= MaxSeeds {
			return nil, fmt.Errorf("parse seeds %q: more than %d seeds", text, MaxSeeds)
		}
		for s := first; s <= last; s++ {
			if seen[s] {
				return nil, fmt.Errorf("parse seeds %q: seed %d is named twice", text, s)
			}
			seen[s] = true
			seeds = append(seeds, s)
		}
	}
	return seeds, nil
}

func parseRange(part string) (first, last uint64, err error) {
	from, to, isRange := strings.Cut(part, "..")
	if first, err = parseSeed(from); err != nil {
		return 0, 0, err
	}
	if !isRange {
		return first, first, nil
	}
	if last, err = parseSeed(to); err != nil {
		return 0, 0, err
	}
	if last < first {
		return 0, 0, fmt.Errorf("range %d..%d runs downward: write %d..%d", first, last, last, first)
	}
	return first, last, nil
}

func parseSeed(text string) (uint64, error) {
	text = strings.TrimSpace(text)
	s, err := strconv.ParseUint(text, 10, 64)
	switch {
	case text == "":
		return 0, fmt.Errorf("a seed is missing: want a list such as 2001..2040 or 7,9,11..13")
	case err != nil && strings.Trim(text, "0123456789") != "":
		return 0, fmt.Errorf("%q is not a seed: want whole numbers from 0, as in 2001..2040 or 7,9,11..13", text)
	case err != nil || s >= sim.MaxSeed:
		return 0, fmt.Errorf("seed %s is too large: seeds are below 2^53", text)
	}
	return s, nil
}

// FormatSeeds writes seeds the short way, runs of rising neighbours as A..B; ParseSeeds reads it back.
func FormatSeeds(seeds []uint64) string {
	var b strings.Builder
	for i := 0; i < len(seeds); {
		j := i
		for j+1 < len(seeds) && seeds[j+1] == seeds[j]+1 {
			j++
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatUint(seeds[i], 10))
		if j > i {
			b.WriteString(".." + strconv.FormatUint(seeds[j], 10))
		}
		i = j + 1
	}
	return b.String()
}

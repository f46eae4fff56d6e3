package experiment

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseSeeds(t *testing.T) {
	for text, want := range map[string][]uint64{
		"2001..2004":         {2001, 2002, 2003, 2004},
		"7,9,11..13":         {7, 9, 11, 12, 13},
		" 7 , 3 .. 4":        {7, 3, 4},
		"0":                  {0},
		"5..5":               {5},
		"9007199254740991":   {1<<53 - 1},
		"12, 11 , 10, 1..2 ": {12, 11, 10, 1, 2},
	} {
		got, err := ParseSeeds(text)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: got %v, %v, want %v", text, got, err, want)
		}
	}
}

func TestParseSeedsRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "a seed is missing",
		"1,":                     "a seed is missing",
		"..7":                    "a seed is missing",
		"7..":                    "a seed is missing",
		"9..7":                   "write 7..9",
		"-1":                     `"-1" is not a seed`,
		"1.5":                    "is not a seed",
		"all":                    "is not a seed",
		"1...4":                  "is not a seed",
		"9007199254740992":       "below 2^53",
		"99999999999999999999":   "below 2^53",
		"1..3,2":                 "seed 2 is named twice",
		"1..10001":               "more than 10000 seeds",
		"1..9000,10001..12000":   "more than 10000 seeds",
		"0..9007199254740991":    "more than 10000 seeds",
		"1,9007199254740991,2,1": "seed 1 is named twice",
	} {
		if got, err := ParseSeeds(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %d seeds and %v, want an error with %q", text, len(got), err, want)
		}
	}
	if got, err := ParseSeeds("1..10000"); err != nil || len(got) != MaxSeeds {
		t.Errorf("as many as allowed: got %d, %v", len(got), err)
	}
}

func TestFormatSeedsReadsBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seeds := rapid.SliceOfNDistinct(rapid.Uint64Range(0, 40), 1, 30, rapid.ID[uint64]).Draw(rt, "seeds")
		got, err := ParseSeeds(FormatSeeds(seeds))
		if err != nil || !slices.Equal(got, seeds) {
			rt.Fatalf("%v by way of %q: got %v, %v", seeds, FormatSeeds(seeds), got, err)
		}
	})
}

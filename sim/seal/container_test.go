package seal

// This file tests ISO 6346 on known numbers.

import (
	"strings"
	"testing"
)

func TestContainer(t *testing.T) {
	for _, s := range []string{"CSQU3054383", "MWCU6059784", "MSKU9070323", "APZU4812090", "TCNU6225360", "MRKU4976720",
		"CMAU5110875", "HDMU6804878", "HDMU6676437"} {
		if err := ValidContainer(s); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
	for s, want := range map[string]string{
		"MRKU4976721": "check digit is 1, must be 0",
		"TCNU6225365": "check digit is 5, must be 0",
		"CMAU5110870": "check digit is 0, must be 5",
		"SEGU5304843": "check digit is 3",
		"458477121":   "9 characters, must have 11",
		"7SQU3054383": "must be 3 letters",
		"CSQX3054383": "must be 3 letters",
		"csqu3054383": "must be 3 letters",
		"CSQU305438A": "must be 3 letters",
		"CSQU 305438": "must be 3 letters",
		"":            "0 characters",
		"CSQU30543é":  "must be 3 letters",
	} {
		if err := ValidContainer(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", s, err, want)
		}
	}
	for sum, first := range map[int]string{6185: "CSQU305438", 7858: "MWCU605978", 2808: "MSKU907032", 5720: "APZU481209"} {
		if got, err := CheckDigit(first); got != sum%11%10 || err != nil {
			t.Errorf("%s: got %d %v, want %d", first, got, err, sum%11%10)
		}
	}
	if rest, _ := remainder("MRKU497672"); rest != 10 {
		t.Errorf("MRKU497672: remainder %d, want 10", rest)
	}
	for _, s := range []string{"", "CSQU30543", "CSQU3054383", "CSQU30543X", "CSQ13054380"} {
		if got, err := CheckDigit(s); err == nil {
			t.Errorf("%s: got %d, want an error", s, got)
		}
	}
}

func TestMakeContainer(t *testing.T) {
	skipped := 0
	seen := map[string]bool{}
	for serial := range 100_000 {
		s := MakeContainer(SimPrefix, serial)
		if s == "" {
			skipped++
			continue
		}
		if err := ValidContainer(s); err != nil || seen[s] {
			t.Fatalf("serial %d: %s twice %v, %v", serial, s, seen[s], err)
		}
		seen[s] = true
	}
	if share := 100_000 / skipped; share != 11 && share != 10 {
		t.Errorf("skipped %d of 100,000, want about one in eleven", skipped)
	}
	for prefix, serial := range map[string]int{"MRKU": 497_672, "SLBU": -1, "SLB": 1, "SLBX": 1, "slbu": 1, "": 0, "SLZU": 1_000_000} {
		if got := MakeContainer(prefix, serial); got != "" {
			t.Errorf("%s %d: got %s, want none", prefix, serial, got)
		}
	}
	if got := MakeContainer("CSQU", 305_438); got != "CSQU3054383" {
		t.Errorf("got %s", got)
	}
}

func TestIDs(t *testing.T) {
	for _, id := range []string{"SLB-1", "A0Z-00000007", "SLB-ABCDEFGHIJKLMNOPQRST", "SLB--"} {
		if err := ValidSeal(id); err != nil {
			t.Error(err)
		}
	}
	for _, id := range []string{"", "SLB-", "SLB", "SL-1", "SLBX1", "slb-1", "SLB-1/x", "SLB-+", "SLB-#", "S-B-1", "SLB-1 ", "SLB-\x00",
		"SLB-ABCDEFGHIJKLMNOPQRSTU", "SLB-é"} {
		if ValidSeal(id) == nil {
			t.Errorf("%q is taken as a seal id", id)
		}
	}
	for _, id := range []string{"T", "trip-1-B", strings.Repeat("x", 32)} {
		if err := ValidTrip(id); err != nil {
			t.Error(err)
		}
	}
	for _, id := range []string{"", "a b", "a/b", "é", "a_b", strings.Repeat("x", 33)} {
		if ValidTrip(id) == nil {
			t.Errorf("%q is taken as a trip id", id)
		}
	}
}

package usecase_test

import (
	"slices"
	"strings"
	"testing"

	"sealab/catalog/usecase"
	"sealab/catalog/usecases"
)

func TestReadCountries(t *testing.T) {
	for text, want := range map[string]string{
		"Kenya, UG; Rwanda": "KE UG RW", "ke ug  rw": "KE UG RW", "Côte d'Ivoire\nTürkiye": "CI TR", "cote d’ivoire, turquie": "CI TR", "UK, usa": "GB US",
		"European Union, EU": "EU", "Hong Kong, China": "HK CN", "South Korea": "KR", "Bosnia & Herzegovina, Burkina Faso": "BA BF",
		"Atlantis, KE": "Atlantis KE", "": "", " ,; ": "", "United Kingdom of Nowhere": "United Kingdom of Nowhere", "Allemagne": "DE", "KE, Kenya": "KE",
	} {
		if got := strings.Join(usecase.ReadCountries(text), " "); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestRegionsOf(t *testing.T) {
	for codes, want := range map[string]string{
		"KE UG": "east-southern-africa", "CI": "west-central-africa", "SD": "north-africa-middle-east", "IR": "asia-pacific", "KZ IL EU": "europe",
		"US CN": "americas-caribbean asia-pacific", "AQ": "", "": "",
	} {
		if got := strings.Join(usecase.RegionsOf(strings.Fields(codes)), " "); got != want {
			t.Errorf("%s: got %s, want %s", codes, got, want)
		}
	}
}

// TestRegionsAgreeWithTheCatalogue: what an initiative's entry says of its regions is proposed for its countries.
func TestRegionsAgreeWithTheCatalogue(t *testing.T) {
	compared := 0
	for _, e := range usecases.List() {
		if len(e.Countries) == 0 || slices.Contains(e.Regions, "global") {
			continue
		}
		compared++
		proposed := usecase.RegionsOf(e.Countries)
		for _, region := range e.Regions {
			if !slices.Contains(proposed, region) {
				t.Errorf("%s (%v): proposed %v, the entry says %v", e.ID, e.Countries, proposed, e.Regions)
			}
		}
	}
	if compared < 20 {
		t.Errorf("%d initiatives compared", compared)
	}
}

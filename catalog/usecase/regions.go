// Countries as people write them, and the WCO region that each belongs to.

package usecase

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"
)

// members are the members of the World Customs Organization by region, as its regions list them (186 in 2024; Members
// without an ISO code of their own are under the one in use). Others have no region: whoever writes says where they are.
var members = map[string]string{
	"americas-caribbean": "AG AR BB BM BO BR BS BZ CA CL CO CR CU CW DO EC GT GY HN HT JM LC MX NI PA PE PY SR SV TT US UY VE",
	"europe": "AD AL AM AT AZ BA BE BG BY CH CY CZ DE DK EE ES EU FI FR GB GE GR HR HU IE IL IS IT KG KZ LT LU LV MD ME MK MT NL NO " +
		"PL PT RO RS RU SE SI SK TJ TM TR UA UZ XK",
	"asia-pacific":             "AF AU BD BN BT CN FJ HK ID IN IR JP KH KR LA LK MM MN MO MV MY NP NZ PG PH PK PW SB SG TH TL TO VN VU WS",
	"north-africa-middle-east": "AE BH DZ EG IQ JO KW LB LY MA OM PS QA SA SD SY TN YE",
	"west-central-africa":      "BF BJ CD CF CG CI CM CV GA GH GM GN GQ GW LR ML MR NE NG SL SN ST TD TG",
	"east-southern-africa":     "AO BI BW DJ ER ET KE KM LS MG MU MW MZ NA RW SC SO SS SZ TZ UG ZA ZM ZW",
}

var regionOf = func() map[string]string {
	of := map[string]string{}
	for region, codes := range members {
		for _, code := range strings.Fields(codes) {
			of[code] = region
		}
	}
	return of
}()

// RegionsOf proposes the WCO regions of countries, in the order of the vocabulary; nil where none is known.
func RegionsOf(countries []string) (list []string) {
	for _, region := range Regions {
		if slices.ContainsFunc(countries, func(code string) bool { return regionOf[code] == region }) {
			list = append(list, region)
		}
	}
	return list
}

// alsoCalled are names in use beside those of the tables of the Unicode Consortium.
var alsoCalled = map[string]string{
	"uk": "GB", "great britain": "GB", "usa": "US", "uae": "AE", "korea": "KR", "republic of korea": "KR", "russian federation": "RU",
	"turkiye": "TR", "ivory coast": "CI", "cote d ivoire": "CI", "czech republic": "CZ", "swaziland": "SZ", "cape verde": "CV", "holland": "NL",
	"the netherlands": "NL", "viet nam": "VN", "hong kong": "HK", "hong kong china": "HK", "macao": "MO", "macao china": "MO", "burma": "MM",
	"drc": "CD", "dr congo": "CD", "democratic republic of the congo": "CD", "congo": "CG", "republic of the congo": "CG", "lao pdr": "LA",
	"tanzania": "TZ", "syria": "SY", "palestine": "PS", "european union": "EU", "brunei darussalam": "BN", "timor leste": "TL",
}

// codeOf finds the code of every name, folded.
var codeOf = sync.OnceValue(func() map[string]string {
	of := map[string]string{}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string(a) + string(b)
			region, err := language.ParseRegion(code)
			if err != nil || !region.IsCountry() || region.Canonicalize().String() != code {
				continue
			}
			for _, in := range []display.Namer{display.English.Regions(), display.French.Regions()} {
				if name := in.Name(region); name != "" {
					of[foldName(name)] = code
				}
			}
		}
	}
	for name, code := range alsoCalled {
		of[name] = code
	}
	return of
})

// foldName leaves of a name what does not depend on how it was typed: small letters without accents, single spaces.
func foldName(name string) string {
	letters := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsLetter(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFD.String(name))
	return strings.Join(strings.Fields(letters), " ")
}

// ReadCountries reads a list of countries as people write it, such as "Kenya, UG; Rwanda": the codes of those that are
// known, by code or by English or French name, and the rest as it was written.
func ReadCountries(text string) (codes []string) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;\n", r) }) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		for _, code := range countriesIn(part) {
			if len(codes) > MaxRows || !slices.Contains(codes, code) { // who sends so many is refused by the form
				codes = append(codes, code)
			}
		}
	}
	return codes
}

// countriesIn reads what stands between two commas: one country, or codes with spaces between them.
func countriesIn(part string) []string {
	if code := codeOf()[foldName(part)]; code != "" {
		return []string{code}
	}
	words := strings.Fields(part)
	for i, w := range words {
		if len(w) != 2 {
			return []string{part}
		}
		words[i] = strings.ToUpper(w)
	}
	return words
}

// What the slugs of the controlled vocabularies are called in English and French, and words that mean the same: so that
// who asks in one language finds what was written in the other (reference "catalogue", section 2).

package find

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"sealab/catalog/usecase"
)

// named is how a slug is called.
type named struct{ en, fr string }

var technologyNames = map[string]named{
	"blockchain":  {"blockchain, distributed ledger", "chaîne de blocs, registre distribué"},
	"iot":         {"internet of things, IoT", "internet des objets, IdO"},
	"ai-data":     {"data analytics, artificial intelligence, AI, machine learning", "analyse de données, intelligence artificielle, IA, apprentissage automatique"},
	"biometrics":  {"biometrics", "biométrie"},
	"drones":      {"drones, UAV", "drones, engins sans équipage"},
	"xr":          {"virtual, augmented and mixed reality, VR, AR, XR", "réalité virtuelle, augmentée et mixte"},
	"3d-printing": {"3D printing, additive manufacturing", "impression 3D, fabrication additive"},
}

var processNames = map[string]named{
	"pre-arrival-risk":         {"pre-arrival risk assessment, targeting", "analyse de risque avant arrivée, ciblage"},
	"transit-cargo-tracking":   {"transit, cargo tracking", "transit, suivi du fret"},
	"inspection-nii":           {"inspection, non-intrusive, NII", "contrôle, non intrusif, INI"},
	"origin-certificates":      {"origin, certificates", "origine, certificats"},
	"valuation-classification": {"valuation, classification, HS", "valeur, classement, SH"},
	"trusted-trader":           {"trusted traders, authorised economic operator, AEO", "opérateurs de confiance, opérateur économique agréé, OEA"},
	"passenger":                {"passengers, travellers", "voyageurs"},
	"post-clearance-audit":     {"post-clearance audit", "contrôle a posteriori"},
	"data-sharing-statistics":  {"data sharing, statistics", "partage de données, statistiques"},
	"training":                 {"training", "formation"},
	"enforcement":              {"enforcement, smuggling, counterfeits", "lutte contre la fraude, contrebande, contrefaçon"},
	"single-window-paperless":  {"single window, paperless clearance", "guichet unique, dédouanement sans papier"},
}

var stageNames = map[string]named{
	"idea": {"idea", "idée"}, "research": {"research", "recherche"}, "pilot": {"pilot", "pilote"},
	"production": {"production", "exploitation"}, "scaled": {"scaled", "généralisé"}, "stopped": {"stopped", "arrêté"},
}

var regionNames = map[string]named{
	"americas-caribbean": {"Americas, Caribbean", "Amériques, Caraïbes"}, "europe": {"Europe", "Europe"},
	"asia-pacific":             {"Asia, Pacific", "Asie, Pacifique"},
	"north-africa-middle-east": {"North Africa, Middle East", "Afrique du Nord, Proche et Moyen-Orient"},
	"west-central-africa":      {"West and Central Africa", "Afrique occidentale et centrale"},
	"east-southern-africa":     {"East and Southern Africa", "Afrique orientale et australe"},
	"global":                   {"global, worldwide", "mondial"},
}

// Country is the name of a country in English, by its two letters; other letters are given back as they are.
func Country(code string) string { return countryIn(display.English.Regions(), code) }

func countryIn(names display.Namer, code string) string {
	if code == "EU" {
		code = "eu"
	}
	r, err := language.ParseRegion(code)
	if err != nil {
		return strings.ToUpper(code)
	}
	if name := names.Name(r); name != "" {
		return name
	}
	return strings.ToUpper(code)
}

// labels are the names of all that an entry is filed under, in one language.
func labels(e *usecase.Entry, language int) string {
	var b strings.Builder
	add := func(all map[string]named, slugs ...string) {
		for _, slug := range slugs {
			name := all[slug].en
			if language == inFrench {
				name = all[slug].fr
			}
			b.WriteString(name)
			b.WriteString(". ")
		}
	}
	add(technologyNames, e.Technologies...)
	add(processNames, e.Process...)
	add(stageNames, e.Stage)
	add(regionNames, e.Regions...)
	names := display.English.Regions()
	if language == inFrench {
		names = display.French.Regions()
	}
	for _, code := range e.Countries {
		b.WriteString(countryIn(names, code))
		b.WriteString(". ")
	}
	return b.String()
}

// meaningAlike are words that stand for one another, without accents: names of one thing in two languages, and
// abbreviations.
var meaningAlike = []string{
	"aeo oea", "nii ini", "ai ia", "iot ido", "hs sh", "vr rv", "uav drone",
	"seal scelle sceau", "container conteneur", "customs douane", "cargo fret freight", "goods marchandise",
	"passenger voyageur traveller traveler", "origin origine", "certificate certificat", "risk risque",
	"smuggling contrebande", "counterfeit contrefacon", "fraud fraude", "training formation", "tracking suivi",
	"trader operateur", "border frontiere", "stopped arrete", "airport aeroport", "ship navire vessel",
	"truck camion lorry", "baggage bagage luggage", "data donnee", "lock serrure", "jamming brouillage",
	"spoofing leurrage", "revenue recette",
}

// alike gives for a term all terms that mean the same, itself among them.
var alike = func() map[string][]string {
	out := map[string][]string{}
	for _, line := range meaningAlike {
		var group []string
		for _, w := range strings.Fields(line) {
			for _, t := range termsOf(w) {
				if !has(group, t) {
					group = append(group, t)
				}
			}
		}
		for _, t := range group {
			out[t] = append(out[t], group...)
		}
	}
	return out
}()

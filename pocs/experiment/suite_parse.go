// Reading suites, as strictly as experiment files: what is not known is refused, and so is a suite that was altered.

package experiment

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/files/tree"
)

// suiteName is what may stand in an address and on a command line.
var suiteName = regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*$`)

// ParseSuite reads a frozen suite from YAML or JSON. It returns an error with the line for what it does not know, for
// what is missing, and for a hash that is not that of the content.
func ParseSuite(data []byte) (Suite, error) {
	s, hash, err := parseSuite(data, true)
	if err == nil && s.Hash() != hash {
		err = fmt.Errorf("read suite: %s was altered: it says that its hash is %s, but its content has %s; freeze it anew under another version", s.Name, hash, s.Hash())
	}
	return s, err
}

// ParseSuiteDraft reads a suite that is to be frozen: settings may be left out, and of digests and hash none is needed.
func ParseSuiteDraft(data []byte) (Suite, error) {
	s, _, err := parseSuite(data, false)
	return s, err
}

// suiteFile is that of suites: a frozen one holds every setting of every scenario, and a digest of every world.
var suiteFile = tree.Form{One: "one suite", Wants: "at least name, title, version, challenge, seeds and scenarios",
	MaxBytes: 512 << 10, MaxLines: 20_000, MaxDepth: 8}

func parseSuite(data []byte, frozen bool) (s Suite, hash string, err error) {
	root, err := suiteFile.Read(data)
	if err == nil {
		err = root.Want(tree.Mapping)
	}
	if err == nil {
		err = root.Only("name", "title", "version", "doc", "challenge", "carrier", "profile", "base_rate", "seeds", "scenarios", "hash")
	}
	if err == nil {
		hash, err = s.readHead(&root)
	}
	if err == nil {
		err = s.readScenarios(&root, frozen)
	}
	if err != nil {
		err = fmt.Errorf("read suite: %w", err)
	}
	return s, hash, err
}

// readHead reads all but the scenarios.
func (s *Suite) readHead(root *tree.Node) (hash string, err error) {
	for _, t := range []struct {
		key  string
		into *string
		most int
	}{{"name", &s.Name, maxName}, {"title", &s.Title, maxName}, {"version", &s.Version, maxName},
		{"challenge", &s.Challenge, maxName}, {"carrier", &s.Carrier, maxName}, {"profile", &s.Profile, maxName}, {"hash", &hash, maxName}} {
		if *t.into, err = root.TextOf(t.key, t.most); err != nil {
			return "", err
		}
	}
	if s.Doc, err = root.ProseOf("doc", maxQuestion); err != nil {
		return "", err
	}
	for _, t := range [][2]string{{"title", s.Title}, {"version", s.Version}, {"challenge", s.Challenge}} {
		if t[1] == "" {
			return "", root.Wrong("%s is missing", t[0])
		}
	}
	if !suiteName.MatchString(s.Name) || len(s.Name) > 60 {
		return "", root.Wrong("name is %q: want small letters and digits, with single dots or hyphens between them, such as seals-2026.1", s.Name)
	}
	s.Carrier, s.Profile = orElse(s.Carrier, carriers[0]), orElse(s.Profile, pocs.Profiles[0].Name)
	if s.Carrier == "live" {
		return "", root.Get("carrier").Wrong("live worlds are real and come only once: want direct or mqtt")
	}
	f := File{}
	if err := f.readBaseRate(root); err != nil {
		return "", err
	}
	if s.BaseRate = pocs.DefaultTerms().BaseRate; f.BaseRate != nil {
		s.BaseRate = *f.BaseRate
	}
	err = f.readSeeds(root)
	s.Seeds = f.Seeds
	return hash, err
}

func (s *Suite) readScenarios(root *tree.Node, frozen bool) error {
	items, err := root.ListOf("scenarios", "asia-europe")
	if err != nil {
		return err
	}
	for i := range items {
		sc, err := readSuiteScenario(&items[i])
		switch {
		case err != nil:
			return err
		case s.Find(sc.Name) != nil:
			return items[i].Wrong("%s stands twice", sc.Name)
		case frozen && (len(sc.Set) == 0 || sc.Digest == "" || len(sc.Worlds) != len(s.Seeds)):
			return items[i].Wrong("%s is not frozen: want set, digest, and one entry of worlds for each of the %d seeds (sealab suite freeze)", sc.Name, len(s.Seeds))
		}
		s.Scenarios = append(s.Scenarios, sc)
	}
	return nil
}

func readSuiteScenario(n *tree.Node) (sc SuiteScenario, err error) {
	if n.Kind == tree.Text {
		n = &tree.Node{Kind: tree.Mapping, Place: n.Place, Path: n.Path, Pairs: []tree.Pair{{Key: "name", Place: n.Place, Value: *n}}}
	}
	if err = n.Want(tree.Mapping); err == nil {
		err = n.Only("name", "set", "digest", "worlds")
	}
	if err == nil {
		sc.Name, err = n.TextOf("name", maxName)
	}
	if err == nil && sc.Name == "" {
		err = n.Wrong("name is missing: want the name of a scenario")
	}
	if err == nil {
		sc.Digest, err = n.TextOf("digest", maxName)
	}
	if err == nil {
		sc.Set, err = settingsOf(n)
	}
	if err == nil {
		sc.Worlds, err = worldsOf(n)
	}
	return sc, err
}

// settings reads numbers by name, none of them a grid.
func settingsOf(n *tree.Node) (sim.Settings, error) {
	given, err := valuesOf(n, "set")
	if err != nil {
		return nil, err
	}
	out := make(sim.Settings, len(given))
	for _, name := range slices.Sorted(keysOf(given)) {
		v, err := strconv.ParseFloat(given[name][0], 64)
		if err != nil || len(given[name]) > 1 {
			return nil, n.Get("set").Wrong("%s is %s: want one number", name, strings.Join(given[name], ", "))
		}
		out[name] = v
	}
	return out, nil
}

func worldsOf(n *tree.Node) ([]string, error) {
	v := n.Get("worlds")
	if v == nil {
		return nil, nil
	}
	items, err := v.All()
	if err != nil {
		return nil, err
	}
	var out []string
	for i := range items {
		text, err := items[i].Plain(briefDigits)
		if err != nil {
			return nil, err
		}
		if items[i].Kind != tree.Text || len(text) != briefDigits || strings.Trim(text, "0123456789abcdef") != "" {
			return nil, items[i].Wrong("want the first %d hexadecimal digits of a world's digest", briefDigits)
		}
		out = append(out, text)
	}
	return out, nil
}

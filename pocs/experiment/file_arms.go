// Scenarios and arms of an experiment file.

package experiment

func (f *File) readScenarios(root *node) error {
	items, err := root.listOf("scenarios", "asia-europe")
	if err != nil {
		return err
	}
	for i := range items {
		n := &items[i]
		s := FileScenario{}
		if n.kind == isText {
			s.Name, err = n.plain(maxName)
		} else if err = n.want(isMapping); err == nil {
			err = n.only("name", "set")
		}
		if err == nil && n.kind == isMapping {
			s.Name, err = n.textOf("name", maxName)
		}
		if err == nil {
			s.Set, err = n.values("set")
		}
		if err == nil && s.Name == "" {
			err = n.wrong("name is missing: want the name of a scenario")
		}
		if err != nil {
			return err
		}
		f.Scenarios = append(f.Scenarios, s)
	}
	return nil
}

func (f *File) readArms(root *node) error {
	items, err := root.listOf("arms", "kalman")
	if err != nil {
		return err
	}
	if len(items) > maxArms {
		return root.get("arms").wrong("%d arms; allowed are %d", len(items), maxArms)
	}
	for i := range items {
		a, err := readArm(&items[i])
		if err != nil {
			return err
		}
		f.Arms = append(f.Arms, a)
	}
	return nil
}

func readArm(n *node) (a FileArm, err error) {
	if n.kind == isText {
		a.PoC, err = n.plain(maxName)
		if err == nil && a.PoC == "" {
			err = n.wrong("want the name of a proof of concept")
		}
		return a, err
	}
	if err := n.want(isMapping); err != nil {
		return a, err
	}
	if err := n.only("poc", "exec", "params", "set", "name"); err != nil {
		return a, err
	}
	if a.PoC, err = n.textOf("poc", maxName); err != nil {
		return a, err
	}
	if a.Name, err = n.textOf("name", maxName); err != nil {
		return a, err
	}
	if a.Params, err = n.values("params"); err != nil {
		return a, err
	}
	if a.Set, err = n.values("set"); err != nil {
		return a, err
	}
	if a.Exec, err = n.command(); err != nil {
		return a, err
	}
	if (a.PoC == "") == (a.Exec == nil) {
		return a, n.wrong("want either poc or exec")
	}
	return a, nil
}

// command reads exec: a command line, or a list of its words.
func (n *node) command() ([]string, error) {
	v := n.get("exec")
	if v == nil {
		return nil, nil
	}
	items, err := v.list()
	if err != nil {
		return nil, err
	}
	var words []string
	for i := range items {
		if err := items[i].want(isText); err != nil {
			return nil, err
		}
		word, err := items[i].plain(maxQuestion - 1) // no line breaks
		if err != nil {
			return nil, err
		}
		words = append(words, word)
	}
	if len(words) == 0 || words[0] == "" {
		return nil, v.wrong("want a command, such as python3 mine.py")
	}
	return words, nil
}

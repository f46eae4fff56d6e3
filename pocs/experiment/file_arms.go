// Scenarios and arms of an experiment file.

package experiment

import "sealab/sim/files/tree"

func (f *File) readScenarios(root *tree.Node) error {
	items, err := root.ListOf("scenarios", "asia-europe")
	if err != nil {
		return err
	}
	for i := range items {
		n := &items[i]
		s := FileScenario{}
		if n.Kind == tree.Text {
			s.Name, err = n.Plain(maxName)
		} else if err = n.Want(tree.Mapping); err == nil {
			err = n.Only("name", "extends", "doc", "set")
		}
		if err == nil && n.Kind == tree.Mapping {
			s.Name, err = n.TextOf("name", maxName)
		}
		if err == nil {
			s.Extends, err = n.TextOf("extends", maxName)
		}
		if err == nil {
			s.Doc, err = n.ProseOf("doc", maxQuestion)
		}
		if err == nil && s.Doc != "" && s.Extends == "" {
			err = n.Get("doc").Wrong("only a scenario under a new name has a doc of its own: say what it extends")
		}
		if err == nil {
			s.Set, err = valuesOf(n, "set")
		}
		if err == nil && s.Name == "" {
			err = n.Wrong("name is missing: want the name of a scenario")
		}
		if err != nil {
			return err
		}
		f.Scenarios = append(f.Scenarios, s)
	}
	return nil
}

func (f *File) readArms(root *tree.Node) error {
	items, err := root.ListOf("arms", "kalman")
	if err != nil {
		return err
	}
	if len(items) > maxArms {
		return root.Get("arms").Wrong("%d arms; allowed are %d", len(items), maxArms)
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

func readArm(n *tree.Node) (a FileArm, err error) {
	if n.Kind == tree.Text {
		a.PoC, err = n.Plain(maxName)
		if err == nil && a.PoC == "" {
			err = n.Wrong("want the name of a proof of concept")
		}
		return a, err
	}
	if err := n.Want(tree.Mapping); err != nil {
		return a, err
	}
	if err := n.Only("poc", "exec", "params", "set", "name"); err != nil {
		return a, err
	}
	if a.PoC, err = n.TextOf("poc", maxName); err != nil {
		return a, err
	}
	if a.Name, err = n.TextOf("name", maxName); err != nil {
		return a, err
	}
	if a.Params, err = valuesOf(n, "params"); err != nil {
		return a, err
	}
	if a.Set, err = valuesOf(n, "set"); err != nil {
		return a, err
	}
	if a.Exec, err = commandOf(n); err != nil {
		return a, err
	}
	if (a.PoC == "") == (a.Exec == nil) {
		return a, n.Wrong("want either poc or exec")
	}
	return a, nil
}

// command reads exec: a command line, or a list of its words.
func commandOf(n *tree.Node) ([]string, error) {
	v := n.Get("exec")
	if v == nil {
		return nil, nil
	}
	items, err := v.All()
	if err != nil {
		return nil, err
	}
	var words []string
	for i := range items {
		if err := items[i].Want(tree.Text); err != nil {
			return nil, err
		}
		word, err := items[i].Plain(maxQuestion - 1) // no line breaks
		if err != nil {
			return nil, err
		}
		words = append(words, word)
	}
	if len(words) == 0 || words[0] == "" {
		return nil, v.Wrong("want a command, such as python3 mine.py")
	}
	return words, nil
}

// Records, manifest and seal against each other: which of the three was touched.

package catalog

// compare names what differs. Where the records still give the sealed root, it was the manifest that was touched.
func (e evidence) compare() []Altered {
	differ := match(e.now, e.manifest)
	if len(e.seals) == 0 {
		return append(differ, Altered{"seal", "removed"})
	}
	count, _ := e.seals[0][0].(int64)
	sum, _ := e.seals[0][1].([]byte)
	root := string(sum)
	listed := rootOf(e.manifest) == root
	switch {
	case rootOf(e.now) == root:
		list := ofManifest(differ)
		if len(list) == 0 && !listed {
			list = append(list, Altered{"manifest", "changed"})
		}
		if count != int64(len(e.now)) {
			list = append(list, Altered{"seal", "changed"})
		}
		return list
	case len(differ) == 0:
		return []Altered{{"seal", "changed"}}
	case !listed:
		return append(differ, Altered{"manifest", "changed"})
	}
	return differ
}

// match pairs the records with the manifest by name.
func match(now, manifest []entry) []Altered {
	sums := map[string][]string{}
	for _, e := range manifest {
		sums[e.name] = append(sums[e.name], e.sum)
	}
	var list []Altered
	for _, e := range now {
		known := sums[e.name]
		if len(known) == 0 {
			list = append(list, Altered{e.name, "added"})
			continue
		}
		if known[0] != e.sum {
			list = append(list, Altered{e.name, "changed"})
		}
		sums[e.name] = known[1:]
	}
	for _, e := range manifest {
		if rest := sums[e.name]; len(rest) > 0 {
			list = append(list, Altered{e.name, "removed"})
			sums[e.name] = rest[1:]
		}
	}
	return list
}

// ofManifest turns what the records seem to be into what the manifest is.
func ofManifest(list []Altered) []Altered {
	opposite := map[string]string{"changed": "changed", "added": "removed", "removed": "added"}
	for i, a := range list {
		list[i] = Altered{"manifest of " + a.Record, opposite[a.How]}
	}
	return list
}

// The benchmark's JSON files: windows by file, and thresholds and scores by detector and profile.

package nab

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"time"

	"sealab/sim/files/tree"
)

// Window is where something happens in a file: from one time to another, both in it.
type Window struct{ From, To time.Time }

// Windows are the windows of each file by its name, in the order of time.
type Windows map[string][]Window

// form is what bounds the JSON files: those of the whole benchmark have 15 kB.
func form(one string) tree.Form {
	return tree.Form{One: one, Wants: "one object", MaxBytes: 128 << 10, MaxLines: 20_000, MaxDepth: 4}
}

// mostName bounds the names of files, detectors and profiles.
const mostName = 200

// readTree reads a JSON file that is one object.
func readTree(in io.Reader, one string) (*tree.Node, error) {
	f := form(one)
	text, err := io.ReadAll(io.LimitReader(in, int64(f.MaxBytes)+1))
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) { // the form would also take YAML
		return nil, &tree.Error{Place: tree.Place{Line: 1}, Problem: "this is no JSON object: want " + one}
	}
	n, err := f.Read(text)
	if err != nil {
		return nil, err
	}
	return &n, n.Want(tree.Mapping)
}

// ReadWindows reads a combined_windows.json: {"realTraffic/speed_6005.csv": [["2015-09-16 14:00:00.000000", "…"], …], …}.
// An empty list says that nothing happens in the file.
func ReadWindows(in io.Reader) (Windows, error) {
	root, err := readTree(in, "one set of windows")
	if err != nil {
		return nil, fmt.Errorf("read windows: %w", err)
	}
	all := Windows{}
	for i := range root.Pairs {
		p := &root.Pairs[i]
		if !fs.ValidPath(p.Key) || len(p.Key) > mostName {
			return nil, fmt.Errorf("read windows: %w", p.Value.Wrong("%.*q names no file: want a path such as realTraffic/speed_6005.csv", mostShown, p.Key))
		}
		if all[p.Key], err = windowsOf(&p.Value); err != nil {
			return nil, fmt.Errorf("read windows: %w", err)
		}
	}
	return all, nil
}

func windowsOf(n *tree.Node) ([]Window, error) {
	if err := n.Want(tree.List); err != nil {
		return nil, err
	}
	var list []Window
	for i := range n.Items {
		item := &n.Items[i]
		if item.Kind != tree.List || len(item.Items) != 2 {
			return nil, item.Wrong("want two times, from and to")
		}
		from, err := timeOf(&item.Items[0])
		if err != nil {
			return nil, err
		}
		to, err := timeOf(&item.Items[1])
		switch {
		case err != nil:
			return nil, err
		case to.Before(from):
			return nil, item.Wrong("the window ends before it begins")
		case i > 0 && !from.After(list[i-1].To):
			return nil, item.Wrong("the window begins before the one above has ended: want them in the order of time, and apart")
		}
		list = append(list, Window{from, to})
	}
	return list, nil
}

func timeOf(n *tree.Node) (time.Time, error) {
	at, err := time.Parse(timeForm, n.Text)
	if err != nil || n.Kind != tree.Text {
		return at, n.Wrong("%.*q is no time: want one such as 2014-04-01 00:05:00.000000", mostShown, n.Text)
	}
	return at, nil
}

// Thresholds are thresholds by detector and profile.
type Thresholds map[string]map[string]float64

// ReadThresholds reads a thresholds.json: {"skyline": {"standard": {"threshold": 0.99, …}, …}, …}.
func ReadThresholds(in io.Reader) (Thresholds, error) {
	all := Thresholds{}
	err := readProfiles(in, "one set of thresholds", all, func(n *tree.Node) (float64, error) {
		t := n.Get("threshold")
		if n.Kind != tree.Mapping || t == nil {
			return 0, n.Wrong(`want an object with "threshold"`)
		}
		return numberOf(t, 0, Silence, "a number from 0 to 2")
	})
	if err != nil {
		return nil, fmt.Errorf("read thresholds: %w", err)
	}
	return all, nil
}

// mostScore is far below and above what a score can be on the scale from 0 to 100.
const mostScore = 1e9

// ReadFinal reads a final_results.json, scores over the whole benchmark: {"skyline": {"standard": 35.7, …}, …}.
func ReadFinal(in io.Reader) (map[string]map[string]float64, error) {
	all := map[string]map[string]float64{}
	err := readProfiles(in, "one scoreboard", all, func(n *tree.Node) (float64, error) {
		return numberOf(n, -mostScore, mostScore, "a score")
	})
	if err != nil {
		return nil, fmt.Errorf("read final scores: %w", err)
	}
	return all, nil
}

// readProfiles reads something for each detector and profile.
func readProfiles(in io.Reader, one string, into map[string]map[string]float64, read func(*tree.Node) (float64, error)) error {
	root, err := readTree(in, one)
	if err != nil {
		return err
	}
	for i := range root.Pairs {
		detector := &root.Pairs[i]
		if err := detector.Value.Want(tree.Mapping); err != nil {
			return err
		}
		if err := detector.Value.Only(ProfileNames()...); err != nil {
			return err
		}
		into[detector.Key] = map[string]float64{}
		for j := range detector.Value.Pairs {
			p := &detector.Value.Pairs[j]
			if into[detector.Key][p.Key], err = read(&p.Value); err != nil {
				return err
			}
		}
	}
	return nil
}

func numberOf(n *tree.Node, low, high float64, allowed string) (float64, error) {
	v, err := strconv.ParseFloat(n.Text, 64)
	if err != nil || n.Kind != tree.Text || !(v >= low && v <= high) {
		return 0, n.Wrong("%.*q is not allowed: want %s", mostShown, n.Text, allowed)
	}
	return v, nil
}

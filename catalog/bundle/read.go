// Reading a bundle: hostile until every byte of it has been looked at.

package bundle

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"sync"

	"sealab/catalog"
	"sealab/catalog/proof"
	"sealab/pocs"
	"sealab/sim"
)

// Bundle is a bundle whose every byte was checked. It reads from its file on demand.
type Bundle struct {
	Manifest
	Sum     string // SHA-256 of the file
	File    string // the experiment file
	Results string // SHA-256 of results.json; empty: there is none

	members map[string]*zip.File
	mu      sync.Mutex        // of what follows
	truth   map[string]string // run → name of its truth
	last    lastTruth
}

// Open checks a bundle byte by byte, then record by record: the seal over the file, the checksum of each member, and
// the sums of every run and truth. Its errors are *Refused, and name the member. What was heard is not compared with its
// digest here: CheckEvents, Store and Keep do that.
func Open(r io.ReaderAt, size int64) (*Bundle, error) {
	if size > MaxBytes {
		return nil, refuse("", "it has %d MB; at most %d are taken", size>>20, MaxBytes>>20)
	}
	sum, whole, err := checkSeal(r, size)
	if err != nil {
		return nil, fmt.Errorf("read bundle: %w", err)
	}
	b := &Bundle{Sum: sum, members: map[string]*zip.File{}, truth: map[string]string{}}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, refuse("", "it is no whole zip archive: it was cut short, or changed in its directory")
	}
	if err := b.list(z.File); err != nil {
		return nil, err
	}
	if err := b.checkSums(); err != nil {
		return nil, err
	}
	if !whole { // every member is whole, so it is what stands between them, or how they are packed
		return nil, refuse("", "the archive around its members was changed: the seal at its end does not fit")
	}
	return b, b.checkRecords()
}

// list takes the members in, if their names, number and sizes are those of a bundle.
func (b *Bundle) list(files []*zip.File) error {
	if len(files) > maxMembers {
		return refuse("", "it has %d members; at most %d are taken", len(files), maxMembers)
	}
	total := uint64(0)
	for _, f := range files {
		most := uint64(maxText)
		if strings.HasPrefix(f.Name, eventDir+"/") {
			most = MaxBytes
		}
		total += f.UncompressedSize64
		switch {
		case !allowed.MatchString(f.Name):
			return refuse(fmt.Sprintf("%.80q", f.Name), "no member of a bundle has such a name")
		case b.members[f.Name] != nil:
			return refuse(f.Name, "it is there twice")
		case f.Method != zip.Store && f.Method != zip.Deflate:
			return refuse(f.Name, "it is packed in a way that bundles are not")
		case f.UncompressedSize64 > most || total > maxTotal:
			return refuse(f.Name, "it unpacks to %d MB, more than is taken", f.UncompressedSize64>>20)
		case f.UncompressedSize64 > bigMember && f.UncompressedSize64/max(f.CompressedSize64, 1) > maxRatio:
			return refuse(f.Name, "it unpacks to more than %d times its size", maxRatio)
		}
		b.members[f.Name] = f
	}
	for _, name := range []string{sumsName, manifestName, fileName} {
		if b.members[name] == nil {
			return refuse(name, "it is missing")
		}
	}
	return nil
}

// read unpacks a member. The archive's reader compares its own checksum.
func (b *Bundle) read(name string) ([]byte, error) {
	f := b.members[name]
	if f == nil {
		return nil, refuse(name, "it is missing")
	}
	in, err := f.Open()
	if err != nil {
		return nil, refuse(name, "it cannot be unpacked: %v", err)
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, int64(f.UncompressedSize64)+1))
	if err != nil {
		return nil, refuse(name, "it cannot be unpacked: %v", err)
	}
	return text, nil
}

// sumOf sums a member's bytes without holding them.
func (b *Bundle) sumOf(name string) (string, error) {
	in, err := b.members[name].Open()
	if err != nil {
		return "", refuse(name, "it cannot be unpacked: %v", err)
	}
	defer in.Close()
	h, size := sha256.New(), int64(b.members[name].UncompressedSize64)
	n, err := io.Copy(h, io.LimitReader(in, size+1)) // a bomb says that it is small
	if err == nil && n != size {
		err = zip.ErrFormat
	}
	if err != nil {
		return "", refuse(name, "it was changed: %v", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// checkSums compares every member with SHA256SUMS, which must name them all and nothing else.
func (b *Bundle) checkSums() error {
	text, err := b.read(sumsName)
	if err != nil {
		return err
	}
	want := map[string]string{}
	for line := range strings.Lines(string(text)) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !ok || len(sum) != 64 || want[name] != "" {
			return refuse(sumsName, "the line %.90q is not one of its", line)
		}
		want[name] = sum
	}
	for _, name := range sortedKeys(b.members) {
		if name == sumsName {
			continue
		}
		sum, err := b.sumOf(name)
		if err != nil {
			return err
		}
		switch want[name] {
		case sum:
		case "":
			return refuse(name, "%s does not know it", sumsName)
		default:
			return refuse(name, "it was changed: its checksum is not the one in %s", sumsName)
		}
		delete(want, name)
	}
	for _, name := range sortedKeys(want) {
		return refuse(name, "it is missing, but %s has its checksum", sumsName)
	}
	return nil
}

// checkRecords reads the manifest and every run, and compares their sums.
func (b *Bundle) checkRecords() error {
	text, err := b.read(manifestName)
	if err != nil {
		return err
	}
	if err := decode(text, &b.Manifest); err != nil {
		return refuse(manifestName, "it cannot be read: %v", err)
	}
	if b.Kind != Kind || b.Version != 1 {
		return refuse(manifestName, "it is a %.40q of version %d; this code reads version 1", b.Kind, b.Version)
	}
	if text, err = b.read(fileName); err != nil {
		return err
	}
	b.File = string(text)
	if b.members[resultsName] != nil {
		if text, err = b.read(resultsName); err != nil {
			return err
		}
		b.Results = proof.ResultsSum(text)
	}
	for i := range b.Runs {
		if err := b.checkRun(&b.Runs[i]); err != nil {
			return err
		}
	}
	return b.checkTrials()
}

// checkRun reads a run and compares it with its manifest, the sums of its records included.
func (b *Bundle) checkRun(want *proof.Manifest) error {
	name := runName(want.Run)
	r, err := b.Run(want.Run)
	if err != nil {
		return err
	}
	sums, err := catalog.SumsOf(r)
	if err != nil {
		return refuse(name, "%v", err)
	}
	a, err := encode(want)
	if err != nil {
		return refuse(manifestName, "it cannot be read: %v", err)
	}
	got, err := encode(proof.ManifestOf(r, sums))
	if err != nil {
		return refuse(name, "%v", err)
	}
	if !bytes.Equal(a, got) {
		return refuse(name, "its record is not the one that %s has the sums of", manifestName)
	}
	if b.truth[r.ID] != sums.Name {
		return refuse(name, "its truth does not answer to its name")
	}
	return nil
}

// checkTrials compares the lists of the manifest with the members.
func (b *Bundle) checkTrials() error {
	for _, name := range sortedKeys(b.members) {
		id := strings.TrimSuffix(strings.TrimPrefix(name, runDir+"/"), ".json")
		if runName(id) == name && b.truth[id] == "" {
			return refuse(name, "%s does not know it", manifestName)
		}
	}
	for _, t := range b.Trials {
		if b.truth[t.Run] == "" {
			return refuse(manifestName, "a trial rests on run %.64q, which is not here", t.Run)
		}
	}
	for _, w := range b.Worlds {
		for _, name := range []string{w.Events, w.Plan} {
			if name != "" && b.members[name] == nil {
				return refuse(name, "it is missing")
			}
		}
	}
	return nil
}

// lastTruth is the truth that was read last: the next run often shares it.
type lastTruth struct {
	name  string
	truth sim.Truth
}

// Run reads a run with its truth.
func (b *Bundle) Run(id string) (*pocs.Run, error) {
	name := runName(id)
	text, err := b.read(name)
	if err != nil {
		return nil, err
	}
	r, truth, err := decodeRun(text)
	if err != nil {
		return nil, refuse(name, "it cannot be read: %v", err)
	}
	if r.ID != id {
		return nil, refuse(name, "it holds the run %.64q", r.ID)
	}
	if r.Truth, err = b.truthOf(truth); err != nil {
		return nil, err
	}
	if err := fits(r); err != nil {
		return nil, refuse(name, "%v", err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.truth[id] = truth
	return r, nil
}

func (b *Bundle) truthOf(truth string) (sim.Truth, error) {
	b.mu.Lock()
	last := b.last
	b.mu.Unlock()
	if last.name == truth && truth != "" {
		return last.truth, nil
	}
	name := truthName(truth)
	if !allowed.MatchString(name) {
		return sim.Truth{}, refuse(fmt.Sprintf("%.80q", name), "no member of a bundle has such a name")
	}
	text, err := b.read(name)
	if err != nil {
		return sim.Truth{}, err
	}
	t, err := decodeTruth(text)
	if err != nil {
		return t, refuse(name, "it cannot be read: %v", err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last = lastTruth{truth, t}
	return t, nil
}

// Load makes a bundle a source of runs to check. Its records were compared with their sums when it was opened.
func (b *Bundle) Load(_ context.Context, id string) (*pocs.Run, []catalog.Altered, error) {
	r, err := b.Run(id)
	return r, nil, err
}

// Links are the trials as the store links them.
func (b *Bundle) Links() []catalog.Link {
	out := make([]catalog.Link, len(b.Trials))
	for i, t := range b.Trials {
		out[i] = catalog.Link(t)
	}
	return out
}

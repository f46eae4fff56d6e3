// The zip archive on its way out: members in the order in which they come, with fixed times, and their sums.

package bundle

import (
	"archive/zip"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// epoch is when every member was made: the first moment that a zip archive can tell. A bundle's bytes must not depend
// on the clock.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

type archive struct {
	seal *sealer
	zip  *zip.Writer
	sum  []string // "hex  name"
	err  error    // the first
}

func newArchive(to io.Writer) *archive {
	s := newSealer(to)
	return &archive{seal: s, zip: zip.NewWriter(s)}
}

// add writes a member, packed.
func (a *archive) add(name string, text []byte) { a.member(name, text, zip.Deflate) }

// stored writes a member that is packed already.
func (a *archive) stored(name string, data []byte) { a.member(name, data, zip.Store) }

func (a *archive) member(name string, data []byte, method uint16) {
	if a.err != nil {
		return
	}
	w, err := a.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: epoch})
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil && a.seal.n > MaxBytes {
		err = fmt.Errorf("it grows beyond %d MB: keep the messages of fewer worlds", MaxBytes>>20)
	}
	if err != nil {
		a.err = fmt.Errorf("write %s: %w", name, err)
	}
	a.sum = append(a.sum, fmt.Sprintf("%x  %s\n", sha256.Sum256(data), name))
}

// sums is SHA256SUMS, as sha256sum writes and checks it, by name.
func (a *archive) sums() []byte {
	slices.SortFunc(a.sum, func(x, y string) int { return strings.Compare(x[66:], y[66:]) })
	return []byte(strings.Join(a.sum, ""))
}

func (a *archive) close() error {
	if a.err != nil {
		return a.err
	}
	if err := a.zip.Close(); err != nil {
		return err
	}
	return a.seal.finish()
}

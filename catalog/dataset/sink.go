// A file on its way out: counted and summed as it is written.

package dataset

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"os"
	"path/filepath"
)

// sink is one file of a dataset in the making. Its first error stays and is told by close.
type sink struct {
	file *os.File
	buf  *bufio.Writer
	sum  hash.Hash
	File
	err error
}

// newSink makes a file below the folder root; name has slashes.
func newSink(root, name string) (*sink, error) {
	place := filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
		return nil, fmt.Errorf("write %s: %w", name, err)
	}
	f, err := os.Create(place)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", name, err)
	}
	return &sink{file: f, buf: bufio.NewWriterSize(f, 1<<16), sum: sha256.New(), File: File{Name: name}}, nil
}

// Write takes bytes.
func (s *sink) Write(b []byte) (int, error) {
	if s.err == nil {
		s.sum.Write(b)
		s.Bytes += int64(len(b))
		_, s.err = s.buf.Write(b)
	}
	return len(b), s.err
}

// row takes the bytes of one row.
func (s *sink) row(b []byte) {
	s.Rows++
	_, _ = s.Write(b) // the error stays
}

// close ends the file and gives its entry in the manifest.
func (s *sink) close() (File, error) {
	if err := s.buf.Flush(); s.err == nil {
		s.err = err
	}
	if err := s.file.Close(); s.err == nil {
		s.err = err
	}
	if s.err != nil {
		return File{}, fmt.Errorf("write %s: %w", s.Name, s.err)
	}
	s.SHA256 = hex.EncodeToString(s.sum.Sum(nil))
	return s.File, nil
}

// writeFile writes a file that is known whole.
func writeFile(root, name string, text []byte) (File, error) {
	s, err := newSink(root, name)
	if err != nil {
		return File{}, err
	}
	_, _ = s.Write(text)
	return s.close()
}

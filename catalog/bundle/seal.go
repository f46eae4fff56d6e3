// The seal of a bundle: the sum over every byte of the file stands in the comment at its end, so that nothing can be
// changed between the members either.

package bundle

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash"
	"io"

	"sealab/sim/event"
)

const sealMark = "sealab bundle 1 sha256:"

// sealLen is the bytes of the comment: the mark and 64 hexadecimal digits.
const sealLen = len(sealMark) + 64

// sealer passes a zip archive without a comment on, and gives it one.
type sealer struct {
	to   io.Writer
	sum  hash.Hash
	held []byte // the last two bytes so far: where the comment's length stands
	n    int64
}

func newSealer(to io.Writer) *sealer { return &sealer{to: to, sum: sha256.New()} }

// Write holds two bytes back.
func (s *sealer) Write(b []byte) (int, error) {
	all := append(s.held, b...)
	keep := min(2, len(all))
	pass := all[:len(all)-keep]
	s.sum.Write(pass)
	if _, err := s.to.Write(pass); err != nil {
		return 0, err
	}
	s.n += int64(len(pass))
	s.held = append([]byte(nil), all[len(all)-keep:]...)
	return len(b), nil
}

// finish writes the comment in place of the empty one.
func (s *sealer) finish() error {
	if len(s.held) != 2 || s.held[0] != 0 || s.held[1] != 0 {
		return errors.New("the archive does not end as one without a comment does")
	}
	tail := binary.LittleEndian.AppendUint16(nil, uint16(sealLen))
	tail = append(tail, sealMark...)
	tail = append(tail, hex.EncodeToString(s.sum.Sum(nil))...)
	_, err := s.to.Write(tail)
	return err
}

// checkSeal reads the whole file. whole is false where its seal is not the one that it should have.
func checkSeal(r io.ReaderAt, size int64) (sum string, whole bool, err error) {
	body := size - int64(sealLen) - 2
	if body < 22 { // an empty archive
		return "", false, nil
	}
	of, all := sha256.New(), sha256.New()
	if _, err := io.Copy(io.MultiWriter(of, all), io.NewSectionReader(r, 0, body)); err != nil {
		return "", false, err
	}
	tail := make([]byte, size-body)
	if _, err := io.ReadFull(io.NewSectionReader(r, body, size-body), tail); err != nil {
		return "", false, err
	}
	all.Write(tail)
	want := binary.LittleEndian.AppendUint16(nil, uint16(sealLen))
	want = append(want, sealMark...)
	want = append(want, hex.EncodeToString(of.Sum(nil))...)
	return event.FormatSum(all.Sum(nil)), string(tail) == string(want), nil
}

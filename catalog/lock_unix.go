//go:build unix

// Who has the store open: a lock that the system takes back when its process ends, however it ends.

package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// presence is held while a store is open. Only a process that is alone may migrate it, or call the runs that were left
// running interrupted: otherwise those of a living one would be.
type presence struct {
	file  *os.File
	alone bool
}

func enter(path string) (*presence, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return nil, fmt.Errorf("%w (%w)", ErrNotWritable, err)
	}
	if errors.Is(err, syscall.ENOSPC) {
		return nil, fmt.Errorf("%w (%w)", ErrFull, err)
	}
	if err != nil {
		return nil, err
	}
	fd := int(f.Fd())
	if syscall.Flock(fd, syscall.LOCK_EX|syscall.LOCK_NB) == nil {
		return &presence{f, true}, nil
	}
	p := &presence{f, false}
	if err := p.share(); err != nil {
		f.Close()
		return nil, err
	}
	return p, nil
}

// share lets others in; it waits for one who is alone to be done.
func (p *presence) share() error {
	for {
		err := syscall.Flock(int(p.file.Fd()), syscall.LOCK_SH)
		if !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

func (p *presence) leave() error { return p.file.Close() }

//go:build unix

// Whose draft is alive: a lock that the system takes back when its process ends, however it ends.

package dataset

import (
	"errors"
	"os"
	"syscall"
)

// errTaken says that another process holds a draft.
var errTaken = errors.New("another process holds it")

// claim takes a folder for this process until the file is closed. Errors besides errTaken say that it cannot be told here
// who holds what, as on some network disks.
func claim(dir *os.File) error {
	err := syscall.Flock(int(dir.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errTaken
	}
	return err
}

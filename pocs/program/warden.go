// The warden: a process that outlives a hub which is killed, and ends what that leaves behind.

package program

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
)

// Warden is told of every program that runs, and ends those that are left, with all that they have started, when its
// input ends: whichever way its hub has ended.
type Warden struct {
	cmd *exec.Cmd
	mu  sync.Mutex
	in  io.WriteCloser
}

// StartWarden starts the command that calls Stand, out of reach of our terminal's signals.
func StartWarden(stands *exec.Cmd) (*Warden, error) {
	w := &Warden{cmd: stands}
	w.cmd.Env = environment()
	ownGroup(w.cmd)
	var err error
	if w.in, err = w.cmd.StdinPipe(); err == nil {
		err = w.cmd.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("start warden of programs: %w", err)
	}
	return w, nil
}

// note tells the warden of a program that began with its mark and a folder of its own, or, with a minus, of one that is
// over. nil is nobody.
func (w *Warden) note(pid int, mark string, own scratch) {
	if w == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	_, _ = fmt.Fprintf(w.in, "%d %s %s\n", pid, mark, own) // where it has gone, the hub goes on
}

// Close ends the warden, and with it whatever still runs.
func (w *Warden) Close() error {
	err := w.in.Close()
	var ended *exec.ExitError
	if waited := w.cmd.Wait(); errors.As(waited, &ended) {
		return fmt.Errorf("end warden of programs: %w", ended)
	}
	return err
}

// Stand is the warden's own life. It returns when its input has ended and what was left is gone.
func Stand(in io.Reader) {
	type begun struct {
		mark string
		own  scratch
	}
	left := map[int]begun{}
	for lines := bufio.NewScanner(in); lines.Scan(); {
		number, rest, _ := strings.Cut(lines.Text(), " ")
		mark, own, _ := strings.Cut(rest, " ")
		switch pid, err := strconv.Atoi(number); {
		case err != nil || pid == 0:
		case pid < 0:
			delete(left, -pid)
		default:
			left[pid] = begun{mark, scratch(own)}
		}
	}
	for pid, it := range left {
		newPack(pid, it.mark).kill()
		it.own.remove()
	}
}

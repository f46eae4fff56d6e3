// A running program with its pipes: who reads, who writes, who watches, and how it ends.

package program

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"
)

const (
	// watchEvery is how often a program's memory and processes are looked at.
	watchEvery = 100 * time.Millisecond
	// scratchTurns is at which of these looks its scratch folder is looked through.
	scratchTurns = 10
	// parting is how long a program may take to end once its input has, and how long its last words are waited for.
	parting = 3 * time.Second
	// floodTells is how long a line that is wrong waits for others that nobody asked for.
	floodTells = 100 * time.Millisecond
	// mostUnread is how many lines may wait unread: a program that says more than it was asked floods.
	mostUnread = 16
	// pipeBytes is what is read of a program at a time.
	pipeBytes = 64 << 10
)

// process is a running program with its three pipes. Of its methods, exchange and close are for one goroutine.
type process struct {
	cmd    *exec.Cmd
	limits Limits
	in     *os.File
	lines  chan []byte // of its standard output; closed at its end
	read   int         // lines taken so far
	spent  time.Duration
	log    *logTap

	gone  chan struct{} // closed when the program has ended and was waited for
	watch chan struct{} // closed when nobody needs to watch it any more
	pack  *pack
	own   scratch
	ward  *Warden

	flooded chan struct{} // closed when it has been killed for what it wrote on its standard output

	mu    sync.Mutex
	cause *Fault // the first thing that it was killed for
	over  bool   // it says nothing more: nobody needs to wait until it has read
}

// start starts a program with a clean environment, in a session and process group of its own. Where address is given, the
// program is talked with there: its standard input is at its end, and its standard output is its log.
func start(ctx context.Context, c *Command, cfg *Config, address string) (*process, error) {
	p := &process{limits: cfg.Limits, lines: make(chan []byte, mostUnread), gone: make(chan struct{}), watch: make(chan struct{}), ward: cfg.Warden, flooded: make(chan struct{})}
	mark := newMark()
	p.cmd = &exec.Cmd{Path: c.path, Args: append([]string{c.path}, c.args...), Env: append(environment(), markVariable+"="+mark)}
	ownGroup(p.cmd)
	dieWithUs(p.cmd)
	if cfg.Scratch {
		var err error
		if p.own, err = newScratch(); err != nil {
			return nil, err
		}
		p.moveInto(c.away)
	}
	ends, err := pipes(3)
	if err != nil {
		p.own.remove()
		return nil, err
	}
	p.connect(ends, address)
	started := make(chan error)
	go p.live(started)
	err = <-started
	for _, theirs := range []*os.File{ends[0].r, ends[1].w, ends[2].w} {
		_ = theirs.Close() // the program has its own
	}
	if err != nil {
		for _, ours := range []*os.File{ends[0].w, ends[1].r, ends[2].r} {
			_ = ours.Close()
		}
		p.own.remove()
		return nil, err
	}
	p.ward.note(p.cmd.Process.Pid, mark, p.own)
	p.pack = newPack(p.cmd.Process.Pid, mark)
	p.log = &logTap{to: cfg.Log, left: p.limits.LogBytes, done: make(chan struct{})}
	go p.listen(ends[1].r)
	go p.tapLog(ends[2].r)
	go p.guard(ctx)
	return p, nil
}

// connect gives the program its ends of the pipes.
func (p *process) connect(ends []pipe, address string) {
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = ends[0].r, ends[1].w, ends[2].w
	p.in = ends[0].w
	if address != "" {
		p.cmd.Env = append(p.cmd.Env, AddressVariable+"="+address)
		p.cmd.Stdout = ends[2].w
		_ = p.in.Close() // nothing is said there
	}
}

// live starts the program and waits for its end, on one thread: the program would die with the thread that started it.
func (p *process) live(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := p.cmd.Start()
	started <- err
	if err == nil {
		_ = p.cmd.Wait() // how it ended stands in ProcessState
		close(p.gone)
	}
}

// moveInto has the program run in its scratch folder, which it also takes for its home; words name its files from there.
func (p *process) moveInto(words []string) {
	p.cmd.Path, p.cmd.Args, p.cmd.Dir = words[0], words, string(p.own)
	env := []string{"HOME=" + p.cmd.Dir, "TMPDIR=" + p.cmd.Dir}
	for _, pair := range p.cmd.Env {
		if !strings.HasPrefix(pair, "HOME=") {
			env = append(env, pair)
		}
	}
	p.cmd.Env = env
}

// environment is all that a program sees of ours.
func environment() []string {
	var env []string
	for _, name := range []string{"PATH", "HOME", "LANG"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}

type pipe struct{ r, w *os.File }

func pipes(n int) ([]pipe, error) {
	list := make([]pipe, n)
	for i := range list {
		r, w, err := os.Pipe()
		if err != nil {
			for _, p := range list[:i] {
				_, _ = p.r.Close(), p.w.Close()
			}
			return nil, err
		}
		list[i] = pipe{r, w}
	}
	return list, nil
}

// listen takes lines off the program's standard output as they come, so that it can never wait for us.
func (p *process) listen(out *os.File) {
	defer p.endOfOutput(out)
	in := bufio.NewReaderSize(out, pipeBytes)
	for {
		line, err := readLine(in, p.limits.AnswerBytes)
		if errors.Is(err, errLong) {
			p.kill(&Fault{Code: Flood, What: fmt.Sprintf("a line has more than %d bytes", p.limits.AnswerBytes)})
			close(p.flooded)
			return
		}
		if err != nil { // its end: what stands there without a line break was never finished
			return
		}
		select {
		case p.lines <- line:
		default:
			p.kill(&Fault{Code: Flood, What: fmt.Sprintf("it writes lines that nobody asked for: more than %d wait", mostUnread)})
			close(p.flooded)
			return
		}
	}
}

func (p *process) endOfOutput(out *os.File) {
	_ = out.Close()
	close(p.lines)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.over = true
	_ = p.in.SetWriteDeadline(time.Now()) // pipes know deadlines
}

// writeUntil is how long a program may take to read.
func (p *process) writeUntil(t time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.over {
		_ = p.in.SetWriteDeadline(t)
	}
}

var errLong = errors.New("line is too long")

// readLine gives the next line without its end.
func readLine(in *bufio.Reader, most int) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > most:
			return nil, errLong
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil:
			return nil, err
		default:
			if line = line[:len(line)-1]; len(line) > 0 && line[len(line)-1] == '\r' {
				line = line[:len(line)-1]
			}
			return line, nil
		}
	}
}

// tapLog passes the program's stderr on.
func (p *process) tapLog(from *os.File) {
	defer close(p.log.done)
	defer from.Close()
	buf := make([]byte, pipeBytes)
	for {
		n, err := from.Read(buf)
		if p.log.take(buf[:n]) {
			p.kill(&Fault{Code: Flood, What: fmt.Sprintf("it has written more than %d bytes to its log (stderr)", p.limits.LogBytes)})
			return
		}
		if err != nil {
			return
		}
	}
}

// guard watches the program until it has ended, and kills it when ctx does.
func (p *process) guard(ctx context.Context) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for n := 0; ; {
		select {
		case <-p.watch:
			return
		case <-ctx.Done():
			p.kill(&Fault{Code: Died, What: "it was stopped: " + ctx.Err().Error()})
			return
		case <-tick.C:
			fault := p.pack.look(&p.limits)
			if n++; fault == nil && n%scratchTurns == 0 {
				fault = p.own.look(p.limits.ScratchBytes)
			}
			if fault != nil {
				p.kill(fault)
				return
			}
		}
	}
}

// kill ends the program and all that it started; the first cause is the one that counts.
func (p *process) kill(cause *Fault) {
	p.mu.Lock()
	if p.cause == nil {
		p.cause = cause
	}
	p.mu.Unlock()
	p.pack.kill()
}

// killedFor is the cause for which it was killed, or nil.
func (p *process) killedFor() *Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.cause
}

// exchange writes one line to the program and waits for its answer. The line is the caller's until the next exchange.
func (p *process) exchange(out []byte) ([]byte, *Fault) {
	select { // whatever is there was said without being asked
	case line, ok := <-p.lines:
		if !ok {
			return nil, p.died()
		}
		p.read++
		return nil, &Fault{Code: Garbage, What: "nobody asked for it: " + shown(line)}
	default:
	}
	started := time.Now()
	wait := min(p.limits.Deadline, p.limits.Run-p.spent)
	p.writeUntil(started.Add(wait))
	_, _ = p.in.Write(out) // where that fails the program has ended, or reads no more: that shows in what it answers
	timer := time.NewTimer(wait - time.Since(started))
	defer timer.Stop()
	select {
	case line, ok := <-p.lines:
		p.spent += time.Since(started)
		if !ok {
			return nil, p.died()
		}
		p.read++
		return line, nil
	case <-timer.C:
		return nil, p.late()
	}
}

// floodOr is a fault, or the flood that its line was one of: a program that never stops talking is to fail for that, and
// not by chance for the line that happened to be read first.
func (p *process) floodOr(f *Fault) *Fault {
	if f.Code == Garbage && wait(p.flooded, floodTells) {
		return p.killedFor().at(f.Topic, 0)
	}
	return f
}

// late kills a program that let its time run out.
func (p *process) late() *Fault {
	if f := p.killedFor(); f != nil {
		return f
	}
	f := &Fault{Code: Timeout, What: fmt.Sprintf("no answer within %s", p.limits.Deadline)}
	if p.limits.Run-p.spent < p.limits.Deadline {
		f.What = fmt.Sprintf("the answers of the run took more than %s together", p.limits.Run)
	}
	p.kill(f)
	return f
}

// died says why there is nothing more to read: what it was killed for, or how it ended, with its last words.
func (p *process) died() *Fault {
	f := &Fault{Code: Died, What: "it closed its standard output"}
	ended := wait(p.gone, parting)
	if cause := p.killedFor(); cause != nil {
		return cause
	}
	if ended {
		f.What = "it ended: " + p.cmd.ProcessState.String()
	}
	p.kill(f) // and what it may have left behind, which could hold its log open
	wait(p.log.done, parting)
	if words := p.log.last(); words != "" {
		f.What += "; the end of its log: " + words
	}
	return f
}

// close lets the program end by itself, then ends it and whatever it has left behind.
func (p *process) close() {
	_ = p.in.Close()
	if p.killedFor() == nil {
		wait(p.gone, parting)
	}
	p.pack.kill()
	close(p.watch)
	<-p.gone // it was killed: that it ends is certain
	p.ward.note(-p.cmd.Process.Pid, "", "")
	wait(p.log.done, parting)
	p.own.remove()
}

// wait reports whether something came about in time.
func wait(done <-chan struct{}, most time.Duration) bool {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
		return false
	}
}

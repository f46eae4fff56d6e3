// Which processes belong to a program, from /proc (proc(5)): those of its session, and the descendants of those that were.

package program

import (
	"bytes"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// dieWithUs has a program killed when the thread that starts it ends, and so with us, however we end.
func dieWithUs(cmd *exec.Cmd) { cmd.SysProcAttr.Pdeathsig = syscall.SIGKILL }

// find brings the known processes up to date.
func (p *pack) find() {
	all := processes()
	for pid, m := range p.known {
		if now, there := all[pid]; !there || now.start != m.start {
			delete(p.known, pid)
		}
	}
	for grew := true; grew; { // children of children, in whatever order they are listed
		grew = false
		for pid, s := range all {
			_, parent := p.known[s.parent]
			if _, known := p.known[pid]; (parent || s.session == p.leader) && !known {
				grew = true
				p.known[pid] = member{}
			}
		}
	}
	for pid := range p.known {
		p.known[pid] = all[pid].member
	}
}

type status struct {
	member
	session int
}

// processes reads what runs on this machine, but for zombies, which hold nothing.
func processes() map[int]status {
	dir, err := os.Open("/proc")
	if err != nil {
		return nil
	}
	defer dir.Close()
	names, _ := dir.Readdirnames(-1) // what can be read of it
	all := make(map[int]status, len(names))
	for _, name := range names {
		pid, err := strconv.Atoi(name)
		if err != nil {
			continue
		}
		text, err := os.ReadFile("/proc/" + name + "/stat")
		if err != nil {
			continue // it has just ended
		}
		if s, ok := parseStat(text); ok {
			all[pid] = s
		}
	}
	return all
}

// parseStat reads a line of /proc/PID/stat. The fields are counted behind the name, which may hold anything.
func parseStat(text []byte) (s status, ok bool) {
	f := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
	const state, parent, session, start, pages = 0, 1, 3, 19, 21
	if len(f) <= pages || f[state][0] == 'Z' || f[state][0] == 'X' {
		return s, false
	}
	s.parent, _ = strconv.Atoi(string(f[parent])) // the kernel writes numbers
	s.session, _ = strconv.Atoi(string(f[session]))
	s.start, _ = strconv.ParseUint(string(f[start]), 10, 64)
	resident, _ := strconv.ParseInt(string(f[pages]), 10, 64)
	s.bytes = resident * int64(os.Getpagesize())
	return s, true
}

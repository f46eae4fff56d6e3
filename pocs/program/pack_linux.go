// Which processes belong to a program, from /proc (proc(5)): those of its session, the descendants of those that were, and
// whatever bears its mark: a daemon leaves its session, and its parents end before anybody has seen them.

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
	p.findMarked(all)
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

// findMarked takes in what bears the mark. The environment of a process is that of its start, and is read once.
func (p *pack) findMarked(all map[int]status) {
	for pid := range p.strange {
		if _, there := all[pid]; !there {
			delete(p.strange, pid)
		}
	}
	entry := []byte(markVariable + "=" + p.mark + "\x00")
	for pid, s := range all {
		if _, known := p.known[pid]; known || p.strange[pid] == s.start {
			continue
		}
		text, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/environ") // another user's is not to be read, and is not ours
		if bytes.Contains(text, entry) {
			p.known[pid] = member{}
		} else {
			p.strange[pid] = s.start
		}
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

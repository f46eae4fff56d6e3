package program

import (
	"bytes"
	"io"
	"strings"
	"sync"
)

// mostWords is how much of the end of a log is kept for the reason of a failure.
const mostWords = 2000

// inTurn lets a program and those who complain about it write into one log, each at a time.
type inTurn struct {
	mu sync.Mutex
	to io.Writer
}

// Write writes in turn.
func (w *inTurn) Write(text []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(text)
}

// logTap passes a program's stderr on, up to a limit, and keeps its end.
type logTap struct {
	to   io.Writer
	left int64
	done chan struct{} // closed at its end

	mu  sync.Mutex
	end []byte
}

// take passes some of it on, and reports whether it has become too much.
func (l *logTap) take(text []byte) (flood bool) {
	if l.to != nil {
		_, _ = l.to.Write(text[:min(int64(len(text)), l.left)]) // whoever reads along is no reason to fail
	}
	l.left -= int64(len(text))
	l.mu.Lock()
	defer l.mu.Unlock()
	l.end = append(l.end, text...)
	l.end = l.end[max(0, len(l.end)-mostWords):]
	return l.left < 0
}

// last is the last line of the log that holds anything: of a Python program that broke, its exception.
func (l *logTap) last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	text := bytes.TrimSpace(l.end)
	line := text[bytes.LastIndexByte(text, '\n')+1:]
	return strings.ToValidUTF8(string(line[:min(len(line), 300)]), "�")
}

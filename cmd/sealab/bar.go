package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"
)

// bar shows on stderr how far a long command has come: only on a terminal, so that logs and pipes stay clean.
// A nil bar does nothing.
type bar struct {
	w    io.Writer
	last time.Time
}

// barEvery is how often the bar is drawn: often enough to look alive, too seldom to cost anything.
const barEvery = 100 * time.Millisecond

// newBar returns nil where nobody looks.
func newBar(stderr io.Writer) *bar {
	f, ok := stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	return &bar{w: stderr}
}

// Set draws the bar at a fraction of the whole with a note behind it.
func (b *bar) Set(fraction float64, note string) {
	if b == nil || time.Since(b.last) < barEvery {
		return
	}
	b.last = time.Now()
	const width = 30
	full := min(max(int(fraction*width), 0), width)
	fmt.Fprintf(b.w, "\r[%s%s] %3.0f %%  %s\x1b[K", strings.Repeat("=", full), strings.Repeat(" ", width-full), 100*fraction, note)
}

// Done wipes the bar away.
func (b *bar) Done() {
	if b != nil {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
}

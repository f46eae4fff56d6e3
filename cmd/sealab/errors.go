package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"sealab/sim"
)

// The exit codes that Sealab promises; 99, a breached threshold, comes with the first command that takes one.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// badInput marks an error as the user's to mend.
type badInput struct{ error }

func (b badInput) Unwrap() error { return b.error }

// badInputf is fmt.Errorf for an error that is the user's to mend.
func badInputf(format string, args ...any) error { return badInput{fmt.Errorf(format, args...)} }

// mostNames is how many known names still help someone who mistyped one.
const mostNames = 16

// unknownName says that there is no such thing, what may have been meant, and what there is.
func unknownName(what, name string, known []string) error {
	hint := sim.Suggest(name, known)
	if strings.HasPrefix(hint, "did you mean") {
		hint += " Known are " + strings.Join(known[:min(len(known), mostNames)], ", ")
		if len(known) > mostNames {
			hint += " …"
		}
	}
	return badInputf("unknown %s %q: %s", what, name, hint)
}

// report prints an error once and chooses the exit code.
func report(stderr io.Writer, err error) int {
	var bad badInput
	var setting *sim.BadSetting
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &setting):
		fmt.Fprintln(stderr, "sealab:", setting)
		return exitUsage
	case errors.As(err, &bad):
		fmt.Fprintln(stderr, "sealab:", bad)
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "sealab: stopped before the end; nothing was stored")
		return exitFailed
	}
	fmt.Fprintln(stderr, "sealab:", err)
	return exitFailed
}

// Command sealab is the door of the house: the command line, and the only place where the rooms are wired together.
//
// Exit codes: 0 done, whatever the verdict; 1 could not, or the run failed; 2 bad usage or input; 99 a threshold given
// by the user was breached. Results go to stdout, everything else to stderr, and an error is printed once, here.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// cli is every command; those that need a store, a broker or a browser are in nativeCommands.
type cli struct {
	Run runCmd `cmd:"" help:"Play one proof of concept in one world and judge it."`
	nativeCommands
	List    listCmd    `cmd:"" help:"List what there is: pocs, scenarios, attacks, challenges, measures, runs, experiments, usecases."`
	Trace   traceCmd   `cmd:"" help:"Print the trace of an attack or look-alike: what the seal said, beside its honest twin."`
	Schema  schemaCmd  `cmd:"" help:"Print a published JSON Schema, the AsyncAPI document or the protocol of programs, or list their names."`
	Version versionCmd `cmd:"" help:"Print which code this is."`
}

// session is what a command works with: everything that a test replaces.
type session struct {
	ctx    context.Context
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
}

// run is the whole program with its edges handed in; it returns the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	ctx, stop := signal.NotifyContext(context.Background(), stopSignals()...)
	defer stop()
	defer catchExit(&code)
	var commands cli
	parser, err := kong.New(&commands,
		kong.Name("sealab"),
		kong.Description("A sandbox where proofs of concept for Customs are tried in worlds whose truth is known."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true}),
		kong.WithHyphenPrefixedParameters(true), // so that --seed -1 is refused as a seed, not as a flag
	)
	if err != nil {
		fmt.Fprintln(stderr, "sealab: build command line:", err)
		return exitFailed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(stderr, "sealab: %v\nTry: sealab %s--help\n", err, commandOf(err))
		return exitUsage
	}
	return report(stderr, chosen.Run(&session{ctx, stdin, stdout, stderr}))
}

// commandOf names the command in which parsing stopped, word by word and with a space after it, or nothing.
func commandOf(err error) string {
	var parse *kong.ParseError
	if !errors.As(err, &parse) || parse.Context.Selected() == nil {
		return ""
	}
	name := ""
	for n := parse.Context.Selected(); n.Parent != nil; n = n.Parent {
		name = n.Name + " " + name
	}
	return name
}

// exit is how kong's wish to end the process (after --help) reaches run, so that a test survives it.
type exit int

func catchExit(code *int) {
	switch p := recover().(type) {
	case nil:
	case exit:
		*code = int(p)
	default:
		panic(p)
	}
}

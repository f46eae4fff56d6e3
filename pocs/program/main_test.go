package program

// This file lets the tests' own binary stand in for programs, good and bad: it is started again with `program NAME`.

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "program" {
		act(os.Args[2])
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// stand is the command that starts the tests' own binary as the program of that name.
func stand(tb testing.TB, name string) *Command {
	tb.Helper()
	self, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	c, err := NewCommand([]string{self, "program", name})
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// heard is a line from Sealab.
type heard struct {
	Tick    *int64
	Now     int64
	Forms   []string
	Events  []map[string]any
	Reading map[string][]any
}

// talker is the smallest client there is: it answers, and does not care.
type talker struct {
	in    *bufio.Scanner
	ready string             // in place of the right answer to hello
	step  func(heard) string // what it says of a batch; empty: nothing to say
}

func (t *talker) run() {
	t.in = bufio.NewScanner(os.Stdin)
	t.in.Buffer(nil, 64<<20)
	for t.in.Scan() {
		var h heard
		if err := json.Unmarshal(t.in.Bytes(), &h); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
		switch {
		case h.Tick != nil:
			text := ""
			if t.step != nil {
				text = t.step(h)
			}
			if text == "" {
				text = fmt.Sprintf(`{"tick":%d,"findings":[]}`, *h.Tick)
			}
			fmt.Println(text)
		case t.ready == "offered": // the form that stands first
			fmt.Printf(`{"protocol":1,"form":%q,"fields":{"reading":["container"]}}`+"\n", h.Forms[0])
		case t.ready != "":
			fmt.Println(t.ready)
		default:
			fmt.Printf(`{"protocol":1,"form":%q,"fields":{"reading":["container","seal","pos.lat"]}}`+"\n", h.Forms[len(h.Forms)-1])
		}
	}
}

// says answers every batch with this finding.
func says(finding string) func(heard) string {
	return func(h heard) string { return fmt.Sprintf(`{"tick":%d,"findings":[%s]}`, *h.Tick, finding) }
}

// onContainer says a finding of the first container that it hears of, from a text with %q for its number.
func onContainer(text string) func(heard) string {
	return func(h heard) string {
		for _, e := range h.Events {
			if c, _ := e["container"].(string); c != "" {
				return says(fmt.Sprintf(text, c))(h)
			}
		}
		return ""
	}
}

var forever = time.Hour // longer than any test

// programs are what the binary can be, by name.
var programs = map[string]func(){
	"silent":       func() { (&talker{}).run() },
	"no json":      func() { (&talker{ready: "hello, world"}).run() },
	"empty line":   func() { fmt.Println(); (&talker{}).run() },
	"old protocol": func() { (&talker{ready: `{"protocol":0,"form":"rows","fields":{}}`}).run() },
	"no form":      func() { (&talker{ready: `{"protocol":1,"fields":{}}`}).run() },
	"other form":   func() { (&talker{ready: `{"protocol":1,"form":"xml","fields":{}}`}).run() },
	"other field":  func() { (&talker{ready: `{"protocol":1,"form":"rows","fields":{"reading":["seal","lux"]}}`}).run() },
	"field twice":  func() { (&talker{ready: `{"protocol":1,"form":"rows","fields":{"reading":["seal","seal"]}}`}).run() },
	"other kind":   func() { (&talker{ready: `{"protocol":1,"form":"rows","fields":{"scan":[]}}`}).run() },
	"fields list":  func() { (&talker{ready: `{"protocol":1,"form":"rows","fields":["seal"]}`}).run() },
	"not UTF-8":    func() { (&talker{ready: "{\"protocol\":1,\"form\":\"rows\xff\",\"fields\":{}}"}).run() },
	"other tick":   func() { (&talker{step: func(h heard) string { return `{"tick":-1,"findings":[]}` }}).run() },
	"no findings":  func() { (&talker{step: func(h heard) string { return fmt.Sprintf(`{"tick":%d}`, *h.Tick) }}).run() },
	"null finding": func() { (&talker{step: says(`null`)}).run() },
	"high level":   func() { (&talker{step: onContainer(`{"container":%q,"kind":"bolt_cut","level":1200}`)}).run() },
	"text level":   func() { (&talker{step: onContainer(`{"container":%q,"kind":"bolt_cut","level":"high"}`)}).run() },
	"half level":   func() { (&talker{step: onContainer(`{"container":%q,"kind":"bolt_cut","level":0.5}`)}).run() },
	"odd kind":     func() { (&talker{step: onContainer(`{"container":%q,"kind":"\u001b[2Jbolt cut","level":1}`)}).run() },
	"no kind":      func() { (&talker{step: onContainer(`{"container":%q,"level":1}`)}).run() },
	"NaN level":    func() { (&talker{step: onContainer(`{"container":%q,"kind":"bolt_cut","level":NaN}`)}).run() },
	"seal's name":  func() { (&talker{step: says(`{"container":"SLB-00000001","kind":"bolt_cut","level":1}`)}).run() },
	"every line": func() {
		(&talker{step: func(h heard) string { fmt.Println("debug"); return "" }}).run()
	},
	"hangs": func() { (&talker{step: func(heard) string { time.Sleep(forever); return "" }}).run() },
	"mute":  func() { time.Sleep(forever) },
	"dies": func() {
		(&talker{step: func(heard) string {
			fmt.Fprintln(os.Stderr, "Traceback:\nKeyError: 'pos.lat'")
			os.Exit(3)
			return ""
		}}).run()
	},
	"closes":     func() { _ = os.Stdout.Close(); time.Sleep(forever) },
	"long line":  func() { (&talker{step: func(heard) string { return strings.Repeat("x", 1<<20) }}).run() },
	"many lines": func() { flood(os.Stdout) },
	"long log":   func() { flood(os.Stderr) },
	"many findings": func() {
		(&talker{step: onContainer(`{"container":%[1]q,"kind":"a","level":1},{"container":%[1]q,"kind":"a","level":1},{"container":%[1]q,"kind":"a","level":1}`)}).run()
	},
	"forks":    func() { bear(40, false); (&talker{step: func(heard) string { time.Sleep(forever); return "" }}).run() },
	"runaways": func() { bear(40, true); (&talker{step: func(heard) string { time.Sleep(forever); return "" }}).run() },
	"shares": func() { // its standard output, with a child that stays
		self, _ := os.Executable()
		child := exec.Command(self, "program", "child")
		child.Stdout = os.Stdout
		if err := child.Start(); err == nil {
			(&talker{}).run()
		}
	},
	"leaves": func() { bear(1, false); (&talker{}).run() },
	"eats": func() {
		(&talker{step: func(heard) string {
			var held [][]byte
			for {
				b := make([]byte, 1<<20)
				for i := range b {
					b[i] = byte(i)
				}
				held = append(held, b)
				time.Sleep(time.Duration(len(held)%2) * time.Millisecond)
			}
		}}).run()
	},
	// What only the doctor finds.
	"needs a position": func() {
		(&talker{step: func(h heard) string {
			for _, e := range h.Events {
				if _, there := e["pos.lat"]; e["type"] == "reading" && !there {
					fmt.Fprintln(os.Stderr, "KeyError: 'pos.lat'")
					os.Exit(1)
				}
			}
			return ""
		}}).run()
	},
	"short lines": func() {
		in := bufio.NewScanner(os.Stdin) // takes lines of 64 kB, and hello is longer
		for in.Scan() {
			fmt.Println(in.Text())
		}
		if err := in.Err(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	},
	"fears crowds": func() {
		(&talker{step: func(h heard) string {
			if len(h.Events) > 1000 {
				fmt.Fprintln(os.Stderr, "IndexError: list index out of range")
				os.Exit(1)
			}
			return ""
		}}).run()
	},
	"draws": func() {
		(&talker{step: func(h heard) string {
			return onContainer(fmt.Sprintf(`{"container":%%q,"kind":"bolt_cut","level":%d}`, rand.IntN(1000)))(h)
		}}).run()
	},
	"strict keys": func() {
		(&talker{step: func(h heard) string {
			for _, e := range h.Events {
				if _, strange := e["x_new"]; strange {
					fmt.Fprintln(os.Stderr, "TypeError: unexpected key x_new")
					os.Exit(1)
				}
			}
			return ""
		}}).run()
	},
	"fears silence": func() {
		(&talker{step: func(h heard) string {
			if len(h.Events) == 0 {
				fmt.Fprintln(os.Stderr, "IndexError: pop from empty list")
				os.Exit(1)
			}
			return ""
		}}).run()
	},
	"other in columns": func() {
		(&talker{ready: "offered", step: func(h heard) string {
			for _, c := range h.Reading["container"] {
				if c, _ := c.(string); c != "" {
					return says(fmt.Sprintf(`{"container":%q,"kind":"in_columns","level":1}`, c))(h)
				}
			}
			return onContainer(`{"container":%q,"kind":"in_rows","level":1}`)(h)
		}}).run()
	},
	"ends badly": func() { (&talker{}).run(); os.Exit(7) },
	"last word":  func() { (&talker{}).run(); fmt.Println("bye") },
	"rows only":  func() { (&talker{ready: `{"protocol":1,"form":"rows","fields":{"reading":["container"]}}`}).run() },
	"child":      func() { time.Sleep(forever) },
	"daemon": func() { // its child ends as soon as it has started another, which nothing ties to us any more
		self, _ := os.Executable()
		parent := exec.Command(self, "program", "parent of a daemon")
		parent.Stderr = os.Stderr
		_ = parent.Run()
		(&talker{}).run()
	},
	"parent of a daemon": func() {
		self, _ := os.Executable()
		child := exec.Command(self, "program", "child")
		ownGroup(child)
		if err := child.Start(); err == nil {
			fmt.Fprintln(os.Stderr, child.Process.Pid)
		}
	},
	"stays": func() { (&talker{}).run(); time.Sleep(forever) },
	"talks": func() { (&talker{step: onContainer(`{"container":%q,"kind":"bolt_cut","level":1}`)}).run() },
	"sleeps": func() { // 0 to 200 ms, at one batch in two hundred
		say := onContainer(`{"container":%q,"kind":"bolt_cut","level":1}`)
		(&talker{step: func(h heard) string {
			if rand.IntN(200) == 0 {
				time.Sleep(rand.N(200 * time.Millisecond))
			}
			return say(h)
		}}).run()
	},
	"tells its folder": func() {
		(&talker{step: func(heard) string {
			dir, _ := os.Getwd()
			list, _ := os.ReadDir(dir)
			fmt.Fprintf(os.Stderr, "%s %s %s %d\n", dir, os.Getenv("HOME"), os.Getenv("TMPDIR"), len(list))
			_ = os.Mkdir("shut", 0o700)
			_ = os.WriteFile("shut/kept", []byte("x"), 0o400)
			_ = os.Chmod("shut", 0o500)
			os.Exit(1)
			return ""
		}}).run()
	},
	"fills its folder": func() {
		(&talker{step: func(heard) string {
			for i := 0; ; i++ {
				_ = os.WriteFile(fmt.Sprint(i%100), make([]byte, 1<<20), 0o600)
			}
		}}).run()
	},
	"warden": func() { Stand(os.Stdin) },
	"hub": func() { // starts a program and lives on; its first line is what /proc knows of that
		self, _ := os.Executable()
		ward, err := StartWarden(exec.Command(self, "program", "warden"))
		if err != nil {
			panic(err)
		}
		c, err := NewCommand([]string{self, "program", "leaves"})
		if err != nil {
			panic(err)
		}
		p, err := start(context.Background(), c, &Config{Limits: DefaultLimits(), Scratch: true, Warden: ward}, "")
		if err != nil {
			panic(err)
		}
		_, _ = p.exchange([]byte(`{"forms":["rows"]}` + "\n")) // its children are there now
		p.pack.find()
		for pid := range p.pack.known {
			fmt.Print(pid, " ")
		}
		fmt.Println(ward.cmd.Process.Pid)
		time.Sleep(forever)
	},
	"asks its environment": func() {
		(&talker{step: func(h heard) string {
			var names []string
			for _, v := range os.Environ() {
				name, _, _ := strings.Cut(v, "=")
				names = append(names, name)
			}
			fmt.Fprintln(os.Stderr, "environment: "+strings.Join(names, " "))
			os.Exit(1)
			return ""
		}}).run()
	},
}

func act(name string) { programs[name]() }

func flood(to *os.File) {
	line := []byte(strings.Repeat("y", 99) + "\n")
	for {
		if _, err := to.Write(line); err != nil {
			return
		}
	}
}

// bear starts children that never end, each in a session of its own if they are to run away.
func bear(n int, away bool) {
	for range n {
		self, _ := os.Executable()
		cmd := exec.Command(self, "program", "child")
		if away {
			ownGroup(cmd)
		}
		if err := cmd.Start(); err != nil {
			return
		}
	}
}

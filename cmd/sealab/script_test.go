// TestScript plays the command line as users do: testdata/script holds one archive for each command.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sealab": main, "tamper": tamper, "publish": publish})
}

func TestScript(t *testing.T) {
	// Run by nohup, this process ignores the closing of its terminal, and all that it starts would. What is heard here is
	// theirs to decide again.
	closed := make(chan os.Signal, 1)
	signal.Notify(closed, syscall.SIGHUP)
	t.Cleanup(func() { signal.Stop(closed) })
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Condition: func(c string) (bool, error) {
			lang, ok := strings.CutPrefix(c, "lang:")
			if !ok {
				return false, fmt.Errorf("unknown condition %q", c)
			}
			return hasLanguage(lang), nil
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, "share"))
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("SEALAB_GOCACHE", goCache())
			env.Setenv("SEALAB_PAHO", pahoPython())
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "field": field, "same": same, "valid": valid, "take": take,
		},
	})
}

// hasLanguage reports whether what needs an interpreter can be tried here. In CI it must be there, and what lacks it fails.
func hasLanguage(interpreter string) bool {
	if interpreter == "paho" {
		return pahoPython() != "" || os.Getenv("CI") == "true"
	}
	_, err := exec.LookPath(interpreter)
	return err == nil || os.Getenv("CI") == "true"
}

// goCache is where the go command keeps what it has built: a script has another home.
func goCache() string {
	out, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		return filepath.Join(os.TempDir(), "sealab-gocache")
	}
	return strings.TrimSpace(string(out))
}

// exits CODE COMMAND… runs a command and wants that exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// field FILE PATH WANT reads one value of a JSON object: a path is keys and indices with dots between; the values of
// texts stand bare, others as JSON.
func field(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: field FILE PATH WANT")
	}
	if got := mustField(ts, args[0], args[1]); (got == args[2]) == neg {
		ts.Fatalf("%s of %s is %s; want (negated: %v) %s", args[1], args[0], got, neg, args[2])
	}
}

// take NAME FILE PATH puts one value of a JSON object into the environment.
func take(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], mustField(ts, args[1], args[2]))
}

// same FILE FILE PATH… wants equal values in both; `! same` different ones.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 3 {
		ts.Fatalf("usage: same FILE FILE PATH…")
	}
	for _, path := range args[2:] {
		a, b := mustField(ts, args[0], path), mustField(ts, args[1], path)
		if (a == b) == neg {
			ts.Fatalf("%s is %s in %s and %s in %s", path, a, args[0], b, args[1])
		}
	}
}

func mustField(ts *testscript.TestScript, file, path string) string {
	var v any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(file)), &v))
	for _, key := range strings.Split(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			next, ok := in[key]
			if !ok {
				return "missing"
			}
			v = next
		case []any:
			if key == "length" {
				return fmt.Sprint(len(in))
			}
			i, err := strconv.Atoi(key)
			ts.Check(err)
			if i >= len(in) {
				return "missing"
			}
			v = in[i]
		default:
			return "missing"
		}
	}
	if text, ok := v.(string); ok {
		return text
	}
	text, err := json.Marshal(v)
	ts.Check(err)
	return string(text)
}

// valid SCHEMA FILE checks a file, or each element of its array, against a published schema.
func valid(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: valid SCHEMA FILE")
	}
	text, err := schemaText(args[0])
	ts.Check(err)
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	ts.Check(err)
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	ts.Check(compiler.AddResource("schema.json", doc))
	schema, err := compiler.Compile("schema.json")
	ts.Check(err)
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(ts.ReadFile(args[1])))
	ts.Check(err)
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	for i, v := range list {
		if err := schema.Validate(v); (err != nil) != neg {
			ts.Fatalf("element %d of %s against schema %s: %v", i, args[1], args[0], err)
		}
	}
}

// TestPure keeps chance, time and the outer world out of worlds and detectors, so that one seed is one world.
package main

import (
	"go/ast"
	"strconv"
	"strings"
	"testing"
)

// bannedImports are not for pure rooms; the reason is what the failure says.
var bannedImports = map[string]string{
	"os":          "files and the environment differ between machines",
	"os/":         "processes and signals are of the outer world",
	"net":         "a world hears nobody",
	"net/":        "a world hears nobody",
	"syscall":     "the outer world",
	"math/rand":   "its global source is shared; dice are private (sim/exact)",
	"math/cmplx":  "its results differ between builds; use sim/exact",
	"crypto/rand": "it cannot be played again",
	"unsafe":      "bytes must not depend on the machine",
}

// bannedCalls are single names of packages that are otherwise welcome.
var bannedCalls = map[string]string{
	"time.Now": "the world has its own clock", "time.Since": "the world has its own clock",
	"time.Until": "the world has its own clock", "time.Sleep": "nothing waits in a world",
	"time.After": "nothing waits in a world", "time.AfterFunc": "nothing waits in a world",
	"time.Tick": "nothing waits in a world", "time.NewTimer": "nothing waits in a world",
	"time.NewTicker": "nothing waits in a world", "time.Local": "all times are UTC",
}

// exactMath are the members of package math that give the same bits in every build: constants, comparisons, and
// functions that IEEE 754 rounds exactly.
var exactMath = words(`Sqrt Abs Floor Ceil Trunc Round RoundToEven Inf IsNaN IsInf NaN Max Min Copysign Signbit Modf
	Float64bits Float64frombits Float32bits Float32frombits Pi E Ln2 Ln10 Log2E Log10E Sqrt2 MaxFloat64 MaxFloat32
	SmallestNonzeroFloat64 MaxInt MinInt MaxInt8 MaxInt16 MaxInt32 MaxInt64 MinInt8 MinInt16 MinInt32 MinInt64 MaxUint8
	MaxUint16 MaxUint32 MaxUint64`)

// privateDice are the members of math/rand/v2 that do not touch its global source.
var privateDice = words("PCG NewPCG ChaCha8 NewChaCha8 Rand New Source")

func words(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}

func TestPure(t *testing.T) {
	for _, f := range MustSource(t) {
		if f.Test || !isPure(f.Room) {
			continue
		}
		names := importNames(t, f)
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s:%d: go statement: a world is one goroutine", f.Path, f.line(n.Pos()))
			case *ast.SelectStmt:
				t.Errorf("%s:%d: select statement: it chooses at random", f.Path, f.line(n.Pos()))
			case *ast.SelectorExpr:
				if why := bannedUse(names, n); why != "" {
					t.Errorf("%s:%d: %s", f.Path, f.line(n.Pos()), why)
				}
			}
			return true
		})
	}
}

// importNames gives the local name of each import and reports those that are banned.
func importNames(t *testing.T, f *sourceFile) map[string]string {
	names := map[string]string{}
	for _, spec := range f.Syntax.Imports {
		target, _ := strconv.Unquote(spec.Path.Value)
		for banned, why := range bannedImports {
			if target == banned || strings.HasSuffix(banned, "/") && strings.HasPrefix(target, banned) {
				t.Errorf("%s:%d: import %s: %s", f.Path, f.line(spec.Pos()), target, why)
			}
		}
		local := target[strings.LastIndex(target, "/")+1:]
		if target == "math/rand/v2" {
			local = "rand"
		}
		if spec.Name != nil {
			local = spec.Name.Name
		}
		names[local] = target
	}
	return names
}

// bannedUse says why package.Name may not be used, or nothing.
func bannedUse(names map[string]string, sel *ast.SelectorExpr) string {
	id, ok := sel.X.(*ast.Ident)
	if !ok || id.Obj != nil { // a local variable that is named like a package
		if sel.Sel.Name == "NormFloat64" || sel.Sel.Name == "ExpFloat64" {
			return sel.Sel.Name + ": its tail differs between builds; use sim/exact"
		}
		return ""
	}
	from, name := names[id.Name], sel.Sel.Name
	switch {
	case bannedCalls[from+"."+name] != "":
		return from + "." + name + ": " + bannedCalls[from+"."+name]
	case from == "math" && !exactMath[name]:
		return "math." + name + ": its last bit differs between builds; use sim/exact"
	case from == "math/rand/v2" && !privateDice[name]:
		return "rand." + name + ": the global source; dice are private (sim/exact)"
	}
	return ""
}

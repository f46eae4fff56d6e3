// TestNoFusedProducts asks the compiler itself where a product was folded into a sum.
//
// Go may compute a*b+c with one rounding, across statements and inlined calls too, and does so on arm64 and under
// GOAMD64=v3 but not under v1: then one seed gives two worlds. Writing float64(a*b)+c forbids it. Reading the source
// finds only the plain form, so this test reads the assembly, for the processor that fuses most.
package main

import (
	"bufio"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// fusedLine matches one fused multiply-add in a listing of the arm64 compiler and takes its place in the source.
var fusedLine = regexp.MustCompile(`\(([^()]+\.go:\d+)\)\s+(FN?M(?:ADD|SUB)[SD])\s`)

// fusedButExact are lines whose product has no digits to round, so that fusing it changes nothing.
var fusedButExact = map[string]bool{
	"u := (t - c) / (1 + float64(t*c))": true, // sim/exact: c is k / 8, eighths of a small whole number
}

func TestNoFusedProducts(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the pure rooms for another processor")
	}
	args := []string{"build", "-gcflags=-S"}
	for _, room := range MustRooms(t) {
		if isPure(room) {
			args = append(args, "./"+room)
		}
	}
	places := fusedProducts(t, moduleRoot, args...)
	for _, place := range slices.Sorted(maps.Keys(places)) {
		if !fusedButExact[places[place]] {
			t.Errorf("%s: a product is fused into a sum; write float64(a*b) + c: %s", place, places[place])
		}
	}
}

// fusedProducts compiles for arm64 and gives the places of fused instructions in the module's own files, each with
// the text of its line.
func fusedProducts(t *testing.T, dir string, args ...string) map[string]string {
	t.Helper()
	build := exec.Command("go", args...)
	build.Dir = dir
	build.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "CGO_ENABLED=0")
	listing, err := build.CombinedOutput()
	if err != nil {
		t.Fatalf("compile for arm64: %v\n%s", err, lastLines(string(listing), 20))
	}
	root, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]string{}
	lines := bufio.NewScanner(strings.NewReader(string(listing)))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if m := fusedLine.FindStringSubmatch(lines.Text()); m != nil {
			places[strings.TrimPrefix(m[1], root+string(filepath.Separator))] = sourceLine(t, root, m[1])
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return places
}

// sourceLine reads the line that a listing calls file:line.
func sourceLine(t *testing.T, root, place string) string {
	t.Helper()
	name, number, _ := strings.Cut(place, ".go:")
	name += ".go"
	if !filepath.IsAbs(name) {
		name = filepath.Join(root, name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("read source of %s: %v", place, err)
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		t.Fatalf("read line of %s: %v", place, err)
	}
	return strings.TrimSpace(strings.Split(string(text), "\n")[n-1])
}

// TestFusedProductsAreSeen proves that the listing is read rightly: one fused line, one rounded by hand.
func TestFusedProductsAreSeen(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles for another processor")
	}
	dir := t.TempDir()
	MustWrite(t, filepath.Join(dir, "go.mod"), "module fused\n\ngo 1.26\n")
	MustWrite(t, filepath.Join(dir, "a.go"), `package fused

func Plain(a, b, c float64) float64 { return a*b + c }

func Rounded(a, b, c float64) float64 { return float64(a*b) + c }

func Apart(a, b, c float64) float64 {
	t := a * b
	return c - t
}
`)
	places := fusedProducts(t, dir, "build", "-gcflags=-S", ".")
	if len(places) != 2 || places["a.go:3"] == "" || places["a.go:9"] == "" {
		t.Errorf("fused places = %v, want a.go:3 and a.go:9", places)
	}
}

// MustWrite writes a file for a test.
func MustWrite(tb testing.TB, name, text string) {
	tb.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		tb.Fatal(err)
	}
}

func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) > n {
		lines = lines[len(lines)-n:]
	}
	return strings.Join(lines, "\n")
}

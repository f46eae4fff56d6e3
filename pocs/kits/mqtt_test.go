package kits

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestGoKitBuildsWithAndWithoutMQTT writes the Go kit as `sealab new` does and builds it both ways. What it needs over MQTT
// comes from this module's own cache: nothing is fetched.
func TestGoKitBuildsWithAndWithoutMQTT(t *testing.T) {
	dir := t.TempDir()
	for i := range Kits {
		if Kits[i].Lang != "go" {
			continue
		}
		for _, f := range Kits[i].Files("mine", "starter") {
			write(t, filepath.Join(dir, f.Name), f.Text)
			if strings.HasPrefix(f.Name, "sealab_mqtt") && !strings.HasPrefix(f.Text, "//go:build mqtt\n\n") {
				t.Errorf("%s would not build without its library", f.Name)
			}
		}
	}
	build := func(args ...string) {
		t.Helper()
		c := exec.Command("go", append([]string{"build", "-o", filepath.Join(dir, "mine")}, args...)...)
		c.Dir, c.Env = dir, append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=mod", "GOWORK=off")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("go build %v: %v\n%s", args, err, out)
		}
	}
	build()
	for _, name := range []string{"go.mod", "go.sum"} { // the versions that this module has, as go get would add them
		text, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, name), strings.Replace(string(text), "module sealab\n", "module mine\n", 1))
	}
	build("-tags", "mqtt")
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestFloors holds the house up: which room may import which, and who alone may use a heavy dependency.
package main

import (
	"strconv"
	"strings"
	"testing"
)

// floorOf puts a room on its floor. Rooms import rooms on lower floors; mayAlso lists the exceptions.
func floorOf(room string) int {
	switch room {
	case "cmd/sealab":
		return 6
	case "web":
		return 5
	case "catalog", "pocs/all":
		return 4
	case "pocs", "pocs/parts", "sim/worlds", "sim/attacks", "sim/files", "sim/files/tree", "sim/audit", "sim/check":
		return 2
	case "sim", "sim/mqtt", "sim/contract", "sim/epcis":
		return 1
	case "sim/event", "sim/event/wire", "sim/seal", "sim/notice", "sim/geo", "sim/exact":
		return 0
	}
	switch {
	case strings.HasPrefix(room, "pocs/parts/"):
		return 2
	case strings.HasPrefix(room, "cmd/"):
		return 6
	case strings.HasPrefix(room, "web/"):
		return 5
	case strings.HasPrefix(room, "catalog/"):
		return 4
	case strings.HasPrefix(room, "pocs/kits"):
		return 0
	case strings.HasPrefix(room, "pocs/"):
		return 3
	}
	return -1
}

// mayAlso are the imports within a floor that are meant: worlds mount attacks; what is heard, and the mathematics, are
// the ground that the rest of floor 0 stands on; a notice names seals. A room and its own folders are one.
func mayAlso(room, target string) bool {
	switch {
	case room == "sim/worlds" && target == "sim/attacks":
		return true
	case floorOf(room) == 0 && (target == "sim/event" || target == "sim/event/wire" || target == "sim/exact"):
		return true
	case strings.HasPrefix(room, "pocs/parts/") && (target == "pocs/parts" || target == "pocs"):
		return true
	case room == "sim/event" && target == "sim/event/wire", room == "sim/notice" && target == "sim/seal":
		return true
	}
	top, _, _ := strings.Cut(room, "/")
	return (top == "web" || top == "catalog" || top == "cmd") && (target == top || strings.HasPrefix(target, top+"/"))
}

// mayImport is the whole rule for two rooms of ours.
func mayImport(room, target string) bool {
	if floorOf(room) == 3 && room != "pocs/experiment" && room != "pocs/program" && room != "pocs/nab" { // detectors: never where the truth is
		return target == "pocs" || target == "pocs/parts" || strings.HasPrefix(target, "pocs/parts/") || floorOf(target) == 0
	}
	return floorOf(target) < floorOf(room) || mayAlso(room, target)
}

// soleUser says in which room alone a dependency may be imported.
var soleUser = map[string]string{
	"github.com/gin-gonic/gin":            "web",
	"github.com/mattn/go-sqlite3":         "catalog",
	"github.com/eclipse/paho.mqtt.golang": "sim/mqtt",
	"github.com/mochi-mqtt/server/v2":     "sim/mqtt",
	"github.com/alecthomas/kong":          "cmd/sealab",
	"github.com/danielgtaylor/huma/v2":    "web",
	"github.com/rogpeppe/go-internal/":    "cmd/sealab",
	"github.com/microcosm-cc/bluemonday":  "web",
	"github.com/gin-contrib/":             "web",
	"github.com/go-rod/rod":               "web",
	"github.com/gorilla/websocket":        "sim/mqtt",
	"github.com/coder/websocket":          "sim/mqtt",
}

func TestFloors(t *testing.T) {
	for _, f := range MustSource(t) {
		if floorOf(f.Room) < 0 {
			t.Errorf("%s: room %q is on no floor of the house; DESIGN section 2 names them", f.Path, f.Room)
			continue
		}
		for _, spec := range f.Syntax.Imports {
			target, _ := strconv.Unquote(spec.Path.Value)
			if ours, ok := strings.CutPrefix(target, "sealab/"); ok {
				if !f.Test && !mayImport(f.Room, ours) {
					t.Errorf("%s:%d: %s (floor %d) may not import %s (floor %d)",
						f.Path, f.line(spec.Pos()), f.Room, floorOf(f.Room), ours, floorOf(ours))
				}
				continue
			}
			checkSoleUser(t, f, target)
		}
	}
}

func checkSoleUser(t *testing.T, f *sourceFile, target string) {
	for dependency, room := range soleUser {
		if !strings.HasPrefix(target, dependency) {
			continue
		}
		// The tests of the command line alter a stored byte, as an intruder would: not by way of the catalogue.
		intruder := f.Test && f.Room == "cmd/sealab" && room == "catalog"
		// The Go kit is a stranger's program that happens to be built here.
		stranger := f.Room == "pocs/kits/golang" && room == "sim/mqtt"
		if f.Room != room && !strings.HasPrefix(f.Room, room+"/") && !intruder && !stranger {
			t.Errorf("%s: %s may be imported in %s only", f.Path, target, room)
		}
	}
}

// TestFloorsBites proves that the rule would see a detector that reaches for the truth.
func TestFloorsBites(t *testing.T) {
	forbidden := [][2]string{
		{"pocs/kalman", "sim"}, {"pocs/kalman", "pocs/rules"}, {"sim", "pocs"}, {"sim/attacks", "sim/worlds"},
		{"catalog", "web"}, {"sim/seal", "sim/geo"}, {"pocs/parts", "pocs"}, {"sim/mqtt", "sim"},
	}
	for _, pair := range forbidden {
		if mayImport(pair[0], pair[1]) {
			t.Errorf("the rule lets %s import %s", pair[0], pair[1])
		}
	}
}

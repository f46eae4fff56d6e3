// A manifest on its way in: a stranger's file that says what to make.

package dataset

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"sealab/sim"
)

// maxManifest is how many bytes a manifest may have: ten thousand worlds of six files each are fewer.
const maxManifest = 32 << 20

// manifestKeys are those that a manifest may have; settings may be called anything here.
var manifestKeys = map[string][]string{"": keysOf(Manifest{}), "worlds": keysOf(World{}), "files": keysOf(File{})}

// ReadManifest reads and checks a manifest. The settings are not checked against the scenario: whoever makes the worlds
// does that.
func ReadManifest(from io.Reader) (*Manifest, error) {
	text, err := io.ReadAll(io.LimitReader(from, maxManifest+1))
	if err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	if len(text) > maxManifest {
		return nil, fmt.Errorf("read manifest: it is longer than %d MB", maxManifest>>20)
	}
	if err := readable(text, Kind, manifestKeys); err != nil {
		return nil, fmt.Errorf("read manifest: %w", err)
	}
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("read manifest: %w", placed(text, err))
	}
	switch {
	case m.Scenario == "":
		return nil, errors.New("read manifest: scenario: is missing")
	case len(m.Worlds) == 0 || len(m.Worlds) > MaxWorlds:
		return nil, fmt.Errorf("read manifest: worlds: there are %d, allowed are 1 to %d", len(m.Worlds), MaxWorlds)
	case len(m.Files) == 0:
		return nil, errors.New("read manifest: files: there are none")
	}
	seen := map[uint64]bool{}
	for i := range m.Worlds {
		switch seed := m.Worlds[i].Seed; {
		case seed >= sim.MaxSeed:
			return nil, fmt.Errorf("read manifest: worlds[%d].seed: %d is not below 2^53", i, seed)
		case seen[seed]:
			return nil, fmt.Errorf("read manifest: worlds[%d].seed: %d is there twice", i, seed)
		default:
			seen[seed] = true
		}
	}
	return &m, nil
}

// Seeds are those of the worlds.
func (m *Manifest) Seeds() []uint64 {
	list := make([]uint64, len(m.Worlds))
	for i := range m.Worlds {
		list[i] = m.Worlds[i].Seed
	}
	return list
}

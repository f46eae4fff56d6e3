// Package dataset writes labelled datasets, which are worlds as files: every message as it was heard, the truth about
// it, checksums and a data card; and it reads findings that were made of them elsewhere, to have them judged.
//
// A dataset holds no time of any clock and no name of any machine: made again from its manifest it has the same bytes.
// Its making needs the memory of one row group, not that of a world.
package dataset

import (
	"fmt"
	"path"
	"strconv"

	"sealab/pocs"
	"sealab/sim"
	"sealab/sim/files"
)

// Version is that of the format of a dataset's files; a reader of version 1 refuses any other.
const Version = 1

// Kind says what kind of thing a manifest is about.
const Kind = "sealab dataset"

// Licence is that of what is written: the program's own.
const Licence = "Apache-2.0"

// The files of a world.
const (
	messagesName = "messages.ndjson"
	parquetName  = "messages.parquet"
	noticesName  = "notices.ndjson"
	truthName    = "truth.json"
	epcisName    = "epcis.json"
	cardName     = "README.md"
	manifestName = "manifest.json"
)

// Manifest is manifest.json: what was made, how, and the checksum of each file. `sealab schema dataset` publishes it.
type Manifest struct {
	Version   int          `json:"v"`
	Kind      string       `json:"kind"` // always Kind
	Challenge string       `json:"challenge"`
	Scenario  string       `json:"scenario"`
	Extends   string       `json:"extends,omitempty"` // the scenario whose recipe that is, where it is another one
	Doc       string       `json:"doc,omitempty"`     // what such a scenario is
	Settings  sim.Settings `json:"settings"`          // all resolved, the assumptions among them
	// Seed and WorldDigest are those of the one world; absent where there are several.
	Seed        *uint64 `json:"seed,omitempty"`
	WorldDigest string  `json:"world_digest,omitempty"`
	Worlds      []World `json:"worlds"` // by seed
	EPCIS       bool    `json:"epcis"`  // the messages are there as EPCIS too
	Commit      string  `json:"commit"` // of the code that made it
	Licence     string  `json:"licence"`
	Files       []File  `json:"files"` // but for the manifest itself, in order of their names
}

// World is one world of a dataset.
type World struct {
	Seed        uint64       `json:"seed"`
	Folder      string       `json:"folder"` // where its files lie; empty: beside the manifest
	WorldDigest string       `json:"world_digest"`
	Start       files.Moment `json:"start"`
	End         files.Moment `json:"end"`
	Events      int          `json:"events"` // readings and notices
	Readings    int          `json:"readings"`
	Notices     int          `json:"notices"`
	Incidents   int          `json:"incidents"` // hostile and heard
	Unheard     int          `json:"unheard"`   // hostile, and nothing ever showed them
	LookAlikes  int          `json:"lookalikes"`
	Trips       int          `json:"trips"`
	SealDays    float64      `json:"seal_days"`
}

// File is one file with its checksum. Rows are messages, notices, incidents or EPCIS events; 0 for prose.
type File struct {
	Name   string `json:"name"` // from the manifest's folder, with slashes
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	Rows   int    `json:"rows"`
}

// Spec says what to make.
type Spec struct {
	Challenge string
	Scenario  sim.Scenario
	Settings  sim.Settings // all resolved
	Seeds     []uint64
	Terms     pocs.Terms // what the truth says of judging
	EPCIS     bool
	Commit    string
	// Progress is told how far the making has come, 0 to 1; nil: nobody.
	Progress func(fraction float64, note string)
}

// folder is where the files of a world lie.
func (s *Spec) folder(seed uint64) string {
	if len(s.Seeds) == 1 {
		return ""
	}
	return "seed-" + strconv.FormatUint(seed, 10)
}

// MaxWorlds is how many worlds a dataset may have.
const MaxWorlds = 10_000

// check refuses what no dataset can be.
func (s *Spec) check() error {
	if len(s.Seeds) == 0 || len(s.Seeds) > MaxWorlds {
		return fmt.Errorf("make dataset of %d worlds: allowed are 1 to %d", len(s.Seeds), MaxWorlds)
	}
	seen := map[uint64]bool{}
	for _, seed := range s.Seeds {
		if seen[seed] {
			return fmt.Errorf("make dataset: seed %d is there twice", seed)
		}
		seen[seed] = true
	}
	return nil
}

func join(folder, name string) string { return path.Join(folder, name) }

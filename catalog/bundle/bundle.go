// Package bundle writes and reads experiments as one file that another hub can check: everything that a conclusion rests
// on, with checksums.
//
// A bundle is a zip archive. Its members are plain JSON, so that a stranger can read them with nothing but an unzip; see
// readme.go. The same content gives the same bytes. Reading is the hostile side: names, counts, sizes and ratios are
// limited before anything is unpacked, and each byte of the file is covered three times: by the seal at its end, which
// covers the archive's own framing too, by SHA256SUMS, and by the sums of the store's records.
package bundle

import (
	"fmt"
	"path"
	"regexp"

	"sealab/catalog"
	"sealab/catalog/proof"
	"sealab/sim/files"
)

// Manifest is manifest.json. `sealab schema bundle` publishes it.
type Manifest struct {
	Version    int              `json:"v"`
	Kind       string           `json:"kind"` // always Kind
	Experiment Experiment       `json:"experiment"`
	Trials     []Trial          `json:"trials"` // by arm, scenario and seed
	Events     Coverage         `json:"events"`
	Worlds     []World          `json:"worlds"` // by seed, scenario and digest
	Runs       []proof.Manifest `json:"runs"`   // by id
}

// Kind says what kind of file this is.
const Kind = "sealab experiment bundle"

// Experiment is the kept record of the experiment; its file is experiment.yaml.
type Experiment struct {
	ID       string        `json:"id"`
	Room     string        `json:"room"`
	Name     string        `json:"name"`
	Question string        `json:"question"`
	Hash     string        `json:"hash"` // of the file's canonical form
	State    catalog.State `json:"state"`
	Reason   string        `json:"reason,omitempty"`
	Commit   string        `json:"commit"` // of the code that ran it last
	Created  files.Moment  `json:"created"`
	Finished files.Moment  `json:"finished"`
}

// Trial is one trial of the design and the run that it rests on, which equal arms share.
type Trial struct {
	Arm      string `json:"arm"`
	Scenario string `json:"scenario"` // as the design names it
	Seed     uint64 `json:"seed"`
	Run      string `json:"run"`
}

// Coverage says of which worlds the messages are here.
type Coverage struct {
	Policy Policy `json:"policy"`
	Worlds int    `json:"worlds"`
	Kept   int    `json:"kept"`
	Note   string `json:"note"`
}

// World is what was heard by some of the runs.
type World struct {
	Digest   string `json:"digest"`
	Scenario string `json:"scenario"`
	Seed     uint64 `json:"seed"`
	Events   string `json:"events,omitempty"` // the member that holds its messages
	Plan     string `json:"plan,omitempty"`   // the member that holds the map's plan
	Why      string `json:"why,omitempty"`    // its messages are not here
}

// Policy says of how many worlds the messages go into a bundle.
type Policy string

// The policies. Some is all worlds up to someWorlds; beyond that those of the first seeds, in every scenario.
const (
	All  Policy = "all"
	Some Policy = "some"
	None Policy = "none"
)

// someWorlds keeps a bundle of default worlds below some 40 MB.
const someWorlds = 20

// Policies lists them.
func Policies() []Policy { return []Policy{All, Some, None} }

// The members that every bundle has, and the one that some have.
const (
	readmeName   = "README.txt"
	fileName     = "experiment.yaml"
	manifestName = "manifest.json"
	resultsName  = "results.json" // absent where nothing could be concluded
	reportName   = "report.html"
	sumsName     = "SHA256SUMS"
)

// Where the others lie.
const (
	runDir, truthDir, eventDir, planDir = "runs", "truth", "events", "plans"
)

// allowed are all names that a member may have: nothing that could leave its folder.
var allowed = regexp.MustCompile(`^(README\.txt|experiment\.yaml|manifest\.json|results\.json|report\.html|SHA256SUMS|` +
	`runs/[A-Za-z0-9_-]{1,64}\.json|truth/t-[0-9a-f]{20}\.json|events/w-[0-9a-f]{20}\.ndjson\.gz|plans/w-[0-9a-f]{20}\.json)$`)

func runName(id string) string     { return path.Join(runDir, id+".json") }
func truthName(name string) string { return path.Join(truthDir, name+".json") }

// worldName names a world after its digest.
func worldName(digest string) string {
	const prefix, digits = "sha256:", 20
	if len(digest) != len(prefix)+64 {
		return "w-00000000000000000000"
	}
	return "w-" + digest[len(prefix):len(prefix)+digits]
}

// Limits of what is read.
const (
	maxMembers = 65_000   // a zip without the 64-bit extension holds 65,535
	maxText    = 64 << 20 // bytes of a run, truth, plan or report
	maxEvents  = 1 << 30  // bytes of one world's messages, unpacked
	maxTotal   = 8 << 30  // bytes of all members together
	maxRatio   = 200      // unpacked to packed, of members above a megabyte: more is a bomb
	bigMember  = 1 << 20
)

// MaxBytes is how large a bundle may be.
const MaxBytes = 1 << 30

// Refused says which member of a bundle is wrong, and how. Member is empty where it is the file as a whole.
type Refused struct{ Member, Why string }

// Error names the member.
func (r *Refused) Error() string {
	if r.Member == "" {
		return "the bundle is refused: " + r.Why
	}
	return fmt.Sprintf("the bundle is refused: %s: %s", r.Member, r.Why)
}

func refuse(member, format string, args ...any) error {
	return &Refused{member, fmt.Sprintf(format, args...)}
}

// What a stranger who unpacks a bundle reads first.

package bundle

import "fmt"

func readme(m *Manifest) []byte {
	e := &m.Experiment
	return fmt.Appendf(nil, `An experiment of Sealab, with everything that its conclusion rests on
====================================================================

%s
%s

experiment %s, %d runs, last run by code %s

Sealab tries proofs of concept for Customs in simulated worlds whose truth is known. One seed gives one world, byte for
byte, so that whoever has the code can play every run of this experiment again and see whether the same comes out.

What is here
  experiment.yaml   the experiment as it was written: arms, scenarios, seeds, thresholds
  manifest.json     everything that decides each run (settings, parameters, seeds, the code's commit) and its digests
  results.json      what followed from the runs (absent where the experiment was not whole)
  runs/             one file a run: score, and every finding with what the judge made of it
  truth/            what really happened in a world: attacks, look-alikes, trips; runs in one world share it
  events/           every message that was heard in a world, one a line, in the order of hearing (gzip)
  plans/            how everything was to move in that world, for a map
  report.html       the report, for reading (where there is one)
  SHA256SUMS        checksums of all other files: sha256sum -c SHA256SUMS

%s

How to check it
  sealab verify bundle FILE.zip               checks every byte and plays every run again
  sealab experiment import FILE.zip           the same, and keeps it, so that a dashboard shows it
Sums and digests are SHA-256. world_digest is over what was heard, findings_digest over what the detector said, digest
over both; record and truth, in manifest.json, are over every field of a run and of its truth. Times are UTC.
`, orDash(e.Name), orDash(e.Question), e.ID, len(m.Runs), orDash(e.Commit), m.Events.Note)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

package pocs

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"sealab/sim"
	"sealab/sim/event"
	"sealab/sim/exact"
	"sealab/sim/seal"
)

// Carrier moves a batch to the detector and adds nothing. What it returns is valid until it is called again.
type Carrier func(context.Context, event.Batch) (event.Batch, error)

// Direct hands every batch straight across.
func Direct(_ context.Context, b event.Batch) (event.Batch, error) { return b, nil }

// Moment is one tick as it was heard, before the detector's Step.
type Moment struct {
	Batch event.Batch // valid during Record only
}

// Tape takes down what was heard: the store, a browser, a test.
type Tape interface {
	Record(Moment) error
}

// Progress says how far a trial has come.
type Progress struct {
	Now      time.Time // virtual
	Fraction float64   // of the world's span
	Readings int
	Findings int
}

// Trial is one arm in one world: all that decides a run, and what is handed in.
type Trial struct {
	Challenge *Challenge
	PoC       *PoC
	Params    Params
	Scenario  *sim.Scenario
	Settings  sim.Settings
	Seed      uint64
	DiceSeed  uint64 // of the detector's dice
	SeesTruth bool   // only for a PoC that pocs/all marks so
	Terms     Terms

	CarrierName string
	Carrier     Carrier                   // nil: Direct
	Tape        Tape                      // nil: none
	Watch       func(Progress, []Finding) // nil: nobody; called after each tick with its findings
	KeepBasis   bool                      // findings keep what they rest on
}

// Play makes the world, runs the loop to its end and judges. A carrier or detector that fails makes a failed run,
// whose Reason says why; an error is returned only when the trial could not begin or ctx was cancelled.
func (t Trial) Play(ctx context.Context) (*Run, error) {
	w, err := sim.New(*t.Scenario, t.Settings, t.Seed)
	if err != nil {
		return nil, fmt.Errorf("make world: %w", err)
	}
	det, err := t.PoC.New(t.setup(w))
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", t.PoC.Name, err)
	}
	defer closeDetector(det)
	l := loop{trial: &t, det: det, world: event.NewDigest(), carrier: t.Carrier, keepBasis: t.KeepBasis}
	if l.carrier == nil {
		l.carrier = Direct
	}
	start, end := w.Span()
	for batch := range w.Batches() {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("play trial: %w", err)
		}
		if err := l.tick(ctx, batch); err != nil {
			if ctx.Err() != nil {
				return nil, fmt.Errorf("play trial: %w", ctx.Err())
			}
			l.reason = err.Error()
			break
		}
		if t.Watch != nil {
			fraction := float64(batch.Now.Sub(start)) / float64(end.Sub(start))
			t.Watch(Progress{batch.Now, fraction, l.readings, len(l.findings)}, l.fresh)
		}
	}
	return t.record(w, &l), nil
}

// closeDetector lets a detector that holds something of the outer world, such as a program, give it back.
func closeDetector(d Detector) {
	if c, ok := d.(io.Closer); ok {
		_ = c.Close() // the run has its findings by then
	}
}

func (t *Trial) setup(w *sim.World) Setup {
	s := Setup{Params: t.Params, Dice: exact.NewDice(t.DiceSeed, "detector/"+t.PoC.Name), Keys: w.Keyring(), Registered: w.Registered()}
	if t.SeesTruth {
		s.Truth = w.Heard
	}
	return s
}

// loop is the one runner loop: carry, tape, step, stamp, digest.
type loop struct {
	trial    *Trial
	det      Detector
	carrier  Carrier
	world    *event.Digest
	events   int
	readings int
	findings []Finding
	fresh    []Finding // of the last tick
	reason   string

	keepBasis bool
}

func (l *loop) tick(ctx context.Context, b event.Batch) error {
	b, err := l.carrier(ctx, b)
	if err != nil {
		return err
	}
	l.hear(b)
	if l.trial.Tape != nil {
		if err := l.trial.Tape.Record(Moment{b}); err != nil {
			return fmt.Errorf("record tape: %w", err)
		}
	}
	return l.say(b)
}

// hear digests and counts what was heard.
func (l *loop) hear(b event.Batch) {
	l.world.Add(b)
	l.events += len(b.Events)
	for i := range b.Events {
		if b.Events[i].Message.Kind() == seal.KindReading {
			l.readings++
		}
	}
}

// say steps the detector and stamps what it finds.
func (l *loop) say(b event.Batch) error {
	said, err := step(l.det, b)
	if err != nil {
		return err
	}
	from := len(l.findings)
	for _, f := range said {
		f.At = b.Now
		if !l.keepBasis {
			f.Basis = nil
		}
		l.findings = append(l.findings, f)
	}
	l.fresh = l.findings[from:]
	return nil
}

// step calls the detector and turns a panic of it into an error: one bad detector must not take the hub down.
func step(d Detector, b event.Batch) (said []Finding, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("detector_panic: %v", p)
		}
	}()
	said, err = d.Step(b)
	for i := range said {
		if f := &said[i]; err == nil && (f.Container == "" || f.Level < 0 || f.Level > 1000) {
			err = errors.New("detector_finding: container is empty or level is not 0–1000")
		}
	}
	return said, err
}

func (t *Trial) record(w *sim.World, l *loop) *Run {
	r := &Run{
		Challenge: t.Challenge.Name, PoC: t.PoC.Name, Params: t.Params, Scenario: t.Scenario.Name, Extends: t.Scenario.Extends,
		Settings: t.Settings, Seed: t.Seed, Carrier: t.CarrierName, DiceSeed: t.DiceSeed, Terms: t.Terms,
		Events: l.events, Readings: l.readings, Findings: l.findings, Truth: w.Truth(), Claim: t.PoC.Claim,
		Reason: l.reason, Verdict: Unknown,
	}
	if r.Claim == "" {
		r.Claim = DefaultClaim
	}
	r.WorldDigest = l.world.String()
	r.FindingsDigest = FindingsDigest(l.findings)
	r.Digest = JointDigest(r.WorldDigest, r.FindingsDigest)
	if r.Reason == "" {
		r.Score = t.Challenge.Judge(r.Truth, r.Findings, t.Terms)
		r.Verdict = Judge(r.Claim, r.Score)
	}
	return r
}

// FindingsDigest is SHA-256 over (at, container, kind, level) of the findings in their order, never their prose.
func FindingsDigest(list []Finding) string {
	var b []byte
	for i := range list {
		f := &list[i]
		b = binary.LittleEndian.AppendUint64(b, uint64(f.At.UnixMilli()))
		b = event.AppendString(b, f.Container)
		b = event.AppendString(b, f.Kind)
		b = binary.LittleEndian.AppendUint16(b, uint16(f.Level))
	}
	sum := sha256.Sum256(b)
	return event.FormatSum(sum[:])
}

// JointDigest is SHA-256 over the two digests as printed, a line each.
func JointDigest(world, findings string) string {
	sum := sha256.Sum256([]byte(world + "\n" + findings + "\n"))
	return event.FormatSum(sum[:])
}

package catalog

import (
	"context"
	"errors"
	"math"
	"reflect"
	"strconv"
	"testing"
	"time"

	"sealab/pocs"
)

func TestRunComesBackExactly(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	failed := &pocs.Run{ID: "r-failed", Room: DefaultRoom, Reason: "detector_timeout", Verdict: pocs.Unknown}
	failed.FindingsDigest = pocs.FindingsDigest(nil)
	failed.Digest = pocs.JointDigest("", failed.FindingsDigest)
	for _, want := range []*pocs.Run{sample(1), sample(2), failed} {
		mustSave(t, s, want)
		got, err := s.Run(context.Background(), want.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("run came back as\n%+v\nwant\n%+v", got, want)
		}
		if diff := Diff(want, got); len(diff) > 0 {
			t.Errorf("the run that came back differs: %v", diff)
		}
		if list, err := s.VerifyStored(context.Background(), want.ID); err != nil || len(list) > 0 {
			t.Errorf("a fresh run is called altered: %v, %v", list, err)
		}
	}
	if bits := math.Float64bits(*must(s.Run(context.Background(), "r-00000001")).Score.Values["delay_p50_s"]); bits != 0 {
		t.Errorf("minus zero came back as bits %x, want zero", bits)
	}
}

func must[V any](v V, err error) V {
	if err != nil {
		panic(err)
	}
	return v
}

// TestEveryFieldIsKept fills every field by reflection, so that one that joins pocs.Run cannot be forgotten here.
func TestEveryFieldIsKept(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	r := &pocs.Run{}
	n := 0
	fillRun(r, &n)
	r.ID, r.Room = "r-1", DefaultRoom
	mustSave(t, s, r)
	if got := must(s.Run(context.Background(), r.ID)); !reflect.DeepEqual(got, r) {
		t.Errorf("got\n%+v\nwant\n%+v", got, r)
	}
}

// fillRun fills a run, but for what a finding rests on: that is asked anew where it is wanted, and kept nowhere.
func fillRun(r *pocs.Run, n *int) {
	fill(reflect.ValueOf(r).Elem(), n)
	for i := range r.Findings {
		r.Findings[i].Basis = nil
	}
}

// fill gives everything in v a value of its own.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString("s" + strconv.Itoa(*n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Uint64:
		v.SetUint(uint64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.1)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		value := reflect.New(v.Type().Elem()).Elem()
		fill(value, n)
		v.SetMapIndex(reflect.ValueOf("k"+strconv.Itoa(*n)), value)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(day0.Add(time.Duration(*n) * time.Millisecond)))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	default:
		panic("fill: no value for a " + v.Type().String())
	}
}

func TestWhatCannotBeKeptIsRefused(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	for name, spoil := range map[string]func(*pocs.Run){
		"score NaN":      func(r *pocs.Run) { r.Score.Values["recall"] = number(math.NaN()) },
		"score infinite": func(r *pocs.Run) { r.Score.Values["recall"] = number(math.Inf(1)) },
		"setting":        func(r *pocs.Run) { r.Settings["seals"] = math.Inf(-1) },
		"seed":           func(r *pocs.Run) { r.Seed = 1 << 53 },
		"dice seed":      func(r *pocs.Run) { r.DiceSeed = 1 << 63 },
		"incident param": func(r *pocs.Run) { r.Truth.Incidents[2].Params = map[string]float64{"x": math.NaN()} },
		"value":          func(r *pocs.Run) { r.Score.Findings[1].Value = math.NaN() },
		"level":          func(r *pocs.Run) { r.Findings[0].Level = 1001 },
		"no id":          func(r *pocs.Run) { r.ID = "" },
		"bad id":         func(r *pocs.Run) { r.ID = "a/#" },
	} {
		r := sample(1)
		spoil(r)
		if err := s.SaveRun(context.Background(), r); !errors.Is(err, ErrUnfit) {
			t.Errorf("%s: got error %v, want ErrUnfit", name, err)
		}
		if n := must(s.CountRuns(context.Background(), Query{})); n != 0 {
			t.Fatalf("%s: %d rows were left behind", name, n)
		}
	}
}

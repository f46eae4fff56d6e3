package seal

// This file measures both forms of a reading, beside the standard library on a struct of the same shape.

import (
	"crypto/sha256"
	"encoding/json"
	"testing"
	"time"

	"sealab/sim/event"
)

func BenchmarkAppendRecord(b *testing.B) {
	r := sample()
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = r.AppendRecord(buf[:0])
	}
	b.ReportMetric(float64(len(buf)), "bytes")
}

// BenchmarkDigest is the whole path of a record: written and hashed.
func BenchmarkDigest(b *testing.B) {
	batch := event.Batch{}
	for i := range 100 {
		batch.Events = append(batch.Events, event.Event{At: time.UnixMilli(1772352900250), N: uint64(i), Message: sample()})
	}
	d := event.NewDigest()
	b.ReportAllocs()
	for b.Loop() {
		d.Add(batch)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100, "ns/reading")
}

func BenchmarkHashAlone(b *testing.B) {
	buf := sample().AppendRecord(nil)
	h := sha256.New()
	for b.Loop() {
		h.Write(buf)
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	r := sample()
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = r.AppendJSON(buf[:0])
	}
	b.ReportMetric(float64(len(buf)), "bytes")
}

func BenchmarkAppendJSONStandard(b *testing.B) {
	var m plain
	if err := json.Unmarshal(sample().AppendJSON(nil), &m); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.Marshal(&m); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	text := sample().AppendJSON(nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeArray(b *testing.B) {
	text := []byte("[")
	for range 20 {
		text = append(sample().AppendJSON(text), ',')
	}
	text[len(text)-1] = ']'
	b.ReportAllocs()
	for b.Loop() {
		if _, err := DecodeArray(text); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/20, "ns/reading")
}

func BenchmarkDecodeStandard(b *testing.B) {
	text := sample().AppendJSON(nil)
	b.ReportAllocs()
	for b.Loop() {
		var m plain
		if err := json.Unmarshal(text, &m); err != nil {
			b.Fatal(err)
		}
	}
}

// plain is a reading as the standard library would hold it.
type plain struct {
	Boot      int    `json:"boot"`
	Buffered  bool   `json:"buffered"`
	Container string `json:"container"`
	Clk       struct {
		ErrMs float64 `json:"errMs"`
		Src   string  `json:"src"`
	} `json:"clk"`
	Env struct {
		DoorOpen bool    `json:"doorOpen"`
		GPeak    float64 `json:"gPeak"`
		GRms     float64 `json:"gRms"`
		Lux      float64 `json:"lux"`
		MagMT    float64 `json:"magMT"`
		PHPa     float64 `json:"pHPa"`
		RH       float64 `json:"rh"`
		TC       float64 `json:"tC"`
		Tilt     float64 `json:"tilt"`
	} `json:"env"`
	Kind string `json:"kind"`
	Net  struct {
		Backlog int     `json:"backlog"`
		Cell    int     `json:"cell"`
		MCC     int     `json:"mcc"`
		MNC     int     `json:"mnc"`
		RAT     string  `json:"rat"`
		RSRP    float64 `json:"rsrp"`
	} `json:"net"`
	Pos struct {
		AccM  float64  `json:"accM"`
		AgeS  float64  `json:"ageS"`
		CN0   float64  `json:"cn0"`
		CN0SD float64  `json:"cn0sd"`
		COG   float64  `json:"cog"`
		Fix   string   `json:"fix"`
		HDOP  float64  `json:"hdop"`
		Jam   int      `json:"jam"`
		Lat   *float64 `json:"lat"`
		Lon   *float64 `json:"lon"`
		Sats  int      `json:"sats"`
		SpdKn float64  `json:"spdKn"`
	} `json:"pos"`
	Pwr struct {
		Charging bool    `json:"charging"`
		MAhUsed  float64 `json:"mAhUsed"`
		MV       float64 `json:"mV"`
		Pct      float64 `json:"pct"`
	} `json:"pwr"`
	Seal      string `json:"seal"`
	SealState struct {
		ArmedAt    *time.Time `json:"armedAt"`
		OpenedAt   *time.Time `json:"openedAt"`
		SealType   string     `json:"sealType"`
		Source     string     `json:"source"`
		Status     string     `json:"status"`
		TamperedAt *time.Time `json:"tamperedAt"`
	} `json:"seal_state"`
	Sent time.Time `json:"sent"`
	Seq  int       `json:"seq"`
	Trip string    `json:"trip"`
	TS   time.Time `json:"ts"`
	V    int       `json:"v"`
}

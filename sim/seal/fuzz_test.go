package seal

// This file throws bytes at the decoder.

import (
	"bytes"
	"strings"
	"testing"
)

// FuzzDecode never panics, and what it takes is what its own JSON says, by both forms and by the schema.
func FuzzDecode(f *testing.F) {
	f.Add(sample().AppendJSON(nil))
	f.Add([]byte(with(`,"event":{"code":"ROPE_CUT","sev":"alarm","detail":"\u00e9\ud83d\ude00","cmdId":"c"},"x":[{"y":1.5e-3}]`)))
	f.Add([]byte(`{"v":1,"seal":"SLB-1","kind":"death","online":false,"reason":"lwt","seq":null}`))
	f.Add([]byte(with(`,"pos":{"lat":51.9500005,"lon":null,"fix":"9d"}`)))
	signed := sample()
	signed.Sign(aKey(1), "SLB-1.1", &[32]byte{})
	f.Add(signed.AppendJSON(nil))
	f.Add([]byte(strings.Replace(string(signed.AppendJSON(nil)), `"v":1`, `"v":1,"x":{"b":1,"a":2}`, 1)))
	validate := validator(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := Decode(text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "decode reading: ") || len(err.Error()) > 300 {
				t.Fatalf("error %q", err)
			}
			return
		}
		own := d.Reading.AppendJSON(nil)
		again, err := Decode(own)
		if err != nil || again.Rounded != 0 || again.Unknown != nil {
			t.Fatalf("%s: %v, rounded %d, unknown %v", own, err, again.Rounded, again.Unknown)
		}
		if !bytes.Equal(d.Reading.AppendRecord(nil), again.Reading.AppendRecord(nil)) || !bytes.Equal(own, again.Reading.AppendJSON(nil)) {
			t.Fatalf("%s came back as %s", own, again.Reading.AppendJSON(nil))
		}
		if err := validate(own); err != nil {
			t.Fatalf("%v\n%s", err, own)
		}
	})
}

func FuzzDecodeArray(f *testing.F) {
	f.Add([]byte("[" + with("") + "," + with("") + "]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		all, err := DecodeArray(text)
		one, errOne := Decode(text)
		if errOne == nil && (err != nil || len(all) != 1 || !bytes.Equal(all[0].Reading.AppendRecord(nil), one.Reading.AppendRecord(nil))) {
			t.Fatalf("taken alone, not as an array: %v", err)
		}
	})
}

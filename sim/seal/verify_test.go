package seal

// This file tests signatures and chains: what they show, and what they cannot.

import (
	"crypto/ed25519"
	"crypto/sha256"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func aKey(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(append(make([]byte, ed25519.SeedSize-1), n))
}

// ring holds the keys of two seals.
func ring(kid string) (Key, bool) {
	switch kid {
	case "own.1":
		return Key{kid, "SLB-00000007", aKey(1).Public().(ed25519.PublicKey)}, true
	case "other.1":
		return Key{kid, "SLB-00000008", aKey(2).Public().(ed25519.PublicKey)}, true
	}
	return Key{}, false
}

// spoken makes a message with a number and a place of its own, signed and chained; prev moves on.
func spoken(boot, seq int64, key ed25519.PrivateKey, kid string, prev *[sha256.Size]byte) *Reading {
	r := sample()
	r.Set(Boot, boot)
	r.Set(Seq, seq)
	r.Set(Lat, 1000*boot+seq)
	*prev = r.Sign(key, kid, prev)
	return r
}

func TestSignedMessageVerifiesAlsoAfterItsWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReading(t)
		if r.Will() {
			return
		}
		r.Proof = nil
		var prev *[sha256.Size]byte
		if rapid.Bool().Draw(t, "chained") {
			prev = &[sha256.Size]byte{1, 2, 3}
		}
		link := r.Sign(aKey(1), "k", prev)
		keys := Keyring(func(string) (Key, bool) { return Key{"k", r.Seal, aKey(1).Public().(ed25519.PublicKey)}, true })
		d, err := Decode(r.AppendJSON(nil))
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range []*Reading{r, &d.Reading} {
			if got := keys.Verify(x); got != Good {
				t.Fatalf("%v: %s", got, x.AppendJSON(nil))
			}
			if x.Link() != link {
				t.Fatal("the link changed on the way")
			}
		}
	})
}

// TestTamperingIsSeen changes every field and every string of a signed message in turn.
func TestTamperingIsSeen(t *testing.T) {
	fresh := func() *Reading {
		r := sample()
		r.Seal, r.Detail, r.CmdID = "SLB-00000007", "d", "c"
		for f := range Fields {
			if r.Has&(1<<f) == 0 {
				r.Set(Field(f), Fields[f].Max)
			}
		}
		r.Sign(aKey(1), "own.1", &[sha256.Size]byte{9})
		return r
	}
	keys := Keyring(ring)
	if got := keys.Verify(fresh()); got != Good {
		t.Fatal(got)
	}
	bad := func(what string, want Answer, change func(*Reading)) {
		t.Helper()
		r := fresh()
		p := *r.Proof
		r.Proof = &p
		change(r)
		if got := keys.Verify(r); got != want {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	for f := range Fields {
		info := &Fields[f]
		bad(info.Path+" changed", BadSig, func(r *Reading) {
			if r.Val[f] > info.Min {
				r.Val[f]--
			} else {
				r.Val[f]++
			}
		})
		bad(info.Path+" taken out", BadSig, func(r *Reading) { r.Clear(Field(f)) })
	}
	bad("container", BadSig, func(r *Reading) { r.Container = MakeContainer(SimPrefix, 8) })
	bad("trip", BadSig, func(r *Reading) { r.Trip += "1" })
	bad("detail", BadSig, func(r *Reading) { r.Detail = "" })
	bad("command", BadSig, func(r *Reading) { r.CmdID += "x" })
	bad("prev", BadSig, func(r *Reading) { r.Proof.Prev[31]++ })
	bad("prev taken out", BadSig, func(r *Reading) { r.Proof.Linked = false })
	bad("signature", BadSig, func(r *Reading) { r.Proof.Value[0]++ })
	bad("signature taken out", BadSig, func(r *Reading) { r.Proof.Signed = false })
	bad("all proof taken out", BadSig, func(r *Reading) { r.Proof = nil })
	bad("another's seal number", UnknownKey, func(r *Reading) { r.Seal = "SLB-00000008" })
	bad("another seal's key", UnknownKey, func(r *Reading) { r.Sign(aKey(2), "other.1", nil) })
	bad("a key that nobody registered", UnknownKey, func(r *Reading) { r.Sign(aKey(3), "new.1", nil) })
	bad("a forged key", BadSig, func(r *Reading) { r.Sign(aKey(3), "own.1", nil) })
}

func TestForeignKeysAreSignedToo(t *testing.T) {
	text := strings.Replace(string(sample().AppendJSON(nil)), `"v":1`, `"future":{"b":1.50,"a":"é"},"v":1`, 1)
	text = strings.Replace(text, `"lat":51.950123`, `"lat":51.95012349`, 1) // a digit more than this version keeps
	sign := func(text string) string {
		d, err := Decode([]byte(strings.Replace(text, `"v":1`, `"sig":{"alg":"EdDSA","b64":"`+strings.Repeat("A", 86)+`","kid":"own.1"},"v":1`, 1)))
		if err != nil {
			t.Fatal(err)
		}
		value := b64.EncodeToString(ed25519.Sign(aKey(1), d.Reading.AppendSigned(nil)))
		return strings.Replace(text, `"v":1`, `"sig":{"kid":"own.1","alg":"EdDSA","b64":"`+value+`"} , "v":1`, 1)
	}
	good := sign(text)
	for more, want := range map[string]Answer{
		good: Good, strings.Replace(good, `1.50`, `1.5`, 1): Good, strings.Replace(good, `"é"`, `"e"`, 1): BadSig,
		strings.Replace(good, `51.95012349`, `51.95012348`, 1): BadSig, strings.Replace(good, `"future"`, `"furure"`, 1): BadSig,
	} {
		d, err := Decode([]byte(more))
		if err != nil {
			t.Fatal(err)
		}
		if got := Keyring(ring).Verify(&d.Reading); got != want {
			t.Errorf("%v, want %v: %s", got, want, more)
		}
	}
	all, err := DecodeArray([]byte("[" + string(sample().AppendJSON(nil)) + " ,\n " + good + "]"))
	if err != nil || Keyring(ring).Verify(&all[1].Reading) != Good {
		t.Errorf("in an array it does not verify: %v", err)
	}
}

func TestDecodeRefusesBadProofs(t *testing.T) {
	sig := func(alg, b64, kid string) string {
		return `,"sig":{"alg":"` + alg + `","b64":"` + b64 + `","kid":"` + kid + `"}`
	}
	long := strings.Repeat("A", 86)
	for more, want := range map[string]string{
		`,"prev":"00"`: "prev: ", `,"prev":"` + strings.Repeat("0F", 32) + `"`: "prev: ", `,"prev":7`: "prev is a number", `,"prev":null`: "prev: is null",
		sig("none", long, "k"): "sig.alg: ", sig("EdDSA", "AA", "k"): "sig.b64: ", sig("EdDSA", long[:85]+"B", "k"): "sig.b64: ",
		sig("EdDSA", long[:84]+`\n\n`, "k"): "sig.b64: ", sig("EdDSA", long, ""): "sig.kid: ", sig("EdDSA", long, "a/b"): "sig.kid: ",
		sig("EdDSA", long, strings.Repeat("k", 65)): "sig.kid: ", `,"sig":{"alg":"EdDSA","kid":"k"}`: "sig.b64: is missing", `,"sig":null`: "sig: is null",
		`,"sig":{}`: "sig.alg: is missing", `,"v":2`: "key is given twice",
	} {
		_, err := Decode([]byte(with(more)))
		want = strings.Replace(want, "prev is", "prev: is", 1)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", more, err, want)
		}
	}
	if _, err := Decode([]byte(strings.Replace(with(""), `"v":1`, `"v":2`, 1))); err == nil || !strings.Contains(err.Error(), "v: version 2 is newer than this reader, which knows version 1") {
		t.Errorf("a future version: %v", err)
	}
}

func TestUnsignedReadingsCostNothingMore(t *testing.T) {
	r, buf := sample(), make([]byte, 0, 2048)
	if n := testing.AllocsPerRun(100, func() { buf = r.AppendRecord(buf[:0]) }); n != 0 {
		t.Errorf("a record costs %v allocations", n)
	}
	if n := testing.AllocsPerRun(100, func() { buf = r.AppendJSON(buf[:0]) }); n != 0 {
		t.Errorf("JSON costs %v allocations", n)
	}
}

package sim

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"iter"
	"strconv"
	"strings"

	"sealab/sim/exact"
	"sealab/sim/seal"
)

// This file is how seals sign what they say, where the setting `signature` says so, and whose keys are registered.
//
// A message is signed last of all, when it is clear which incidents touch it: the link to an altered message differs
// from the honest twin's, and by that alone everything that a victim says later would count as the attack's. Only
// another key makes a message a touched one.

// SignatureSetting is the setting's name; what it can be follows.
const SignatureSetting = "signature"

// The modes of the setting.
const (
	Unsigned = iota // nobody signs
	Signed          // each message is signed
	Chained         // each message is signed, and has the hash of the one before
)

// Whose key a device signs with (Device.Key). Any number above 0 is a key that nobody registered, and the device says so
// by its id.
const (
	OwnKey     = 0
	ForeignKey = 1  // the key of another device
	ForgedKey  = -1 // the attacker's own key, under the id of the seal's
)

// signer is a device's present key.
type signer struct {
	of  int // Device.Key that it was made for
	key ed25519.PrivateKey
	kid string
}

// sign signs what the seal is about to say.
func (w *World) sign(s *Seal, r *seal.Reading) {
	if s.signer == nil || s.signer.of != s.Key {
		s.signer = &signer{s.Key, privateKey(w.seed, s.id, s.Key), keyID(s.id, s.Key)}
	}
	var prev *[sha256.Size]byte
	if w.signs == Chained {
		prev = &s.link
	}
	s.link = r.Sign(s.signer.key, s.signer.kid, prev)
}

// enrol sets where the chain of a seal's device stands when the world begins: at its first link, or at what it said
// before.
func (w *World) enrol(s *Seal) {
	if w.signs != Chained || s.Seq == 0 {
		return
	}
	d := exact.NewDice(w.seed, "chain/"+s.id)
	fill(s.link[:], &d)
}

// keyID names a device's key: the seal's first, registered one, also where it is forged, or a later one.
func keyID(id string, which int) string { return id + "." + strconv.Itoa(1+max(which, 0)) }

// privateKey derives a key from the world's dice: the same world, the same signatures.
func privateKey(seed uint64, id string, which int) ed25519.PrivateKey {
	d := exact.NewDice(seed, "key/"+id+"/"+strconv.Itoa(which))
	var from [ed25519.SeedSize]byte
	fill(from[:], &d)
	return ed25519.NewKeyFromSeed(from[:])
}

// fill fills 32 bytes from dice.
func fill(b []byte, d *exact.Dice) {
	for i := 0; i+8 <= len(b); i += 8 {
		binary.LittleEndian.PutUint64(b[i:], d.Uint64())
	}
}

// Registry holds the public keys of a world's seals. It derives each when it is first asked for, and is used by one
// goroutine.
type Registry struct {
	seed  uint64 // of all dice of the world
	seals int
	known map[string]seal.Key
}

// NewRegistry returns the keys of the world that New makes of the same arguments, without making it; nil where its seals
// do not sign.
func NewRegistry(sc *Scenario, set Settings, seed uint64) *Registry {
	return registry(set, worldSeed(sc, seed))
}

func registry(set Settings, seed uint64) *Registry {
	if set[SignatureSetting] == Unsigned {
		return nil
	}
	return &Registry{seed, int(set["seals"]), map[string]seal.Key{}}
}

// Keyring returns the keys of the world's seals; nil where they do not sign.
func (w *World) Keyring() seal.Keyring {
	if g := registry(w.set, w.seed); g != nil {
		return g.Find
	}
	return nil
}

// Registered gives every registered key of the world's seals, in their order; nil where they do not sign.
func (w *World) Registered() iter.Seq[seal.Key] {
	if g := registry(w.set, w.seed); g != nil {
		return g.All()
	}
	return nil
}

// Find finds a registered key by its id.
func (g *Registry) Find(kid string) (seal.Key, bool) {
	if key, ok := g.known[kid]; ok {
		return key, true
	}
	id, _, _ := strings.Cut(kid, ".")
	j, err := strconv.Atoi(strings.TrimPrefix(id, sealID(0)[:4]))
	if err != nil || j < 1 || j > g.seals || kid != keyID(sealID(j), OwnKey) {
		return seal.Key{}, false
	}
	key := seal.Key{Kid: kid, Seal: id, Public: privateKey(g.seed, id, OwnKey).Public().(ed25519.PublicKey)}
	g.known[kid] = key
	return key, true
}

// All gives every registered key, in the order of the seals.
func (g *Registry) All() iter.Seq[seal.Key] {
	return func(yield func(seal.Key) bool) {
		for j := 1; j <= g.seals; j++ {
			key, _ := g.Find(keyID(sealID(j), OwnKey))
			if !yield(key) {
				return
			}
		}
	}
}

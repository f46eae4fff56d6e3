package mqtt

// This file says who may read and write what: nobody anything, but for what stands here or in a grant.

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
)

// Grant is a credential and what it opens. Rights are filters with + and #.
type Grant struct {
	User, Password string
	Publish        []string
	Read           []string
}

// NewPassword returns a random password of 130 bits, too many to guess or to slow guesses down for.
func NewPassword() string { return rand.Text() }

// RunGrant returns a new credential for all topics of one run: for whoever carries it.
func RunGrant(room, run string) (Grant, error) {
	root, err := runRoot(room, run)
	if err != nil {
		return Grant{}, err
	}
	all := []string{root + "#"}
	return Grant{User: "run-" + run, Password: NewPassword(), Publish: all, Read: all}, nil
}

// ProgramGrant returns a new credential for the programs that listen to one run: they hear what the run says, and may
// answer. What other programs answer they do not hear.
func ProgramGrant(room, run string) (Grant, error) {
	root, err := runRoot(room, run)
	if err != nil {
		return Grant{}, err
	}
	return Grant{
		User: "program-" + run, Password: NewPassword(), Publish: []string{root + BranchAck, root + BranchFinding},
		Read: []string{root + BranchHello, root + BranchTick, root + BranchBye, root + BranchSeal + "/#", root + BranchNotice + "/#"},
	}, nil
}

// party is whoever has connected: the holder of a grant, or an anonymous client on loopback.
type party struct {
	user    string // empty for anonymous ones
	secret  [sha256.Size]byte
	publish []string
	read    []string
	revoked atomic.Bool
}

func (p *party) mayPublish(topic string) bool {
	return !p.revoked.Load() && anyOf(p.publish, topic, Match)
}

func (p *party) mayRead(topic string) bool { return !p.revoked.Load() && anyOf(p.read, topic, Match) }

// maySubscribe reports whether a filter could bring anything that the party may read. A wider one than its rights is
// accepted and filtered at delivery.
func (p *party) maySubscribe(filter string) bool {
	return !p.revoked.Load() && anyOf(p.read, filter, overlap)
}

func anyOf(filters []string, s string, match func(filter, s string) bool) bool {
	for _, f := range filters {
		if match(f, s) {
			return true
		}
	}
	return false
}

// anonymous is every client on loopback without a credential.
var anonymous = &party{
	read: []string{Base + OpenRoom + "/#"},
	publish: []string{
		Base + OpenRoom + "/seal/+/" + LeafState,
		Base + OpenRoom + "/seal/+/" + LeafTele,
		Base + OpenRoom + "/seal/+/" + LeafEvent,
		Base + OpenRoom + "/seal/+/" + LeafAck,
	},
}

// rights are the credentials that are valid now.
type rights struct {
	mu      sync.RWMutex
	parties map[string]*party
}

func newRights() *rights { return &rights{parties: map[string]*party{}} }

// errCredential is one for an unknown user and a wrong password, so that users cannot be guessed.
var errCredential = errors.New("unknown user or wrong password")

// check returns whose credential it is.
func (r *rights) check(user string, password []byte) (*party, error) {
	r.mu.RLock()
	p, ok := r.parties[user]
	r.mu.RUnlock()
	if !ok {
		p = &party{} // compared all the same: the time tells nothing either
	}
	secret := sha256.Sum256(password)
	if subtle.ConstantTimeCompare(secret[:], p.secret[:]) != 1 || !ok {
		return nil, errCredential
	}
	return p, nil
}

// Grant makes a credential valid, until revoke is called. Revoking also ends the connections that use it.
func (b *Broker) Grant(g Grant) (revoke func(), err error) {
	if g.User == "" || g.Password == "" {
		return nil, errors.New("grant: user or password is missing: take NewPassword")
	}
	for _, f := range append(append([]string(nil), g.Publish...), g.Read...) {
		if err := checkFilter(f); err != nil {
			return nil, fmt.Errorf("grant to %s: %w", g.User, err)
		}
	}
	p := &party{user: g.User, secret: sha256.Sum256([]byte(g.Password)), publish: g.Publish, read: g.Read}
	b.rights.mu.Lock()
	defer b.rights.mu.Unlock()
	if b.rights.parties[g.User] != nil {
		return nil, fmt.Errorf("grant to %s: there is such a user already: revoke it first", g.User)
	}
	b.rights.parties[g.User] = p
	return func() { b.revoke(p) }, nil
}

func (b *Broker) revoke(p *party) {
	if p.revoked.Swap(true) {
		return
	}
	b.rights.mu.Lock()
	delete(b.rights.parties, p.user)
	b.rights.mu.Unlock()
	for _, c := range b.door.of(p) {
		c.Close()
	}
}

// of returns the connections of a party.
func (d *door) of(p *party) (list []*conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for c := range d.conns {
		if c.who.Load() == p {
			list = append(list, c)
		}
	}
	return list
}

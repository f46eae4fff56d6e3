//go:build !js

// Inviting those who review: a link that admits once, the list of all who were invited, and taking it back.

package main

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"sealab/catalog"
)

// inviteCmd lets the host say who reviews use cases.
type inviteCmd struct {
	New    inviteNewCmd    `cmd:"" default:"withargs" help:"Make an invitation and print its link (the default)."`
	List   inviteListCmd   `cmd:"" help:"List who was invited, oldest first."`
	Revoke inviteRevokeCmd `cmd:"" help:"Take an invitation back, or let a curator review no more: whoever entered by it is out at once."`
}

type inviteNewCmd struct {
	Role         string `required:"" enum:"curator" help:"What for: curator, who reviews and publishes use cases."`
	Name         string `placeholder:"NAME" help:"How the curator may be called; can be changed when entering."`
	Organization string `placeholder:"ORGANIZATION" help:"Where the curator belongs; can be changed when entering."`
	Days         int    `default:"7" placeholder:"N" help:"How long the invitation lasts (default: ${default})."`
	URL          string `name:"url" placeholder:"BASE" help:"Where the hub is reached, such as https://hub.example.org: prints the whole address."`
	JSON         bool   `help:"Print one JSON object."`
	dataFlags
}

type inviteListCmd struct {
	JSON bool `help:"Print a JSON array."`
	dataFlags
}

type inviteRevokeCmd struct {
	ID string `arg:"" help:"Whose: an id of sealab invite list."`
	dataFlags
}

// invitationJSON is an invitation that was just made. Its link is kept nowhere.
type invitationJSON struct {
	ID      string    `json:"id"`
	Role    string    `json:"role"`
	Path    string    `json:"path"`
	URL     string    `json:"url,omitempty"` // the whole address, where the base was given
	Expires time.Time `json:"expires"`
}

// curatorJSON is one who was invited.
type curatorJSON struct {
	ID           string     `json:"id"`
	Role         string     `json:"role"`
	Name         string     `json:"name"`
	Organization string     `json:"organization"`
	State        string     `json:"state"` // invited, expired, entered or revoked
	Invited      time.Time  `json:"invited"`
	Expires      time.Time  `json:"expires"`
	Entered      *time.Time `json:"entered,omitempty"`
	Revoked      *time.Time `json:"revoked,omitempty"`
}

const mostDays = 365

// Run makes an invitation.
func (c *inviteNewCmd) Run(s *session) error {
	base, err := c.base()
	if err != nil {
		return err
	}
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	who, key, err := store.Invite(s.ctx, catalog.Curator{Name: c.Name, Organization: c.Organization}, time.Duration(c.Days)*24*time.Hour, time.Now())
	if err != nil {
		return err
	}
	out := invitationJSON{ID: who.ID, Role: c.Role, Path: "/enter/" + key, Expires: who.Expires.Truncate(time.Second)}
	if base != "" {
		out.URL = base + out.Path
	}
	if c.JSON {
		return printJSON(s.stdout, out)
	}
	fmt.Fprintf(s.stderr, "Invitation %s admits one curator once, until %s. Take it back with: sealab invite revoke %s%s\n",
		out.ID, listedTime(out.Expires), out.ID, c.again())
	_, err = fmt.Fprintln(s.stdout, base+out.Path)
	return err
}

// base is what stands before the link's path.
func (c *inviteNewCmd) base() (string, error) {
	if c.Days < 1 || c.Days > mostDays {
		return "", badInputf("set --days to %d: want 1 to %d", c.Days, mostDays)
	}
	if c.URL == "" {
		return "", nil
	}
	u, err := url.Parse(c.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "" {
		return "", badInputf("set --url to %q: want the hub's address, such as https://hub.example.org", c.URL)
	}
	return strings.TrimRight(u.String(), "/"), nil
}

// Run lists everyone.
func (c *inviteListCmd) Run(s *session) error {
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	found, err := store.Curators(s.ctx, catalog.DefaultRoom)
	if err != nil {
		return err
	}
	now := time.Now()
	list := make([]curatorJSON, len(found))
	table := [][]string{{"ID", "ROLE", "STATE", "NAME", "ORGANIZATION", "INVITED", "EXPIRES"}}
	for i := range found {
		w := &found[i]
		list[i] = curatorJSON{w.ID, "curator", w.Name, w.Organization, curatorState(w, now), w.Invited, w.Expires, timeOrNone(w.Entered), timeOrNone(w.Revoked)}
		table = append(table, []string{w.ID, "curator", list[i].State, w.Name, w.Organization, listedTime(w.Invited), listedTime(w.Expires)})
	}
	if c.JSON {
		return printJSON(s.stdout, list)
	}
	return s.table(table)
}

func curatorState(w *catalog.Curator, now time.Time) string {
	switch {
	case !w.Revoked.IsZero():
		return "revoked"
	case !w.Entered.IsZero():
		return "entered"
	case !now.Before(w.Expires):
		return "expired"
	}
	return "invited"
}

func timeOrNone(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

// Run takes one back.
func (c *inviteRevokeCmd) Run(s *session) error {
	store, err := c.open(s.ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	err = store.Revoke(s.ctx, c.ID, time.Now())
	if errors.Is(err, catalog.ErrNotFound) {
		return badInputf("unknown invitation %q: sealab invite list%s names them", c.ID, c.again())
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.stdout, "%s is revoked: it admits nobody, and whoever entered by it is out.\n", c.ID)
	return err
}

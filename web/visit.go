// Who is asking: the address, and the curator behind the session, looked up when a handler first wants to know.

package web

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"sealab/catalog"
)

// How long a session of a curator lasts: without being used, and at most.
const (
	sessionIdle = 8 * time.Hour
	sessionMost = 7 * 24 * time.Hour
)

// sessions are kept under one of two cookies: over TLS browsers hold the name __Host- to this very host and to TLS; on
// plain loopback they do not take such a name everywhere.
type sessions struct{ plain, sealed *scs.SessionManager }

func newSessions(store *catalog.Store, now func() time.Time) *sessions {
	manage := func(name string, secure bool) *scs.SessionManager {
		m := scs.New()
		m.Store = catalog.Sessions{Store: store, Now: now}
		m.IdleTimeout, m.Lifetime = sessionIdle, sessionMost
		m.Cookie.Name, m.Cookie.Secure = name, secure // else HttpOnly, SameSite=Lax, Path=/
		return m
	}
	return &sessions{manage("sealab_session", false), manage("__Host-sealab_session", true)}
}

func (s *sessions) of(r *http.Request) *scs.SessionManager {
	if r.TLS != nil {
		return s.sealed
	}
	return s.plain
}

// What a session holds.
const (
	sessionCurator = "curator" // his id
	sessionUsed    = "used"    // when it was last written, in Unix seconds
)

// visit is one request's visitor.
type visit struct {
	s    *Server
	c    *gin.Context
	once sync.Once

	curator *catalog.Curator // nil: none
	err     error
}

type visitKey struct{}

// visits lets handlers ask who is there. Nothing is read, and no cookie set, before one does.
func (s *Server) visits(c *gin.Context) {
	v := &visit{s: s, c: c}
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), visitKey{}, v))
}

// curatorOf gives the curator who asks, or says that one must enter first. ctx is the request's.
func curatorOf(ctx context.Context) (*catalog.Curator, error) {
	v, ok := ctx.Value(visitKey{}).(*visit)
	if !ok {
		return nil, errors.New("find curator: the request has no visitor")
	}
	v.once.Do(func() { v.curator, v.err = v.find() })
	if v.err == nil && v.curator == nil {
		return nil, &Problem{Status: http.StatusUnauthorized, Code: "enter_first", Message: "Only curators of this hub come in here.",
			Allowed: "open the link of your invitation; a session ends after 8 hours without use; who has lost the link asks the host for a new one (sealab invite)"}
	}
	return v.curator, v.err
}

// isCurator reports whether a curator asks.
func (s *Server) isCurator(ctx context.Context) bool {
	who, err := curatorOf(ctx)
	return err == nil && who != nil
}

// find reads the session and then the curator, so that one who was revoked is out at once.
func (v *visit) find() (*catalog.Curator, error) {
	m := v.s.sessions.of(v.c.Request)
	cookie, err := v.c.Request.Cookie(m.Cookie.Name)
	if err != nil {
		return nil, nil // no cookie, no session
	}
	ctx, err := m.Load(v.c.Request.Context(), cookie.Value)
	if err != nil {
		return nil, err
	}
	id := m.GetString(ctx, sessionCurator)
	if id == "" {
		return nil, nil
	}
	curator, err := v.s.cfg.Store.Curator(ctx, id)
	if errors.Is(err, catalog.ErrNotFound) {
		return nil, m.Destroy(ctx)
	}
	if err != nil {
		return nil, err
	}
	now := v.s.cfg.Now().Unix()
	if now-m.GetInt64(ctx, sessionUsed) < 60 { // written once a minute, not with every page
		return curator, nil
	}
	m.Put(ctx, sessionUsed, now)
	return curator, v.keep(ctx, m)
}

// keep writes a session and its cookie.
func (v *visit) keep(ctx context.Context, m *scs.SessionManager) error {
	token, expiry, err := m.Commit(ctx)
	if err == nil {
		m.WriteSessionCookie(ctx, v.c.Writer, token, expiry)
	}
	return err
}

// admit begins the session of a curator who has just entered, under a new token.
func (s *Server) admit(c *gin.Context, curator *catalog.Curator) error {
	m := s.sessions.of(c.Request)
	old := ""
	if cookie, err := c.Request.Cookie(m.Cookie.Name); err == nil {
		old = cookie.Value
	}
	ctx, err := m.Load(c.Request.Context(), old)
	if err != nil {
		return err
	}
	if err := m.RenewToken(ctx); err != nil {
		return err
	}
	m.Put(ctx, sessionCurator, curator.ID)
	m.Put(ctx, sessionUsed, s.cfg.Now().Unix())
	return (&visit{s: s, c: c}).keep(ctx, m)
}

// dismiss ends the session, on the hub and in the browser.
func (s *Server) dismiss(c *gin.Context) error {
	m := s.sessions.of(c.Request)
	cookie, err := c.Request.Cookie(m.Cookie.Name)
	if err != nil {
		return nil // there is none
	}
	ctx, err := m.Load(c.Request.Context(), cookie.Value)
	if err == nil {
		err = m.Destroy(ctx)
	}
	m.WriteSessionCookie(ctx, c.Writer, "", time.Time{})
	return err
}

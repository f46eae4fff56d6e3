// The live page's data: plan, frames, snapshot, control, and the lab's messages.

package web

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
)

// noDemo is the answer where nothing is played.
func noDemo() error {
	return &Problem{Status: http.StatusServiceUnavailable, Code: "no_demo",
		Message: "No demo world is playing. Start the hub with --demo=on."}
}

func (s *Server) livePlan(c *gin.Context) error {
	var plan []byte
	if !s.hub.look(func(st *liveState) { plan = st.w.planBytes }) {
		return noDemo()
	}
	return sendBytes(c, "application/json", plan)
}

func (s *Server) liveFrames(c *gin.Context) error {
	var hello []byte
	if !s.hub.look(func(*liveState) { hello = s.hub.snapshot() }) {
		return noDemo()
	}
	l := s.hub.frames.join()
	if l == nil {
		return tooMany()
	}
	defer s.hub.frames.leave(l)
	st, err := openStream(c)
	if err != nil || st.write(hello) != nil {
		return nil // the browser went
	}
	st.follow(l, s.hub.ended)
	return nil
}

func (s *Server) apiSnapshot(context.Context, *struct{}) (*answerOf[helloJSON], error) {
	var out helloJSON
	if !s.hub.look(func(*liveState) { out = s.hub.whole() }) {
		return nil, noDemo()
	}
	return ok(out)
}

type controlIn struct {
	Body struct {
		Playing *bool    `json:"playing,omitempty"`
		Speed   *float64 `json:"speed,omitempty" minimum:"1" maximum:"7200" doc:"virtual seconds a second"`
	}
}

// apiControl plays, pauses or speeds up the demo, which all visitors share.
func (s *Server) apiControl(_ context.Context, in *controlIn) (*answerOf[helloJSON], error) {
	var out helloJSON
	if !s.hub.look(func(*liveState) {
		s.hub.steer(in.Body.Playing, in.Body.Speed)
		out = s.hub.whole()
	}) {
		return nil, noDemo()
	}
	return ok(out)
}

type messagesIn struct {
	After uint64 `query:"after" doc:"messages with a larger number only"`
	Limit int    `query:"limit" minimum:"1" maximum:"300" default:"100"`
}

type messagesOut struct {
	Messages []messageJSON `json:"messages"`
}

func (s *Server) apiMessages(_ context.Context, in *messagesIn) (*answerOf[messagesOut], error) {
	return ok(messagesOut{s.hub.tail.after(in.After, in.Limit)})
}

func (s *Server) labMessages(c *gin.Context) error {
	l := s.hub.tail.frames.join()
	if l == nil {
		return tooMany()
	}
	defer s.hub.tail.frames.leave(l)
	st, err := openStream(c)
	if err != nil {
		return nil // the browser went
	}
	if last := s.hub.tail.after(0, tailPiece); len(last) > 0 {
		if st.send(last[len(last)-1].N, "messages", last) != nil {
			return nil
		}
	}
	st.follow(l, s.hub.ended)
	return nil
}

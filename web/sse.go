// Server-sent events: how a piece is framed, and how a stream is kept open without ever blocking the hub.

package web

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
)

const (
	heartbeat    = 15 * time.Second // below the idle limits of usual proxies
	writeWithin  = 10 * time.Second // for one piece; who does not take it by then has gone
	retryAfterMs = 2000
)

// frameSSE writes one event. data must hold no line break, which JSON never does.
func frameSSE(id uint64, event string, data []byte) []byte {
	b := make([]byte, 0, len(data)+len(event)+40)
	if id > 0 {
		b = append(b, "id: "...)
		b = strconv.AppendUint(b, id, 10)
		b = append(b, '\n')
	}
	b = append(b, "event: "...)
	b = append(b, event...)
	b = append(b, "\ndata: "...)
	b = append(b, data...)
	return append(b, "\n\n"...)
}

// stream is an open event stream to one browser.
type stream struct {
	c       *gin.Context
	control *http.ResponseController
}

// openStream begins a stream. It is never compressed or buffered on the way.
func openStream(c *gin.Context) (*stream, error) {
	h := c.Writer.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	st := &stream{c, http.NewResponseController(c.Writer)}
	c.Status(http.StatusOK)
	return st, st.write([]byte("retry: " + strconv.Itoa(retryAfterMs) + "\n\n"))
}

// write sends a piece now. Each piece has its own deadline: the server's would end a stream after seconds.
func (s *stream) write(piece []byte) error {
	_ = s.control.SetWriteDeadline(time.Now().Add(writeWithin)) // a recorder in a test has no deadline
	if _, err := s.c.Writer.Write(piece); err != nil {
		return err
	}
	s.c.Writer.Flush()
	return nil
}

// send writes a value as one event.
func (s *stream) send(id uint64, event string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return s.write(frameSSE(id, event, data))
}

// follow writes what a listener gets until the browser goes or the hub ends. Errors of writing mean that it went.
func (s *stream) follow(l *listener, ended <-chan struct{}) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		piece := []byte(": still here\n\n")
		select {
		case piece = <-l.C:
		case <-beat.C:
		case <-ended:
			return
		case <-s.c.Request.Context().Done():
			return
		}
		if s.write(piece) != nil {
			return
		}
	}
}

// tooMany is the answer where no further stream can be kept open.
func tooMany() error {
	return &Problem{Status: http.StatusServiceUnavailable, Code: "too_many_streams",
		Message: "Too many browsers are watching. The snapshot is there for asking."}
}

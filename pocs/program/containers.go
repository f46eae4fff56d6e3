package program

import (
	"fmt"
	"strings"

	"sealab/pocs"
	"sealab/sim/event"
	"sealab/sim/seal"
)

// containers are those that a message so far was about: nobody else can be accused.
type containers map[string]struct{}

// hear notes which containers there are, whether or not a program asked for it.
func (h containers) hear(b event.Batch) {
	for i := range b.Events {
		name := b.Events[i].Message.Subject()
		if r, ok := b.Events[i].Message.(*seal.Reading); ok {
			name = r.Container // of a seal that is on none, the subject is the seal itself
		}
		if _, known := h[name]; !known && name != "" {
			h[strings.Clone(name)] = struct{}{}
		}
	}
}

// check looks for findings about anything else.
func (h containers) check(said []pocs.Finding) *Fault {
	for i := range said {
		if _, known := h[said[i].Container]; !known {
			return &Fault{Code: Container, Field: fmt.Sprintf("findings[%d].container", i),
				What: fmt.Sprintf("is %s, and no message so far was about such a container", shown([]byte(said[i].Container)))}
		}
	}
	return nil
}

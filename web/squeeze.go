// Compression of whole answers, remembered: the same file is packed once, however many ask for it.

package web

import (
	"bytes"
	"compress/gzip"
	"container/list"
	"strings"
	"sync"
)

// packed remembers the last answers that were compressed, by their hash. 64 is more than all assets and open plans.
var packed = &squeezer{byHash: map[string]*list.Element{}, order: list.New(), room: 64}

type squeezer struct {
	mu     sync.Mutex
	byHash map[string]*list.Element
	order  *list.List // newest first
	room   int
}

type squeezed struct {
	hash string
	data []byte
}

// squeeze returns the gzip form, or nil where packing does not pay.
func squeeze(kind string, raw []byte) []byte {
	if len(raw) < 1024 || strings.HasPrefix(kind, "image/") && !strings.HasPrefix(kind, "image/svg") ||
		strings.HasPrefix(kind, "font/") {
		return nil
	}
	return packed.get(raw)
}

func (s *squeezer) get(raw []byte) []byte {
	hash := shortHash(raw)
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.byHash[hash]; ok {
		s.order.MoveToFront(e)
		return e.Value.(squeezed).data
	}
	data := pack(raw, gzip.BestCompression)
	s.byHash[hash] = s.order.PushFront(squeezed{hash, data})
	if s.order.Len() > s.room {
		last := s.order.Back()
		delete(s.byHash, last.Value.(squeezed).hash)
		s.order.Remove(last)
	}
	return data
}

// pack compresses once.
func pack(raw []byte, level int) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, level) // the levels are constants that exist
	_, _ = w.Write(raw)                      // a bytes.Buffer takes everything
	_ = w.Close()
	return out.Bytes()
}

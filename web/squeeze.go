// Compression of whole answers, remembered: the same file is packed once, however many ask for it.

package web

import (
	"bytes"
	"compress/gzip"
	"strings"
)

// packed remembers answers that were compressed, by their hash: 32 MB hold all assets and the plans of many worlds.
var packed = newRecent[[]byte](32 << 20)

// squeeze returns the gzip form, or nil where packing does not pay.
func squeeze(kind string, raw []byte) []byte {
	if len(raw) < 1024 || strings.HasPrefix(kind, "image/") && !strings.HasPrefix(kind, "image/svg") ||
		strings.HasPrefix(kind, "font/") {
		return nil
	}
	hash := shortHash(raw)
	if data, ok := packed.get(hash); ok {
		return data
	}
	data := pack(raw, gzip.BestCompression)
	packed.put(hash, data, len(data))
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

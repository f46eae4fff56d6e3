// Files that pages load: our own CSS and icons (embedded from source), and the front end's build (embedded from dist).

package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"
)

//go:embed static
var staticFiles embed.FS

//go:embed all:dist
var distFiles embed.FS

// sheets are our own style sheets in the order in which they override one another. They are sent as one file.
var sheets = []string{"tokens", "base", "layout", "parts", "table", "form", "live", "pages", "chart", "islands",
	"arms", "decide", "play", "report", "boards", "proof", "explain", "tables", "library", "browse", "submit", "entry", "calls", "print"}

type assets struct {
	css      []byte
	cssName  string            // "sealab-HASH.css"
	manifest map[string]string // plain name → hashed name
	resolved string            // the manifest as JSON of name → URL, for scripts
	unbuilt  bool              // there is no manifest: the front end was not built
}

func loadAssets() (*assets, error) { return readAssets(staticFiles, distFiles) }

func readAssets(static, dist fs.FS) (*assets, error) {
	a := &assets{manifest: map[string]string{}}
	var css bytes.Buffer
	for _, name := range sheets {
		raw, err := fs.ReadFile(static, "static/"+name+".css")
		if err != nil {
			return nil, err
		}
		css.Write(raw)
	}
	a.css = css.Bytes()
	a.cssName = "sealab-" + shortHash(a.css) + ".css"
	raw, err := fs.ReadFile(dist, "dist/manifest.json")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		a.unbuilt = true
	case err != nil:
		return nil, err
	default:
		if err := json.Unmarshal(raw, &a.manifest); err != nil {
			return nil, fmt.Errorf("read dist/manifest.json: %w", err)
		}
	}
	urls := make(map[string]string, len(a.manifest))
	for name := range a.manifest {
		urls[name] = a.url(name)
	}
	out, err := json.Marshal(urls)
	a.resolved = string(out)
	return a, err
}

// url is where a built file is found, or "" when it was not built.
func (a *assets) url(name string) string {
	if hashed, ok := a.manifest[name]; ok {
		return "/assets/" + strings.TrimPrefix(hashed, "/")
	}
	return ""
}

func shortHash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:6])
}

const immutable = "public, max-age=31536000, immutable"

// serveAsset sends a file of the build. Its name is hashed, so it never changes; what is not in the build is a 404.
func (s *Server) serveAsset(c *gin.Context) error {
	name := path.Clean(strings.TrimPrefix(c.Param("name"), "/"))
	raw, err := fs.ReadFile(distFiles, path.Join("dist", name))
	if err != nil || name == "manifest.json" || strings.HasPrefix(path.Base(name), ".") {
		return notFound("asset", name, "")
	}
	c.Header("Cache-Control", immutable)
	return sendFile(c, name, raw)
}

// serveStatic sends our own files: the joined style sheet under its hashed name, the rest to be asked for each time.
func (s *Server) serveStatic(c *gin.Context) error {
	name := path.Clean(strings.TrimPrefix(c.Param("name"), "/"))
	if name == s.assets.cssName {
		c.Header("Cache-Control", immutable)
		return sendFile(c, name, s.assets.css)
	}
	raw, err := fs.ReadFile(staticFiles, path.Join("static", name))
	if err != nil {
		return notFound("asset", name, "")
	}
	return sendFile(c, name, raw)
}

// favicon is asked for by browsers that show a bare file.
func (s *Server) favicon(c *gin.Context) error {
	raw, err := fs.ReadFile(staticFiles, "static/icon.svg")
	if err != nil {
		return err
	}
	return sendFile(c, "icon.svg", raw)
}

// serveTexts sends a language to the scripts.
func (s *Server) serveTexts(c *gin.Context) error {
	lang, ok := strings.CutSuffix(c.Param("file"), ".json")
	t := s.texts[lang]
	if !ok || t == nil {
		return notFound("language", c.Param("file"), "en.json")
	}
	if c.Query("v") == t.Tag {
		c.Header("Cache-Control", immutable)
	}
	return sendFile(c, c.Param("file"), t.JSON)
}

// sendFile answers with bytes that never change while the hub runs: an ETag saves sending them twice, and text is
// compressed for whoever takes it.
func sendFile(c *gin.Context, name string, raw []byte) error {
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}
	return sendBytes(c, kind, raw)
}

func sendBytes(c *gin.Context, kind string, raw []byte) error {
	tag := `"` + shortHash(raw) + `"`
	h := c.Writer.Header()
	h.Set("ETag", tag)
	h.Set("Vary", "Accept-Encoding")
	if c.GetHeader("If-None-Match") == tag {
		c.Status(http.StatusNotModified)
		return nil
	}
	if packed := squeeze(kind, raw); packed != nil && strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		raw = packed
	}
	c.Data(http.StatusOK, kind, raw)
	return nil
}

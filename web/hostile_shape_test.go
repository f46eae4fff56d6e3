package web

// This file says what a page consists of, apart from its words: where words of a stranger stand, it may be no more than
// where plain words stand, but for a little Markdown.

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// shape is what a page consists of.
type shape struct {
	parts   map[string]bool // elements with the names of their attributes
	leads   []string        // to where it leads or sends, with the element
	words   string          // all its words, and those in its fields
	wrong   []string        // what no page may have
	counted int
}

// written are the elements that Markdown may make of a text.
var written = []string{"p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a href rel"}

// leading are the attributes that hold an address.
var leading = []string{"href", "src", "action", "formaction", "data", "poster", "srcset", "background", "cite", "ping"}

func partsOf(tb testing.TB, page string) shape {
	tb.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		tb.Fatal(err)
	}
	s := shape{parts: map[string]bool{}}
	var words strings.Builder
	for n := range root.Descendants() {
		switch n.Type {
		case html.TextNode:
			words.WriteString(n.Data)
		case html.CommentNode:
			s.wrong = append(s.wrong, "a comment: "+n.Data)
		case html.ElementNode:
			words.WriteString(s.element(n))
		}
	}
	s.words = strings.Join(strings.Fields(words.String()), " ")
	return s
}

// element takes an element into the shape and returns the words in its attributes.
func (s *shape) element(n *html.Node) (words string) {
	s.counted++
	names := []string{}
	for _, a := range n.Attr {
		name := strings.TrimPrefix(a.Namespace+":"+a.Key, ":")
		names = append(names, name)
		if strings.HasPrefix(name, "on") || name == "style" || name == "srcdoc" {
			s.wrong = append(s.wrong, fmt.Sprintf("<%s %s=%q>", n.Data, name, a.Val))
		}
		if a.Key == "value" {
			words += " " + a.Val + " "
		}
		if slices.Contains(leading, a.Key) {
			s.leads = append(s.leads, n.Data+" "+a.Val)
			if problem := badAddress(n.Data, a.Val); problem != "" {
				s.wrong = append(s.wrong, problem)
			}
		}
	}
	if n.Data == "script" && n.FirstChild != nil && !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "type" && a.Val == "application/json" }) {
		s.wrong = append(s.wrong, "a script: "+n.FirstChild.Data)
	}
	slices.Sort(names)
	s.parts[strings.Join(append([]string{n.Data}, names...), " ")] = true
	return words
}

// badAddress says what is wrong with where an element leads: links go to the web or stay here, all else stays here.
func badAddress(element, address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return fmt.Sprintf("<%s> leads to %q: %v", element, address, err)
	case element == "a" && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "", element == "a" && strings.HasPrefix(address, "mailto:?"):
		return ""
	case u.Scheme == "" && u.Host == "" && !strings.HasPrefix(address, `\`):
		return ""
	}
	return fmt.Sprintf("<%s> leads to %q", element, address)
}

// add takes another page into the shape.
func (s *shape) add(other shape) {
	if s.parts == nil {
		s.parts = map[string]bool{}
	}
	maps.Copy(s.parts, other.parts)
}

// beyond lists what the page has beyond one of plain words.
func (s shape) beyond(plain shape) []string {
	problems := slices.Clone(s.wrong)
	for part := range s.parts {
		if !plain.parts[part] && !slices.Contains(written, part) {
			problems = append(problems, "it has <"+part+">")
		}
	}
	return problems
}

// says reports whether the page shows a text: all words of it, in order, but for what Markdown takes for its own.
func (s shape) says(text string) bool {
	return strings.Contains(s.words, strings.Join(strings.Fields(text), " "))
}

// TestShapeSeesWhatIsWrong holds the test's own eye against pages that are not inert.
func TestShapeSeesWhatIsWrong(t *testing.T) {
	page := func(inner string) shape {
		return partsOf(t, `<!doctype html><html lang="en"><body><div class="x"><p>`+inner+`</p><a href="/x">y</a></div></body></html>`)
	}
	plain := page("words")
	for _, inert := range []string{"other words", "&lt;script&gt;alert(1)&lt;/script&gt;", `<em>a</em> <a href="https://example.org/" rel="nofollow">b</a>`, `<a href="/usecases">x</a>`} {
		got := page(inert)
		if problems := got.beyond(plain); len(problems) > 0 {
			t.Errorf("%s: %v", inert, problems)
		}
	}
	for _, hostile := range []string{"<script>x</script>", "<script src=/x.js></script>", "<img src=x onerror=x>", "<img src=/x.png>", "<svg onload=x></svg>", `<a href="javascript:x">y</a>`,
		`<a href="JAVASCRIPT:x" rel="x">y</a>`, `<a href="java&#9;script:x" rel="x">y</a>`, `<a href="//evil.example" rel="x">y</a>`, `<a href="data:text/html,x" rel="x">y</a>`, "<!-- x -->",
		"<em onclick=x>y</em>", "<p style=x>y</p>", "<x-y>z</x-y>", `<a href="/\evil.example" rel=x title=y>z</a>`, "<form action=https://evil.example></form>"} {
		got := page(hostile)
		if len(got.beyond(plain)) == 0 {
			t.Errorf("%s passes for inert", hostile)
		}
	}
}

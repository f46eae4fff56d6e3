package web

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// file sends a file through the form.
func (h *house) file(content string) answered {
	h.tb.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", "case.yaml")
	if err == nil {
		_, err = io.WriteString(part, content)
	}
	if err != nil {
		h.tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		h.tb.Fatal(err)
	}
	return h.do(http.MethodPost, "/usecases/new/file", w.FormDataContentType(), body.String())
}

func TestImportKeepsWhatCanBeRead(t *testing.T) {
	h := MustHub(t)
	res := h.file("title: Stamps that tell\nstage: pilot\nmetrics:\n  - {name: Time, unit: h, target: soon}\nprize: 3\ncountries: [KE]\n").want(t, 200)
	for _, want := range []string{"line 4: metrics[0].target: &#34;soon&#34; is not a number", "line 5: prize: is not a field here", "Keep this address"} {
		if !strings.Contains(res.Body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	e := h.edition(regexp.MustCompile(`/usecases/mine/[a-z0-9]{26}`).FindString(res.Body)).Entry
	if e.Title != "Stamps that tell" || e.Metrics[0].Unit != "h" || e.Countries[0] != "KE" || e.ID != "" || e.Origin != "submitted" {
		t.Errorf("kept: %s", e.JSON())
	}
	if res := h.file("title: a\x00b").want(t, 200); !strings.Contains(res.Body, "title: holds a control character") {
		t.Error("a control character was taken over in silence")
	}
	if res := h.file(`{"title": "Stamps", "origin": "compiled", "id": "the-stamps"}`).want(t, 200); strings.Contains(res.Body, "by-hub") {
		t.Error("what is only missing is called unreadable")
	}
}

// TestFilesThatAreTooLarge; other files that are refused are those of testdata/hostile/refused.
func TestFilesThatAreTooLarge(t *testing.T) {
	h := MustHub(t)
	for name, c := range map[string]struct {
		content string
		status  int
		want    string
	}{
		"too large":   {strings.Repeat("x", 80<<10), 413, "larger than 64 kB"},
		"a bit large": {"title: " + strings.Repeat("x", 65<<10), 422, "could not be read"},
	} {
		res := h.file(c.content)
		if res.Status != c.status || !strings.Contains(res.Body, c.want) {
			t.Errorf("%s: got %d: %.600s", name, res.Status, regexp.MustCompile(`(?s)<main.*</main>`).FindString(res.Body))
		}
	}
	h.do(http.MethodPost, "/usecases/new/file", "application/yaml", "title: x").want(t, http.StatusUnsupportedMediaType)
	h.do(http.MethodPost, "/usecases/new/file", "multipart/form-data; boundary=x", "--x--\r\n").want(t, http.StatusUnprocessableEntity)
	h.do(http.MethodPost, "/usecases/new/file", "multipart/form-data; boundary=x", "garbage").want(t, http.StatusUnprocessableEntity)
}

// The pages of use cases, and what became of the addresses of proofs of concept.
package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"sealab/catalog/usecase"
	"sealab/catalog/usecases"
)

// shelve puts the shipped use cases on the hub's shelf.
func (h *house) shelve() {
	h.tb.Helper()
	if _, err := h.cfg.Store.SeedUsecases(h.tb.Context(), "", usecases.List(), time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)); err != nil {
		h.tb.Fatal(err)
	}
}

func TestUseCasesTakeTheAddressOfProofsOfConcept(t *testing.T) {
	h := MustHub(t)
	if res := h.get("/usecases/kalman"); !strings.Contains(res.Body, `data-page="poc"`) {
		t.Error("the old address of a proof of concept does not lead to it")
	}
	h.get("/usecases/nobody").want(t, http.StatusNotFound)
	h.shelve()
	if res := h.get("/usecases/kalman").want(t, 200); !strings.Contains(res.Body, `data-page="usecase"`) {
		t.Error("a use case of that id is hidden behind the proof of concept")
	}
	if res := h.get("/usecases/oracle").want(t, 200); !strings.Contains(res.Body, `data-page="poc"`) {
		t.Error("a proof of concept without a use case is not found any more at its old address")
	}
	if body := h.get("/pocs/kalman").want(t, 200).Body; !strings.Contains(body, `href="/usecases/kalman"`) || !strings.Contains(body, "CUSUM over the innovations") {
		t.Error("the proof of concept does not lead to its use case")
	}
}

// TestNoUseCaseHidesAPage: whatever stands where use cases have their ids is no id.
func TestNoUseCaseHidesAPage(t *testing.T) {
	h := MustHub(t)
	reserved := map[string]bool{}
	for _, word := range usecase.Reserved {
		reserved[word] = true
	}
	for _, r := range h.engine.Routes() {
		word, under := strings.CutPrefix(r.Path, "/usecases/")
		if word, _, _ = strings.Cut(word, "/"); under && !strings.HasPrefix(word, ":") && !reserved[word] {
			t.Errorf("a use case could be called %q, and its page would be hidden behind %s", word, r.Path)
		}
	}
}

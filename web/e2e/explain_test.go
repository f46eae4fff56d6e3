//go:build e2e

package e2e

import (
	"strings"
	"testing"
)

// TestWhyWasItMissed walks from the live page to the answer in three clicks, but for the reveal that is one's own choice;
// and looks at the pages that explain at both widths, light and dark.
func TestWhyWasItMissed(t *testing.T) {
	t.Parallel()
	h, a, b := mustPair(t)
	var truth struct {
		Incidents []struct {
			ID             string
			Hostile, Found bool
		}
	}
	h.call(t, "POST", "/api/v1/runs/"+b+"/reveal", "{}", &truth)
	missed := ""
	for _, in := range truth.Incidents {
		if in.Hostile && !in.Found && strings.HasPrefix(in.ID, "drag_off") {
			missed = in.ID
		}
	}
	if missed == "" {
		t.Fatal("rules missed no drag-off")
	}
	for _, l := range looks() {
		p := mustTab(t, h, l).open("/runs/" + b + "/incidents/" + strings.ReplaceAll(missed, "/", "%2F"))
		p.shoot("incident-hidden-" + l.String())
		p.follow("main form button") // the reveal leads back here
		p.until(`s => document.querySelector(s)`, ".inshort.f-silent, .inshort.f-elsewhen")
		p.inspect("incident", l)
		p.open("/runs/" + a + "/findings/1")
		p.until(`s => document.querySelector(s)`, ".told.is-trigger")
		p.inspect("finding", l)
		p.calm("403")
		p.leave()
	}
	p := mustTab(t, h, desk).open("/runs/" + b)
	p.follow("#truth form button")
	p.follow(`.truthlist .missed a[href*="/incidents/"]`)
	if head := p.text("h1"); !strings.Contains(head, "miss") {
		t.Errorf("the page says %q", head)
	}
	p.leave()
}

// inspect checks a page as TestPages does, and takes its picture.
func (t *tab) inspect(name string, l look) {
	t.tb.Helper()
	for what, js := range map[string]string{"overflow": overflow, "cut off": clipped} {
		if got := t.eval(js); got != "" {
			t.tb.Errorf("%s %s: %s: %s", name, l, what, got)
		}
	}
	if got := t.eval(small); l.Width < 600 && got != "" {
		t.tb.Errorf("%s %s: targets are too small for a finger: %s", name, l, got)
	}
	t.shoot(name + "-" + l.String())
	t.axe(l)
}

// Where a personal link leads: how the submission stands, what was said about it, and what its submitter can do now.

package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// maxRemark is how long a remark may be, in characters.
const maxRemark = 4000

// minePage is the page of a submission.
type minePage struct {
	*catalog.Edition
	Address  string // its path
	Whole    string // with the host, to be kept
	Mail     string // a letter to oneself with it
	Faults   []stepFault
	Steps    []stepLine
	Owner    string
	Thread   []said
	History  []logLine
	Withdraw bool // it can be, by the submitter
	Sent     bool // just now
	Remark   string
	Wrong    problemsOf
}

func (p *minePage) title(t *texts) string { return orText(p.Entry.Title, t.T("submit.untitled")) }

// Problem is that of a field of the page's forms.
func (p *minePage) Problem(field string) *Problem { return p.Wrong.of(field) }

// Returned reports whether a curator asked for changes.
func (p *minePage) Returned() bool { return p.State == review.ChangesRequested }

// Talks reports whether there is somebody to write to.
func (p *minePage) Talks() bool { return p.State != review.Withdrawn && p.Version > 0 }

// stepLine is a step with how much of it needs an answer.
type stepLine struct {
	N       int
	Name    string
	Missing int
}

// said is a remark as a page shows it.
type said struct {
	catalog.Remark
	By     string
	Labels []string // paths of the fields that it is about
}

// logLine is a step as a page shows it.
type logLine struct {
	catalog.LogLine
	By string
}

// thread reads what was said about a version, and what was done with it.
func (s *Server) thread(ctx context.Context, v *catalog.Edition) (talk []said, history []logLine, names map[string]string, err error) {
	if names, err = s.curatorNames(ctx, v.Room); err != nil {
		return nil, nil, nil, err
	}
	remarks, err := s.cfg.Store.Remarks(ctx, v.ID)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, r := range remarks {
		talk = append(talk, said{r, names[r.Actor], r.Fields})
	}
	lines, err := s.cfg.Store.History(ctx, v.ID)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, l := range lines {
		history = append(history, logLine{l, names[l.Actor]})
	}
	return talk, history, names, nil
}

func (s *Server) minePage(c *gin.Context) error {
	v, err := s.mine(c.Request.Context(), c.Param("key"))
	if err != nil {
		secret(c)
		return err
	}
	return s.showMine(c, http.StatusOK, v, "", nil)
}

func (s *Server) showMine(c *gin.Context, status int, v *catalog.Edition, remark string, wrong problemsOf) error {
	secret(c)
	p := &minePage{Edition: v, Address: minePath + c.Param("key"), Sent: c.Query("sent") == "1", Remark: remark, Wrong: wrong}
	p.Whole = hostOf(c.Request) + p.Address
	set := s.set(c).texts
	p.Mail = letter(set.T("mine.mail", "title", p.title(set)), p.Whole)
	names := map[string]string{}
	var err error
	if p.Thread, p.History, names, err = s.thread(c.Request.Context(), v); err != nil {
		return err
	}
	p.Owner = names[v.Curator]
	for _, to := range review.Next(v.State, review.Submitter) {
		p.Withdraw = p.Withdraw || to == review.Withdrawn
	}
	if v.State.Open() {
		faults := faultsOf(v)
		p.Faults = stepFaults(faults, p.Address, 0)
		for i, st := range steps {
			p.Steps = append(p.Steps, stepLine{i + 1, st.Name, faultsIn(faults, i+1)})
		}
	}
	s.render(c, status, "mine", p)
	return nil
}

// faultsIn counts what a step lacks.
func faultsIn(faults []usecase.Fault, step int) (n int) {
	for _, f := range faults {
		if stepOf(f.Field) == step {
			n++
		}
	}
	return n
}

// Next is the first step that lacks something, else the last, from which it is sent.
func (p *minePage) Next() int {
	for _, st := range p.Steps {
		if st.Missing > 0 {
			return st.N
		}
	}
	return len(p.Steps)
}

// hostOf is where the browser found the hub, such as http://127.0.0.1:8080; empty where that may not be shown.
func hostOf(r *http.Request) string {
	switch {
	case !plainHost.MatchString(r.Host):
		return ""
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// letter is the address of a letter to oneself.
func letter(subject, body string) string {
	return "mailto:?" + strings.ReplaceAll(url.Values{"subject": {subject}, "body": {body}}.Encode(), "+", "%20")
}

// keep is what the panel says that asks to keep a personal link.
type keep struct{ Whole, Mail, Why string }

func newKeep(whole, mail, why string) keep { return keep{whole, mail, why} }

// withdrawForm takes a submission back.
func (s *Server) withdrawForm(c *gin.Context) error {
	return s.fromMine(c, "reason", 0, func(v *catalog.Edition, reason string) error {
		return s.bySubmitter(c.Request.Context(), v, catalog.Step{To: review.Withdrawn, Reason: reason})
	})
}

// remarkForm adds to the thread.
func (s *Server) remarkForm(c *gin.Context) error {
	return s.fromMine(c, "text", 2, func(v *catalog.Edition, text string) error {
		return s.say(c.Request.Context(), v, catalog.Remark{Role: review.Submitter, Text: text})
	})
}

// fromMine does what a form of the page wants with its one text, and shows the page again.
func (s *Server) fromMine(c *gin.Context, field string, least int, do func(v *catalog.Edition, text string) error) error {
	secret(c)
	v, err := s.mine(c.Request.Context(), c.Param("key"))
	if err != nil {
		return err
	}
	sent, err := formSent(c)
	if err != nil {
		return err
	}
	text := strings.TrimSpace(strings.ReplaceAll(sent.Get(field), "\r\n", "\n"))
	var wrong problemsOf
	if wrong.text(field, text, least, maxRemark); len(wrong) > 0 {
		return s.showMine(c, http.StatusUnprocessableEntity, v, text, wrong)
	}
	if err := do(v, text); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, minePath+c.Param("key")+"#thread")
	return nil
}

// say adds a remark to a version's thread.
func (s *Server) say(ctx context.Context, v *catalog.Edition, r catalog.Remark) error {
	if v.State == review.Withdrawn {
		return &Problem{Status: http.StatusConflict, Code: "closed", Field: "state", Message: "It was withdrawn: nothing can be said about it any more."}
	}
	if err := s.slowly(ctx, s.gates.remarks); err != nil {
		return err
	}
	r.At = s.cfg.Now().Truncate(time.Millisecond)
	return submitProblem(s.cfg.Store.AddRemark(ctx, v.ID, r))
}

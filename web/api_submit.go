// Submissions over the API: an entry as JSON or YAML, the key of its personal link, and the steps of its submitter.

package web

import (
	"context"
	"encoding/json"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// submissionOut is a version as its submitter and its curators see it.
type submissionOut struct {
	Key       string          `json:"key,omitempty" doc:"of the personal link: the only way back, told once and kept nowhere"`
	URL       string          `json:"url" doc:"the page of the submission; to curators, of its review"`
	Edition   string          `json:"edition"`
	Usecase   string          `json:"usecase" doc:"the use case's id; empty before it is first sent in"`
	Version   int             `json:"version" doc:"0 before it is first sent in"`
	State     review.State    `json:"state"`
	Owner     string          `json:"owner" doc:"the curator who reviews it; empty: nobody yet"`
	Reason    string          `json:"reason" doc:"of the last step"`
	ChangedMS int64           `json:"changed_ms" doc:"when text or state changed last; the field seen of a curator's step"`
	Next      []review.State  `json:"next" doc:"where whoever asks may take it"`
	Entry     json.RawMessage `json:"entry" doc:"sealab schema usecase"`
	Faults    []usecase.Fault `json:"faults" doc:"what stands against sending it in"`
	Thread    []remarkOut     `json:"thread"`
	History   []stepOut       `json:"history"`
}

type remarkOut struct {
	At     time.Time   `json:"at"`
	Role   review.Role `json:"role"`
	By     string      `json:"by,omitempty"`
	Fields []string    `json:"fields,omitempty"`
	Text   string      `json:"text"`
}

type stepOut struct {
	At     time.Time `json:"at"`
	Act    string    `json:"act"`
	Role   string    `json:"role"`
	By     string    `json:"by,omitempty"`
	Reason string    `json:"reason,omitempty"`
}

// submissionOf gathers what is told of a version.
func (s *Server) submissionOf(ctx context.Context, v *catalog.Edition, as review.Role, url string) (*answerOf[submissionOut], error) {
	talk, history, names, err := s.thread(ctx, v)
	if err != nil {
		return nil, err
	}
	out := submissionOut{URL: url, Edition: v.ID, Usecase: v.Usecase, Version: v.Version, State: v.State, Owner: names[v.Curator], Reason: v.Reason,
		ChangedMS: v.Changed.UnixMilli(), Next: append([]review.State{}, review.Next(v.State, as)...), Entry: v.Entry.JSON(),
		Faults: append([]usecase.Fault{}, faultsOf(v)...), Thread: make([]remarkOut, len(talk)), History: make([]stepOut, len(history))}
	for i, r := range talk {
		out.Thread[i] = remarkOut{r.At, r.Role, r.By, r.Fields, r.Text}
	}
	for i, l := range history {
		out.History[i] = stepOut{l.At, l.Act, l.Role, l.By, l.Reason}
	}
	return &answerOf[submissionOut]{Status: http.StatusOK, CacheControl: "no-store", Body: out}, nil
}

// readEntry takes an entry from a request, JSON or YAML. What is no field, or of the wrong type, is refused; what is
// missing is not looked at.
func readEntry(contentType string, raw []byte) (usecase.Entry, error) {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil || !slices.Contains([]string{"application/json", "application/yaml"}, kind) {
		return usecase.Entry{}, &Problem{Status: http.StatusUnsupportedMediaType, Code: "bad_media_type", Field: "Content-Type", Value: clip(contentType),
			Allowed: "application/json or application/yaml", Message: "An entry comes as JSON or YAML."}
	}
	e, faults := parseSent(raw)
	settled := e
	settle(&settled)
	checked := settled.Check()
	unread := slices.DeleteFunc(faults, func(f usecase.Fault) bool {
		return slices.ContainsFunc(checked, func(c usecase.Fault) bool { return c.Field == f.Field && c.Problem == f.Problem })
	})
	if len(unread) > 0 {
		return e, unwhole(unread)
	}
	return e, nil
}

type submitIn struct {
	Draft   bool   `query:"draft" doc:"keep it as a draft though it is not whole"`
	Kind    string `header:"Content-Type"`
	RawBody []byte `contentType:"application/json" doc:"the entry, JSON or YAML, at most 64 kB"`
}

func (s *Server) apiSubmit(ctx context.Context, in *submitIn) (*answerOf[submissionOut], error) {
	if err := s.slowly(ctx, s.gates.writes); err != nil { // an entry that is refused took time to read, too
		return nil, err
	}
	e, err := readEntry(in.Kind, in.RawBody)
	if err != nil {
		return nil, err
	}
	if faults := faultsOf(&catalog.Edition{Entry: e}); len(faults) > 0 && !in.Draft {
		return nil, unwhole(faults)
	}
	d, key, err := s.newDraft(ctx, "", e)
	if err != nil {
		return nil, err
	}
	out, err := s.submissionOf(ctx, d, review.Submitter, minePath+key)
	if err != nil {
		return nil, err
	}
	out.Status, out.Body.Key = http.StatusCreated, key
	return out, nil
}

// keyIn names a submission by the key of its personal link.
type keyIn struct {
	Key string `path:"key"`
}

func (s *Server) apiSubmission(ctx context.Context, in *keyIn) (*answerOf[submissionOut], error) {
	v, err := s.mine(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	return s.submissionOf(ctx, v, review.Submitter, minePath+in.Key)
}

type rewriteIn struct {
	Key     string `path:"key"`
	Kind    string `header:"Content-Type"`
	RawBody []byte `contentType:"application/json" doc:"the entry, JSON or YAML, at most 64 kB"`
}

// apiRewrite replaces the text of a draft, whole or not.
func (s *Server) apiRewrite(ctx context.Context, in *rewriteIn) (*answerOf[submissionOut], error) {
	v, err := s.mine(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	if err := s.slowly(ctx, s.gates.writes); err != nil {
		return nil, err
	}
	e, err := readEntry(in.Kind, in.RawBody)
	if err != nil {
		return nil, err
	}
	e.Origin = usecase.Submitted
	v, err = s.cfg.Store.EditEntry(ctx, v.ID, s.cfg.Now(), func(old *usecase.Entry) error {
		*old = e
		return fits(old)
	})
	if err != nil {
		return nil, submitProblem(err)
	}
	return s.submissionOf(ctx, v, review.Submitter, minePath+in.Key)
}

// partIn is one step of the form, by the names of its fields.
type partIn struct {
	Key  string `path:"key"`
	Body struct {
		Step   string              `json:"step" doc:"what, where, data or sources"`
		Fields map[string][]string `json:"fields" doc:"as the form of that step sends them; what it leaves out becomes empty"`
	}
}

type savedOut struct {
	SavedMS int64           `json:"saved_ms"`
	Unread  []usecase.Fault `json:"unread" doc:"what could not be read and was left out"`
}

// apiPart saves a step of the form while somebody writes in it.
func (s *Server) apiPart(ctx context.Context, in *partIn) (*answerOf[savedOut], error) {
	v, err := s.mine(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(steps, func(st step) bool { return st.Name == in.Body.Step })
	if i < 0 {
		return nil, invalid("bad_step", "step", in.Body.Step, "allowed are what, where, data and sources")
	}
	v, unread, err := s.saveStep(ctx, v, &steps[i], formOf(in.Body.Fields))
	if err != nil {
		return nil, err
	}
	out := savedOut{SavedMS: s.cfg.Now().UnixMilli(), Unread: []usecase.Fault{}}
	for _, u := range unread {
		out.Unread = append(out.Unread, u.Fault)
	}
	return &answerOf[savedOut]{Status: http.StatusOK, CacheControl: "no-store", Body: out}, nil
}

// wordsIn is what a submitter says with a step, or without one.
type wordsIn struct {
	Key  string `path:"key"`
	Body *struct {
		Text string `json:"text,omitempty" maxLength:"4000" doc:"an answer to the curator, a reason, a remark"`
	}
}

func (in *wordsIn) text() string {
	if in.Body == nil {
		return ""
	}
	return strings.TrimSpace(in.Body.Text)
}

func (s *Server) apiSend(ctx context.Context, in *wordsIn) (*answerOf[submissionOut], error) {
	return s.withMine(ctx, in, 0, func(v *catalog.Edition) error {
		if faults := faultsOf(v); v.State.Open() && len(faults) > 0 {
			return unwhole(faults)
		}
		return s.send(ctx, v, in.text())
	})
}

func (s *Server) apiWithdraw(ctx context.Context, in *wordsIn) (*answerOf[submissionOut], error) {
	return s.withMine(ctx, in, 0, func(v *catalog.Edition) error {
		return s.bySubmitter(ctx, v, catalog.Step{To: review.Withdrawn, Reason: in.text()})
	})
}

func (s *Server) apiRemark(ctx context.Context, in *wordsIn) (*answerOf[submissionOut], error) {
	return s.withMine(ctx, in, 2, func(v *catalog.Edition) error {
		return s.say(ctx, v, catalog.Remark{Role: review.Submitter, Text: in.text()})
	})
}

// withMine does something with a submission and tells how it stands then.
func (s *Server) withMine(ctx context.Context, in *wordsIn, least int, do func(*catalog.Edition) error) (*answerOf[submissionOut], error) {
	v, err := s.mine(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	var wrong problemsOf
	if wrong.text("text", in.text(), least, maxRemark); len(wrong) > 0 {
		return nil, wrong[0]
	}
	if err := do(v); err != nil {
		return nil, err
	}
	return s.apiSubmission(ctx, &keyIn{in.Key})
}

// newVersionIn names a published use case.
type newVersionIn struct {
	ID string `path:"id" maxLength:"80"`
}

// apiEdit opens a draft of a new version of a published use case.
func (s *Server) apiEdit(ctx context.Context, in *newVersionIn) (*answerOf[submissionOut], error) {
	key, err := s.newVersion(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out, err := s.apiSubmission(ctx, &keyIn{key})
	if err != nil {
		return nil, err
	}
	out.Status, out.Body.Key = http.StatusCreated, key
	return out, nil
}

// The documented API: typed handlers through huma, which writes the OpenAPI 3.1 document from them; what is not plain
// JSON (streams, CSV, the plan) is routed by hand and added to the document.

package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"
)

const apiBase = "/api/v1"

func init() { huma.NewError = apiProblem }

// apiProblem gives the library's own refusals (a body that is no JSON, a field that nobody knows) our one shape.
func apiProblem(status int, message string, errs ...error) huma.StatusError {
	if status == http.StatusRequestEntityTooLarge {
		return tooLarge(maxBody)
	}
	p := &Problem{Status: status, Code: codeOf(status), Message: message}
	for _, err := range errs {
		if known, ok := err.(huma.ErrorDetailer); ok {
			d := known.ErrorDetail()
			p.Field, p.Allowed = fieldOf(d.Location), inWords.Replace(d.Message)
			if name, ok := required(d.Message); ok {
				p.Code, p.Field, p.Allowed = "missing_field", name, "this field must be given"
			} else if d.Value != nil && status != http.StatusBadRequest {
				value, _ := json.Marshal(d.Value) // it came from JSON or from an address
				p.Value = clip(strings.Trim(string(value), `"`))
			}
			p.Message = fmt.Sprintf("%s cannot be used: %s.", orText(p.Field, "The request"), p.Allowed)
			break
		}
		if err != nil {
			return problemOf(err)
		}
	}
	return p
}

// required finds the field that the library says is missing.
func required(message string) (field string, ok bool) {
	rest, ok := strings.CutPrefix(message, "expected required property ")
	field, _, found := strings.Cut(rest, " ")
	return field, ok && found
}

// inWords says the library's comparisons as a person would.
var inWords = strings.NewReplacer("<= ", "at most ", ">= ", "at least ", "< ", "less than ", "> ", "more than ")

// fieldOf turns "body.params.gate" into "params.gate".
func fieldOf(location string) string {
	for _, prefix := range []string{"body.", "query.", "path.", "header."} {
		location = strings.TrimPrefix(location, prefix)
	}
	return location
}

func codeOf(status int) string {
	switch status {
	case http.StatusBadRequest:
		return "bad_request"
	case http.StatusRequestEntityTooLarge:
		return "too_large"
	case http.StatusUnsupportedMediaType:
		return "bad_media_type"
	case http.StatusUnprocessableEntity:
		return "invalid"
	}
	return strings.ReplaceAll(strings.ToLower(http.StatusText(status)), " ", "_")
}

// answerOf is what a typed handler returns: its body, and nothing else.
type answerOf[T any] struct {
	Status       int
	SetCookie    string `header:"Set-Cookie"`
	CacheControl string `header:"Cache-Control"`
	Body         T
}

func ok[T any](v T) (*answerOf[T], error) {
	return &answerOf[T]{Status: http.StatusOK, CacheControl: "no-cache", Body: v}, nil
}

// get registers a typed GET. What fails inside becomes a Problem here and nowhere else.
func get[I, O any](api huma.API, path, id, summary string, h func(context.Context, *I) (*answerOf[O], error)) {
	register(api, http.MethodGet, path, id, summary, h)
}

func register[I, O any](api huma.API, method, path, id, summary string, h func(context.Context, *I) (*answerOf[O], error), also ...int) {
	op := huma.Operation{OperationID: id, Method: method, Path: apiBase + path, Summary: summary, MaxBodyBytes: maxBody,
		Tags: []string{strings.Split(strings.Trim(path, "/"), "/")[0]}, DefaultStatus: http.StatusOK}
	if len(also) > 0 {
		op.DefaultStatus = also[0]
	}
	_, op.SkipValidateBody = reflect.TypeFor[I]().FieldByName("RawBody") // the handler reads it, and names every fault
	huma.Register(api, op, func(ctx context.Context, in *I) (*answerOf[O], error) {
		out, err := h(ctx, in)
		if err != nil {
			return nil, problemOf(err)
		}
		return out, nil
	})
}

func (s *Server) newAPI(r *gin.Engine) huma.API {
	c := huma.DefaultConfig("Sealab", "1")
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = apiBase+"/openapi", "", ""
	c.RejectUnknownQueryParameters = true // a misspelt filter would else change nothing
	c.CreateHooks = nil                   // no links to schemas inside the answers
	c.Info.Description = "Smart container seals in worlds whose truth is known: plan and live frames, runs, findings, " +
		"comparisons. Times are milliseconds since 1970 of virtual time unless named otherwise. Errors are " +
		"{error: {code, message, field?, value?, allowed?}}. Tables have a CSV form beside them (.csv)."
	c.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	return humagin.New(r, c)
}

// document adds a route that huma does not serve.
func document(api huma.API, method, path, id, summary, kind string, params ...string) {
	op := &huma.Operation{OperationID: id, Method: method, Path: apiBase + path, Summary: summary,
		Tags: []string{strings.Split(strings.Trim(path, "/"), "/")[0]},
		Responses: map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{
			kind: {Schema: &huma.Schema{Type: huma.TypeString}}}}}}
	if kind == "application/json" {
		op.Responses["200"].Content[kind].Schema = &huma.Schema{Type: huma.TypeObject}
	}
	for _, p := range params {
		in := "query"
		if strings.Contains(path, "{"+p+"}") {
			in = "path"
		}
		op.Parameters = append(op.Parameters, &huma.Param{Name: p, In: in, Required: in == "path", Schema: &huma.Schema{Type: huma.TypeString}})
	}
	api.OpenAPI().AddOperation(op)
}

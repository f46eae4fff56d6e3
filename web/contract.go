// The message contract: its forms and its AsyncAPI document as files, and as a page that reads the same tables.

package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/pocs/program"
	"sealab/sim/contract"
	"sealab/sim/seal"
)

// formJSON is one published form in a list.
type formJSON struct {
	Name string `json:"name"`
	Doc  string `json:"doc"`
	URL  string `json:"url"`
}

type formsJSON struct {
	AsyncAPI string     `json:"asyncapi" doc:"where the AsyncAPI 3 document is"`
	Protocol string     `json:"protocol" doc:"where the page on the protocol of programs is, as Markdown"`
	Forms    []formJSON `json:"forms"`
}

const (
	asyncPath    = apiBase + "/asyncapi.json"
	protocolPath = apiBase + "/protocol.md"
)

func forms() formsJSON {
	out := formsJSON{AsyncAPI: asyncPath, Protocol: protocolPath}
	for _, f := range contract.Forms {
		out.Forms = append(out.Forms, formJSON{f.Name, f.Doc, apiBase + "/schemas/" + f.Name})
	}
	return out
}

func (s *Server) apiForms(context.Context, *struct{}) (*answerOf[formsJSON], error) {
	return ok(forms())
}

// asyncAPI serves the contract as one document.
func (s *Server) asyncAPI(c *gin.Context) error {
	c.Header("Cache-Control", "no-cache")
	c.Data(http.StatusOK, "application/json", contract.AsyncAPI())
	return nil
}

// protocolFile serves the page on how programs are talked with.
func (s *Server) protocolFile(c *gin.Context) error {
	c.Header("Cache-Control", "no-cache")
	c.Data(http.StatusOK, "text/markdown; charset=utf-8", program.Page())
	return nil
}

// formFile serves one form as JSON Schema.
func (s *Server) formFile(c *gin.Context) error {
	f := contract.FormOf(c.Param("name"))
	if f == nil {
		return notFound("schema", c.Param("name"), "GET /api/v1/schemas lists them")
	}
	c.Header("Cache-Control", "no-cache")
	c.Data(http.StatusOK, "application/schema+json", f.Schema())
	return nil
}

// contractPage shows the contract to people.
type contractPage struct {
	formsJSON
	Topics []topicRow
	Fields []fieldRow
}

type topicRow struct {
	Topic, Doc string
	From, To   contract.Party
	QoS        int
	Retained   bool
	Messages   []messageRow
}

type messageRow struct{ Doc, Form, URL, Example string }

type fieldRow struct {
	Path, Doc, Unit, Range string
	Names                  []string // of a closed list
	CBOR                   int      // 0: none
	Always                 bool     // in every reading but a last will
}

func (s *Server) contractPage(c *gin.Context) error {
	return s.page(c, "contract", contractPage{forms(), topicRows(), fieldRows()})
}

func topicRows() (rows []topicRow) {
	for i := range contract.Channels {
		c := &contract.Channels[i]
		row := topicRow{Topic: c.Topic(), Doc: c.Doc, From: c.From, To: c.To, QoS: c.QoS, Retained: c.Retained}
		for j := range contract.Messages {
			if m := &contract.Messages[j]; slices.Contains(c.Messages, m.Name) {
				row.Messages = append(row.Messages, messageRow{m.Doc, m.Form, apiBase + "/schemas/" + m.Form, string(m.Example())})
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func fieldRows() (rows []fieldRow) {
	for _, list := range [][]seal.TextInfo{seal.Texts[:], seal.Proofs[:]} {
		for i := range list {
			t := &list[i]
			rows = append(rows, fieldRow{Path: t.Path, Doc: t.Doc, CBOR: t.CBOR, Always: t.Path == "seal",
				Range: "≤ " + strconv.Itoa(t.MaxLen)})
		}
	}
	for f := range seal.Fields {
		i := &seal.Fields[f]
		row := fieldRow{Path: i.Path, Doc: i.Doc, Unit: i.Unit, CBOR: i.CBOR, Always: i.Required}
		switch i.Type {
		case seal.FieldInt:
			row.Range = minus.Replace(seal.Format(seal.Field(f), i.Min) + " … " + seal.Format(seal.Field(f), i.Max))
		case seal.FieldEnum:
			row.Names = i.Enum[1:]
		case seal.FieldTime:
			row.Range = "RFC 3339"
		case seal.FieldBool:
			row.Range = "true, false"
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b fieldRow) int { return strings.Compare(a.Path, b.Path) })
	return rows
}

// minus writes numbers with a true minus sign.
var minus = strings.NewReplacer("-", "−")

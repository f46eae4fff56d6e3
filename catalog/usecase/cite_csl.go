// A version as CSL-JSON.

package usecase

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// CSL is the version as CSL-JSON: a list of one report.
func (c *Citation) CSL() []byte {
	type name struct {
		Literal string `json:"literal"`
	}
	type date struct {
		Parts [1][3]int `json:"date-parts"`
	}
	item := struct {
		ID        string `json:"id"`
		Type      string `json:"type"`
		Title     string `json:"title"`
		Author    []name `json:"author"`
		Issued    date   `json:"issued"`
		Publisher string `json:"publisher"`
		Genre     string `json:"genre"`
		Version   string `json:"version"`
		Number    string `json:"number"`
		Language  string `json:"language"`
		Keyword   string `json:"keyword"`
		Abstract  string `json:"abstract"`
		URL       string `json:"URL,omitempty"`
		Note      string `json:"note"`
	}{ID: c.key(), Type: "report", Title: oneLine(c.Entry.Title), Publisher: c.Hub, Genre: "Use case", Version: fmt.Sprint(c.Version),
		Number: VersionURN(c.Entry.ID, c.Version), Language: c.Entry.Language(), Keyword: strings.Join(c.keywords(), ", "), Abstract: oneLine(c.Entry.Summary),
		URL: c.Address, Note: c.note()}
	for _, author := range c.Authors() {
		item.Author = append(item.Author, name{oneLine(author)})
	}
	item.Issued.Parts[0] = [3]int{c.Published.Year(), int(c.Published.Month()), c.Published.Day()}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	w.SetIndent("", "  ")
	if err := w.Encode([]any{item}); err != nil {
		panic(err) // texts and whole numbers
	}
	return b.Bytes()
}

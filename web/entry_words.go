// What an entry holds as a person reads it: dates, figures, countries, languages.

package web

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// spanOf writes from when to when; what is not known is left out.
func spanOf(t *texts, started, ended string) string {
	switch {
	case started != "" && ended != "":
		return dateWords(started) + " – " + dateWords(ended)
	case started != "":
		return t.T("entry.since", "start", dateWords(started))
	case ended != "":
		return t.T("entry.until", "end", dateWords(ended))
	}
	return ""
}

// dateWords writes a year, month or day of an entry as a person reads it.
func dateWords(text string) string {
	for _, form := range [][2]string{{time.DateOnly, "2 Jan 2006"}, {"2006-01", "Jan 2006"}} {
		if at, err := time.Parse(form[0], text); err == nil {
			return at.Format(form[1])
		}
	}
	return text
}

// reported prints a figure as somebody reported it: all its digits, thousands set apart.
func reported(v *float64) string {
	if v == nil {
		return "–"
	}
	digits := strconv.FormatFloat(*v, 'f', -1, 64)
	front, rest, broken := strings.Cut(digits, ".")
	if broken {
		return whole(front) + "." + rest
	}
	return whole(front)
}

// customsNames are countries that the World Customs Organization calls otherwise than most.
var customsNames = map[string]string{"HK": "Hong Kong, China", "MO": "Macao, China", "TR": "Türkiye"}

// countryName is how a country is called; a code that nobody knows is shown as it is.
func countryName(code string) string {
	if name := customsNames[code]; name != "" {
		return name
	}
	if region, err := language.ParseRegion(code); err == nil {
		if name := display.English.Regions().Name(region); name != "" {
			return name
		}
	}
	return code
}

// siteOf is where an address leads and how, for whoever wants to know before following it.
func siteOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// languageName is how a language is called.
func languageName(code string) string {
	if tag, err := language.Parse(code); err == nil {
		if name := display.English.Tags().Name(tag); name != "" {
			return name
		}
	}
	return code
}

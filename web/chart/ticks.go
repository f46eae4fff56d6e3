package chart

import (
	"html/template"
	"math"
	"strconv"
	"time"

	"gonum.org/v1/plot"
)

// Nice gives about n marks at round numbers that span low to high.
func Nice(low, high float64, n int) []Tick {
	if !(high > low) {
		low, high = low-1, low+1
	}
	step := math.Pow(10, math.Floor(math.Log10((high-low)/float64(n))))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if (high-low)/(step*m) <= float64(n) {
			step *= m
			break
		}
	}
	var out []Tick
	places := 0
	for s := step; math.Abs(s-math.Round(s)) > 1e-9 && places < 9; s *= 10 {
		places++
	}
	for i := math.Floor(low / step); ; i++ {
		v := i * step
		out = append(out, Tick{v, minus(strconv.FormatFloat(v, 'f', places, 64))})
		if v >= high-step*1e-9 {
			return out
		}
	}
}

func minus(s string) string {
	if s != "" && s[0] == '-' {
		return "−" + s[1:]
	}
	return s
}

// Days gives marks at midnights, about n of them, between two times, and the times themselves without a label.
// Places on such an axis are ms since 1970.
func Days(from, to time.Time, n int) []Tick {
	step := max(1, int(math.Ceil(to.Sub(from).Hours()/24/float64(n))))
	layout := "2 Jan"
	if to.Sub(from) < 48*time.Hour {
		return hours(from, to, n)
	}
	out := []Tick{{At: float64(from.UnixMilli())}}
	day := from.UTC().Truncate(24 * time.Hour)
	for day.Before(to) {
		if day.After(from) || day.Equal(from) {
			out = append(out, Tick{float64(day.UnixMilli()), day.Format(layout)})
		}
		day = day.AddDate(0, 0, step)
	}
	return append(out, Tick{At: float64(to.UnixMilli())})
}

func hours(from, to time.Time, n int) []Tick {
	step := time.Duration(max(1, int(math.Ceil(to.Sub(from).Hours()/float64(n))))) * time.Hour
	out := []Tick{{At: float64(from.UnixMilli())}}
	for at := from.UTC().Truncate(step).Add(step); at.Before(to); at = at.Add(step) {
		out = append(out, Tick{float64(at.UnixMilli()), at.Format("15:04")})
	}
	return append(out, Tick{At: float64(to.UnixMilli())})
}

// Bars draws horizontal bars and marks; YTicks name the rows.
func Bars(f Frame, bars []Bar, marks []Mark) template.HTML {
	var over []plot.Plotter
	for _, b := range bars {
		over = append(over, b)
	}
	for _, m := range marks {
		over = append(over, m)
	}
	return f.svg(f.axes(), over...)
}

package wire

// This file writes and reads times: RFC 3339, UTC, with milliseconds. A time is a count of ms since 1970.

import "strconv"

const (
	msPerDay = 24 * 60 * 60 * 1000

	// MinTime and MaxTime bound every time on the wire: the years 2020 to 2100, protocol v1.
	MinTime = 18262 * msPerDay
	MaxTime = 47847*msPerDay - 1
)

// AppendTime appends ms as a JSON string such as "2026-03-01T08:15:00.250Z".
func AppendTime(b []byte, ms int64) []byte {
	b = append(b, '"')
	b = AppendTimeText(b, ms)
	return append(b, '"')
}

// AppendTimeText is AppendTime without the quotes.
func AppendTimeText(b []byte, ms int64) []byte {
	days := ms / msPerDay
	rest := ms % msPerDay
	if rest < 0 {
		days, rest = days-1, rest+msPerDay
	}
	year, month, day := civil(days)
	if year < 0 || year > 9999 { // no field allows it; it is printed all the same, so that a fault shows
		b = append(strconv.AppendInt(b, year, 10), "-00-00T00:00:00.000Z"...)
	} else {
		b = append(b, "0000-00-00T00:00:00.000Z"...)
		put2(b[len(b)-24:], year/100)
		put2(b[len(b)-22:], year%100)
	}
	t := b[len(b)-20:]
	put2(t[1:], month)
	put2(t[4:], day)
	sec := rest / 1000
	put2(t[7:], sec/3600)
	put2(t[10:], sec/60%60)
	put2(t[13:], sec%60)
	t[16] = '0' + byte(rest%1000/100)
	put2(t[17:], rest%100)
	return b
}

func put2(b []byte, v int64) { b[0], b[1] = '0'+byte(v/10), '0'+byte(v%10) }

// civil turns a count of days since 1970 into a date of the Gregorian calendar, counting years from March so that the
// leap day is a year's last.
func civil(days int64) (year, month, day int64) {
	days += 719468 // days from 0000-03-01 to 1970-01-01
	era := days / 146097
	if days < 0 {
		era = (days - 146096) / 146097
	}
	doe := days - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	year, month, day = yoe+era*400, mp+3, doy-(153*mp+2)/5+1
	if month > 12 {
		year, month = year+1, month-12
	}
	return year, month, day
}

// daysOf is the inverse of civil, for years from 0.
func daysOf(year, month, day int64) int64 {
	if month <= 2 {
		year, month = year-1, month+12
	}
	era := (year+400)/400 - 1 // year −1 occurs
	yoe := year - era*400
	doy := (153*(month-3)+2)/5 + day - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468
}

// ParseTime reads a time in UTC, written Z or +00:00. Digits below the millisecond are rounded, and rounded says so.
func ParseTime(t []byte) (ms int64, rounded, ok bool) {
	const form = "0000-00-00T00:00:00"
	if len(t) < len(form)+1 {
		return 0, false, false
	}
	for i := range len(form) {
		if form[i] == '0' && t[i]-'0' > 9 || form[i] != '0' && t[i] != form[i] {
			return 0, false, false
		}
	}
	year, month, day := get2(t)*100+get2(t[2:]), get2(t[5:]), get2(t[8:])
	hour, minute, second := get2(t[11:]), get2(t[14:]), get2(t[17:])
	if month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59 {
		return 0, false, false
	}
	days := daysOf(year, month, day)
	if _, m, _ := civil(days); m != month { // 30 February
		return 0, false, false
	}
	frac, rounded, rest, ok := millis(t[len(form):])
	if !ok || string(rest) != "Z" && string(rest) != "+00:00" {
		return 0, false, false
	}
	return days*msPerDay + (hour*3600+minute*60+second)*1000 + frac, rounded, true
}

// millis reads an optional fraction of a second, and returns what follows it.
func millis(t []byte) (ms int64, rounded bool, rest []byte, ok bool) {
	if t[0] != '.' {
		return 0, false, t, true
	}
	i := 1
	for ; i < len(t) && t[i]-'0' <= 9; i++ {
		d := int64(t[i] - '0')
		switch {
		case i <= 3:
			ms = ms*10 + d
		case i == 4 && d >= 5:
			ms, rounded = ms+1, true
		case d != 0:
			rounded = true
		}
	}
	for n := i; n < 4; n++ {
		ms *= 10
	}
	return ms, rounded, t[i:], i > 1
}

func get2(t []byte) int64 { return int64(t[0]-'0')*10 + int64(t[1]-'0') }

package catalog

import (
	"testing"
	"time"
)

func TestSessions(t *testing.T) {
	now := day0
	s := Sessions{mustOpen(t, t.TempDir()), func() time.Time { return now }}
	for _, data := range []string{"first", "second"} {
		if err := s.Commit("token", []byte(data), day0.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got, found, err := s.Find("token"); string(got) != data || !found || err != nil {
			t.Errorf("got %q, %v, %v", got, found, err)
		}
	}
	if _, found, err := s.Find("another"); found || err != nil {
		t.Errorf("a token that nobody has: %v, %v", found, err)
	}
	var plain int
	if err := s.Store.read.QueryRow(`SELECT count(*) FROM session WHERE instr(token_sha256, 'token') > 0`).Scan(&plain); err != nil || plain > 0 {
		t.Errorf("the token itself is kept: %v", err)
	}
	now = day0.Add(time.Hour)
	if _, found, _ := s.Find("token"); found {
		t.Error("its time is over")
	}
	if err := s.Commit("next", nil, now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	var rows int
	if err := s.Store.read.QueryRow(`SELECT count(*) FROM session`).Scan(&rows); err != nil || rows != 1 {
		t.Errorf("%d rows, %v: what is over was not forgotten", rows, err)
	}
	if err := s.Delete("next"); err != nil {
		t.Fatal(err)
	}
	if _, found, _ := s.Find("next"); found {
		t.Error("it is still there after it was deleted")
	}
	if err := s.Delete("next"); err != nil {
		t.Errorf("deleted twice: %v", err)
	}
}

package web

import "testing"

func TestRecentDropsWhatWasUsedLongestAgo(t *testing.T) {
	r := newRecent[int](10)
	r.put("a", 1, 4)
	r.put("b", 2, 4)
	r.get("a")
	r.put("c", 3, 4)
	if _, ok := r.get("b"); ok {
		t.Error("b is still there")
	}
	for key, want := range map[string]int{"a": 1, "c": 3} {
		if got, ok := r.get(key); !ok || got != want {
			t.Errorf("%s is %d, %v", key, got, ok)
		}
	}
	r.put("huge", 9, 11)
	if _, ok := r.get("huge"); ok {
		t.Error("what weighs more than all room was kept")
	}
	r.put("a", 5, 10)
	if got, _ := r.get("a"); got != 5 || r.total != 10 || r.order.Len() != 1 {
		t.Errorf("got %d, weight %d, %d entries", got, r.total, r.order.Len())
	}
	r.forget("a")
	r.forget("a")
	if r.total != 0 {
		t.Errorf("weight %d is left", r.total)
	}
}

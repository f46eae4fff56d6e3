package sim

import (
	"errors"
	"strings"
	"testing"
)

// TestResolve reads settings as people write them: numbers, words, names without their prefix.
func TestResolve(t *testing.T) {
	list := CommonSettings(5, 600)
	for given, want := range map[string]float64{
		"signature=sign+chain": Chained, "signature=1": Signed, "signature=none": Unsigned,
		"radio_loss=0.1": 0.1, "assumption.radio_loss=high": 0.05, "cut_max_min=low": 30,
		"partition_h=720": 720, "clock_skew_s=0.5": 0.5, "base_rate=0": 0,
	} {
		name, value, _ := strings.Cut(given, "=")
		set, err := Resolve("setting", list, map[string]string{name: value})
		if err != nil {
			t.Errorf("%s: %v", given, err)
		} else if got := set[FullName(name)]; got != want || len(set) != len(list) {
			t.Errorf("%s gave %v of %d settings, want %v of %d", given, got, len(set), want, len(list))
		}
	}
	for given, says := range map[string]string{
		"signature=low": "allowed are none (0), sign (1), sign+chain (2)", "signature=3": "sign+chain (2)", "seals=sign": "allowed is a whole number",
		"radio_loss=2": "from 0 to 1, or low or high", "radio_los=0.1": `unknown setting "radio_los"`, "base_rate=-1": "from 0 to 10000 per 10,000 trips",
	} {
		name, value, _ := strings.Cut(given, "=")
		_, err := Resolve("setting", list, map[string]string{name: value})
		var bad *BadSetting
		if !errors.As(err, &bad) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %v, want %s", given, err, says)
		}
	}
	if _, err := Resolve("setting", list, map[string]string{"radio_loss": "0", "assumption.radio_loss": "0"}); err == nil || !strings.Contains(err.Error(), "say it once") {
		t.Errorf("one value under two names: %v", err)
	}
}

// TestCommonSettings wants every setting whole, and no assumption that could be taken for a plain setting.
func TestCommonSettings(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range CommonSettings(5, 600) {
		if s.Doc == "" || s.Mark == "" || seen[s.Name] || s.Default < s.Min || s.Default > s.Max {
			t.Errorf("setting %+v is not whole, or stands twice", s)
		}
		if short := strings.TrimPrefix(s.Name, AssumptionPrefix); seen[short] {
			t.Errorf("%s without its prefix is another setting", s.Name)
		}
		seen[s.Name] = true
		if v, err := s.Parse(s.Text(s.Default)); err != nil || v != s.Default {
			t.Errorf("%s: its default %s reads as %v, %v", s.Name, s.Text(s.Default), v, err)
		}
	}
}

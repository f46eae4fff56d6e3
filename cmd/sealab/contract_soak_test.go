//go:build soak

// The long form of the contract's test: a day of 200 seals in other worlds of every scenario, and whole worlds with
// their attacks.
package main

import (
	"fmt"
	"testing"
	"time"
)

func TestEveryMessageKeepsTheContractSoak(t *testing.T) {
	for seed := uint64(1); seed <= 6; seed++ {
		t.Run(fmt.Sprint("day ", seed), func(t *testing.T) { keepContract(t, "200", 24*time.Hour, seed) })
	}
	t.Run("whole", func(t *testing.T) { keepContract(t, "60", 365*24*time.Hour, 7) })
}

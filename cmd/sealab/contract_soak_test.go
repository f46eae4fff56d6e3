//go:build soak

// The long form of the contract's test: a day of 200 seals in every scenario, and whole worlds with their attacks.
package main

import (
	"testing"
	"time"
)

func TestEveryMessageKeepsTheContractSoak(t *testing.T) {
	t.Run("day", func(t *testing.T) { keepContract(t, "200", 24*time.Hour) })
	t.Run("whole", func(t *testing.T) { keepContract(t, "60", 365*24*time.Hour) })
}

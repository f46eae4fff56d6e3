package main

import (
	"crypto/rand"
	"encoding/binary"
)

// randomDice draws a seed for a detector's dice where no room keeps a secret: like every seed it stays below 2^53.
func randomDice() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails, says its documentation
	return binary.LittleEndian.Uint64(b[:]) >> 11
}

//go:build !unix

package main

import (
	"os"
	"syscall"
)

// stopSignals are those at which a command stops in good order.
func stopSignals() []os.Signal { return []os.Signal{os.Interrupt, syscall.SIGTERM} }

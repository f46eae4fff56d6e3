//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
)

// stopSignals are those at which a command stops in good order: Ctrl-C, kill, and the closing of its terminal, unless
// nohup wants it to outlive that.
func stopSignals() []os.Signal {
	list := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		list = append(list, syscall.SIGHUP)
	}
	return list
}

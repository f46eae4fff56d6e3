//go:build unix

// A program is killed as a group: with everything that it started and that has not left its session.

package program

import (
	"os/exec"
	"syscall"
)

// ownGroup makes the program the leader of a session of its own: no signal of our terminal reaches it.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }

// killGroup kills the processes of a group. That there are none left is no error.
func killGroup(pid int) { _ = syscall.Kill(-pid, syscall.SIGKILL) }

// killOne kills one process.
func killOne(pid int) { _ = syscall.Kill(pid, syscall.SIGKILL) }

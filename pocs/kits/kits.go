// Package kits is what others need to write a detector in their language: for each a client file, the detector `rules`
// as an example, and what a new proof of concept begins with. The files stand alone: they know nothing of this module.
package kits

import "embed"

// files are all kits. The Go kit is a program of this module too, so that it is built and vetted with it.
//
//go:embed python/*.py javascript/*.js golang/*.go
var files embed.FS

// The command publish takes an entry the whole way to the shelf, as submitter and curator would together.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"sealab/catalog"
	"sealab/catalog/review"
	"sealab/catalog/usecase"
)

// publish DATA FILE [withdraw] publishes the file's entry, as a new version where its use case is there, and withdraws it
// again where that is asked.
func publish() {
	if err := toShelf(os.Args[1], os.Args[2], len(os.Args) > 3); err != nil {
		fmt.Fprintln(os.Stderr, "publish:", err)
		os.Exit(1)
	}
}

func toShelf(data, file string, withdraw bool) error {
	ctx, now := context.Background(), time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	e, faults := usecase.Parse(text)
	if len(faults) > 0 {
		return faults[0]
	}
	store, err := catalog.Open(ctx, data)
	if err != nil {
		return err
	}
	defer store.Close()
	of := e.ID
	if _, err := store.Versions(ctx, openRoom, of); errors.Is(err, catalog.ErrNotFound) {
		of = ""
	}
	d, _, err := store.NewDraft(ctx, openRoom, of, e, now)
	if err != nil {
		return err
	}
	curator := catalog.Actor{Role: review.Curator, Name: "c-1"}
	steps := []catalog.Step{{To: review.Sent, By: catalog.Actor{Role: review.Submitter}}, {To: review.InReview, By: curator},
		{To: review.Approved, By: curator}, {To: review.Published, By: curator}}
	if withdraw {
		steps = append(steps, catalog.Step{To: review.Withdrawn, By: curator, Reason: "Wrong throughout."})
	}
	for i, step := range steps {
		if _, err := store.Move(ctx, d.ID, step, now.Add(time.Duration(i)*time.Hour)); err != nil {
			return err
		}
	}
	return nil
}

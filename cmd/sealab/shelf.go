//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sealab/catalog"
	"sealab/catalog/usecases"
)

// openShelf opens the store with the use cases that this code brings along published in it.
func (f dataFlags) openShelf(ctx context.Context) (*catalog.Store, error) {
	store, err := f.open(ctx)
	if err != nil {
		return nil, err
	}
	if err := seedShelf(ctx, store); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// seedShelf publishes what is new or reads otherwise than what the hub published before.
func seedShelf(ctx context.Context, store *catalog.Store) error {
	if _, err := store.SeedUsecases(ctx, catalog.DefaultRoom, usecases.List(), time.Now()); err != nil {
		return fmt.Errorf("fill catalogue: %w", err)
	}
	return nil
}

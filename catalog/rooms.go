// Rooms: who shares what. Each has a secret that salts its detectors' dice, so that no detector can guess them.

package catalog

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"time"
)

// DefaultRoom is where everything belongs that names no room.
const DefaultRoom = "open"

func roomName(room string) string {
	if room == "" {
		return DefaultRoom
	}
	return room
}

// DiceSeed gives the seed, below 2^53, of a detector's dice: HMAC-SHA-256 with the room's secret over the parts, each
// after its length as 8 bytes little endian. The same parts give the same seed in this room for ever, and nothing about
// it can be known elsewhere. An empty room is DefaultRoom; an unknown one is ErrNotFound.
func (s *Store) DiceSeed(ctx context.Context, room string, parts ...string) (uint64, error) {
	room = roomName(room)
	var secret []byte
	if err := s.read.QueryRowContext(ctx, `SELECT secret FROM room WHERE name = ?`, room).Scan(&secret); err != nil {
		return 0, fmt.Errorf("read room %s: %w", room, explain(err))
	}
	mac := hmac.New(sha256.New, secret)
	for _, part := range parts {
		mac.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(part))))
		mac.Write([]byte(part))
	}
	return binary.LittleEndian.Uint64(mac.Sum(nil)) >> 11, nil
}

// checkRoom refuses a room that does not exist.
func checkRoom(ctx context.Context, tx *sql.Tx, name string) error {
	var there bool
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM room WHERE name = ?)`, name).Scan(&there); err != nil {
		return explain(err)
	}
	if !there {
		return fmt.Errorf("room %s: %w", name, ErrNotFound)
	}
	return nil
}

// addRoom makes a room with a fresh secret, unless it exists.
func addRoom(ctx context.Context, db *sql.DB, name string) error {
	secret := make([]byte, 32)
	rand.Read(secret) // never fails: see its documentation
	_, err := db.ExecContext(ctx, `INSERT INTO room (name, secret, created_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
		name, secret, time.Now().UnixMilli())
	if err != nil {
		return fmt.Errorf("add room %s: %w", name, explain(err))
	}
	return nil
}

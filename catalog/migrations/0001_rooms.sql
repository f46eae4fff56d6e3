-- The hub's own facts, and the rooms that own every other row.

CREATE TABLE meta (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE room (
  name       TEXT    NOT NULL PRIMARY KEY,
  secret     BLOB    NOT NULL CHECK (length(secret) = 32), -- salts the detectors' dice
  created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A store as the binary of schema 1 left it. Fixtures are never changed, only added: one for each released schema.

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
INSERT INTO room VALUES('open', x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 1767571200000);
INSERT INTO meta VALUES('fixture', 'schema 1');
PRAGMA application_id = 1397047628;
PRAGMA user_version = 1;

-- What is known of a run beside its record: whether it came out again, and what was kept where it did not.
-- Times are milliseconds since 1970 UTC.

CREATE TABLE verification ( -- the last answer for a run by each code; another code's says nothing of this one's
  run_id      TEXT    NOT NULL,
  code_commit TEXT    NOT NULL, -- of the code that played it again
  answer      TEXT    NOT NULL,
  record      TEXT    NOT NULL, -- the first that differs, or empty
  checked_ms  INTEGER NOT NULL,
  PRIMARY KEY (run_id, code_commit)
) STRICT, WITHOUT ROWID;

CREATE TABLE world_check ( -- whether a code makes a world as it was heard
  world_digest TEXT    NOT NULL,
  code_commit  TEXT    NOT NULL,
  same         INTEGER NOT NULL CHECK (same IN (0, 1)),
  checked_ms   INTEGER NOT NULL,
  PRIMARY KEY (world_digest, code_commit)
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_world ( -- a world whose messages are kept, since the code that is here cannot make them
  digest TEXT    NOT NULL PRIMARY KEY, -- of what was heard: its name and its proof
  events INTEGER NOT NULL,
  plan   BLOB    NOT NULL -- how everything was to move, as packed JSON for the map; may be empty
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_events ( -- what was heard of one seal, or in notices about one container, in packed chunks
  world   TEXT    NOT NULL REFERENCES kept_world (digest) ON DELETE CASCADE,
  subject TEXT    NOT NULL, -- a seal's id, or a container's number
  n       INTEGER NOT NULL, -- of the chunk, from 1
  chunk   BLOB    NOT NULL,
  PRIMARY KEY (world, subject, n)
) STRICT;

CREATE TABLE origin ( -- where an imported experiment came from
  experiment_id TEXT    NOT NULL PRIMARY KEY REFERENCES experiment (id) ON DELETE CASCADE,
  bundle        TEXT    NOT NULL, -- SHA-256 of the file
  room          TEXT    NOT NULL, -- it belonged to there
  results       TEXT    NOT NULL, -- SHA-256 of the conclusion as the bundle has it; empty: it has none
  imported_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Use cases with their versions, what was said and done about them, and who may review. Times are milliseconds since
-- 1970 UTC. Of every key that admits somebody only the SHA-256 is kept.

CREATE TABLE edition ( -- one version of a use case, from draft to catalogue
  id           TEXT    NOT NULL PRIMARY KEY,
  room         TEXT    NOT NULL REFERENCES room (name),
  usecase      TEXT    NOT NULL, -- the use case's id; empty while a draft has none
  version      INTEGER NOT NULL CHECK (version >= 0), -- 0: it was never sent in, and has no number yet
  state        TEXT    NOT NULL CHECK (state IN ('draft', 'submitted', 'in-review', 'changes-requested', 'approved', 'published', 'withdrawn')),
  entry        TEXT    NOT NULL, -- JSON, in the one form of package usecase
  key_sha256   BLOB    CHECK (length(key_sha256) = 32), -- of the personal link; null: nobody outside may change it
  curator      TEXT    NOT NULL, -- who reviews it; empty: nobody yet
  approver     TEXT    NOT NULL, -- who approved it
  reason       TEXT    NOT NULL, -- of the last step
  created_ms   INTEGER NOT NULL,
  changed_ms   INTEGER NOT NULL, -- of text or state
  published_ms INTEGER           -- null until it is
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX edition_by_usecase ON edition (room, usecase, version) WHERE version > 0;
CREATE UNIQUE INDEX edition_by_key ON edition (key_sha256) WHERE key_sha256 IS NOT NULL;
CREATE INDEX edition_by_state ON edition (room, state, changed_ms);

CREATE TABLE remark ( -- what submitter and curators write to each other
  n          INTEGER NOT NULL PRIMARY KEY,
  edition_id TEXT    NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
  at_ms      INTEGER NOT NULL,
  role       TEXT    NOT NULL CHECK (role IN ('submitter', 'curator', 'hub')),
  actor      TEXT    NOT NULL,
  fields     TEXT    NOT NULL, -- such as metrics[0].unit, with a space between two; empty: the entry as a whole
  text       TEXT    NOT NULL
) STRICT;

CREATE INDEX remark_by_edition ON remark (edition_id, n);

CREATE TABLE log ( -- every step that somebody took; each line holds the hash of the line before
  n       INTEGER NOT NULL PRIMARY KEY, -- from 1, without a hole
  at_ms   INTEGER NOT NULL,
  room    TEXT    NOT NULL,
  role    TEXT    NOT NULL,
  actor   TEXT    NOT NULL,
  act     TEXT    NOT NULL, -- such as published
  subject TEXT    NOT NULL, -- an edition, a call, a curator
  reason  TEXT    NOT NULL,
  content TEXT    NOT NULL, -- hash of what the step was about; may be empty
  sha256  BLOB    NOT NULL CHECK (length(sha256) = 32)
) STRICT;

CREATE INDEX log_by_subject ON log (subject, n);
CREATE INDEX log_of_shelf ON log (n) WHERE act IN ('published', 'withdrawn'); -- whether the shelf is still the same

CREATE TABLE curator (
  id           TEXT    NOT NULL PRIMARY KEY,
  room         TEXT    NOT NULL REFERENCES room (name),
  name         TEXT    NOT NULL, -- as the curator wants to be called; not a person's record
  organization TEXT    NOT NULL,
  invite_sha256 BLOB   NOT NULL UNIQUE CHECK (length(invite_sha256) = 32), -- admits once
  invited_ms   INTEGER NOT NULL,
  expires_ms   INTEGER NOT NULL, -- of the invitation
  entered_ms   INTEGER,          -- null: the invitation was not used yet
  revoked_ms   INTEGER           -- null: may review
) STRICT, WITHOUT ROWID;

CREATE TABLE session ( -- what the library of sessions keeps
  token_sha256 BLOB    NOT NULL PRIMARY KEY CHECK (length(token_sha256) = 32),
  data         BLOB    NOT NULL,
  expires_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence ( -- the last answer for a claim of a version; computed, never typed in: the log has its hash
  edition_id  TEXT    NOT NULL REFERENCES edition (id) ON DELETE CASCADE,
  claim       INTEGER NOT NULL CHECK (claim >= 1), -- number in the entry
  answer      TEXT    NOT NULL, -- of verify
  reason      TEXT    NOT NULL, -- in a sentence, with the record that differs first; empty where all is well
  holds       INTEGER CHECK (holds IN (0, 1)), -- whether the claim does; null: unknown
  value       REAL    CHECK (abs(value) < 1e308), -- of the measure; null: it has none
  worlds      INTEGER NOT NULL, -- that have one
  digest      TEXT    NOT NULL, -- over the digests of the experiment's runs, as they were checked
  code_commit TEXT    NOT NULL, -- of the code that was asked
  checked_ms  INTEGER NOT NULL,
  PRIMARY KEY (edition_id, claim)
) STRICT, WITHOUT ROWID;

CREATE TABLE call ( -- a problem that somebody posts, with the worlds, measures and rule by which answers are judged
  id          TEXT    NOT NULL PRIMARY KEY,
  room        TEXT    NOT NULL REFERENCES room (name),
  state       TEXT    NOT NULL CHECK (state IN ('submitted', 'open', 'closed', 'withdrawn')),
  content     TEXT    NOT NULL, -- JSON, in the one form of package call
  key_sha256  BLOB    NOT NULL UNIQUE CHECK (length(key_sha256) = 32), -- of the personal link
  reason      TEXT    NOT NULL, -- of the last step
  created_ms  INTEGER NOT NULL,
  changed_ms  INTEGER NOT NULL, -- of text or state
  opened_ms   INTEGER           -- null until it was: the public sees it from then on
) STRICT, WITHOUT ROWID;

CREATE INDEX call_by_created ON call (room, created_ms);

CREATE TABLE call_answer (
  id            TEXT    NOT NULL PRIMARY KEY,
  call_id       TEXT    NOT NULL REFERENCES call (id) ON DELETE CASCADE,
  state         TEXT    NOT NULL CHECK (state IN ('answered', 'withdrawn')),
  content       TEXT    NOT NULL, -- JSON, likewise
  experiment_id TEXT    NOT NULL, -- that judges it; empty: it is a use case
  key_sha256    BLOB    NOT NULL UNIQUE CHECK (length(key_sha256) = 32),
  withdrawn_by  TEXT    NOT NULL CHECK (withdrawn_by IN ('', 'submitter', 'curator')),
  reason        TEXT    NOT NULL, -- why it was withdrawn
  created_ms    INTEGER NOT NULL,
  changed_ms    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX call_answer_by_call ON call_answer (call_id, created_ms);

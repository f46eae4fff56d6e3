-- A store as the binary of schema 6 left it. Fixtures are never changed, only added: one for each released schema.

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

-- Runs, whole: identity, findings, truth and score. Times are milliseconds since 1970 UTC, numbers n begin at 1.
-- Each row of these tables is a record with its SHA-256 in `manifest`; `seal` holds one SHA-256 over a manifest.

CREATE TABLE truth ( -- of one world; arms that were judged in the same world share it
  id        TEXT NOT NULL PRIMARY KEY, -- begins its seal's root
  room      TEXT NOT NULL REFERENCES room (name),
  start_ms  INTEGER,
  end_ms    INTEGER,
  seal_days REAL NOT NULL CHECK (abs(seal_days) < 1e308)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
  truth_id  TEXT    NOT NULL REFERENCES truth (id) ON DELETE CASCADE,
  n         INTEGER NOT NULL,
  id        TEXT    NOT NULL,
  kind      TEXT    NOT NULL,
  hostile   INTEGER NOT NULL CHECK (hostile IN (0, 1)),
  seal      TEXT    NOT NULL,
  container TEXT    NOT NULL,
  trip      TEXT    NOT NULL,
  start_ms  INTEGER,
  end_ms    INTEGER,
  heard_ms  INTEGER, -- null: unheard
  params    TEXT    NOT NULL CHECK (json_valid(params)),
  PRIMARY KEY (truth_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE trip (
  truth_id  TEXT    NOT NULL REFERENCES truth (id) ON DELETE CASCADE,
  n         INTEGER NOT NULL,
  id        TEXT    NOT NULL,
  seal      TEXT    NOT NULL,
  container TEXT    NOT NULL,
  from_node TEXT    NOT NULL,
  to_node   TEXT    NOT NULL,
  start_ms  INTEGER,
  end_ms    INTEGER,
  PRIMARY KEY (truth_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  id              TEXT    NOT NULL PRIMARY KEY,
  room            TEXT    NOT NULL REFERENCES room (name),
  state           TEXT    NOT NULL CHECK (state IN ('running', 'done', 'failed', 'interrupted')),
  identity        TEXT    NOT NULL, -- SHA-256 over what decides the run
  challenge       TEXT    NOT NULL,
  poc             TEXT    NOT NULL,
  scenario        TEXT    NOT NULL,
  seed            INTEGER NOT NULL CHECK (seed >= 0 AND seed < 9007199254740992), -- 2^53
  carrier         TEXT    NOT NULL,
  code_commit     TEXT    NOT NULL,
  dice_seed       INTEGER NOT NULL CHECK (dice_seed >= 0 AND dice_seed < 9007199254740992),
  grace_ns        INTEGER NOT NULL,
  base_rate       REAL    NOT NULL CHECK (abs(base_rate) < 1e308),
  flow_per_day    REAL    NOT NULL CHECK (abs(flow_per_day) < 1e308),
  check_cost      REAL    CHECK (abs(check_cost) < 1e308),
  check_co2e_kg   REAL    CHECK (abs(check_co2e_kg) < 1e308),
  events          INTEGER NOT NULL,
  readings        INTEGER NOT NULL,
  findings        INTEGER NOT NULL,
  incidents       INTEGER NOT NULL,
  unheard         INTEGER NOT NULL,
  lookalikes      INTEGER NOT NULL,
  hits            INTEGER NOT NULL,
  misses          INTEGER NOT NULL,
  repeats         INTEGER NOT NULL,
  neither         INTEGER NOT NULL,
  false_findings  INTEGER NOT NULL,
  false_episodes  INTEGER NOT NULL,
  claim           TEXT    NOT NULL,
  verdict         TEXT    NOT NULL,
  digest          TEXT    NOT NULL,
  world_digest    TEXT    NOT NULL,
  findings_digest TEXT    NOT NULL,
  reason          TEXT    NOT NULL, -- why it failed
  started_ms      INTEGER,
  elapsed_ns      INTEGER NOT NULL,
  truth_id        TEXT    REFERENCES truth (id) -- null until it is finished
) STRICT, WITHOUT ROWID;

CREATE INDEX run_by_start ON run (room, started_ms);
CREATE INDEX run_by_identity ON run (identity);
CREATE INDEX run_by_truth ON run (truth_id);
CREATE INDEX run_running ON run (state) WHERE state = 'running';

CREATE TABLE setting (
  run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  kind   TEXT NOT NULL CHECK (kind IN ('setting', 'param')), -- of the scenario, of the proof of concept
  name   TEXT NOT NULL,
  value  REAL NOT NULL CHECK (abs(value) < 1e308),
  PRIMARY KEY (run_id, kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
  run_id    TEXT    NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  n         INTEGER NOT NULL,
  at_ms     INTEGER,
  container TEXT    NOT NULL,
  kind      TEXT    NOT NULL,
  level     INTEGER NOT NULL CHECK (level BETWEEN 0 AND 1000),
  why       TEXT    NOT NULL,
  PRIMARY KEY (run_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE judgement ( -- the judge's word on finding n
  run_id   TEXT    NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  n        INTEGER NOT NULL,
  sort     TEXT    NOT NULL,
  incident INTEGER CHECK (incident > 0), -- its n; null: none
  value    REAL    NOT NULL CHECK (abs(value) < 1e308),
  delay_s  REAL    NOT NULL CHECK (abs(delay_s) < 1e308),
  kind_ok  INTEGER NOT NULL CHECK (kind_ok IN (0, 1)),
  opens    INTEGER NOT NULL CHECK (opens IN (0, 1)),
  PRIMARY KEY (run_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE matched ( -- which finding hit incident n
  run_id  TEXT    NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  n       INTEGER NOT NULL,
  finding INTEGER CHECK (finding > 0), -- its n; null: missed
  PRIMARY KEY (run_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE score (
  run_id  TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  measure TEXT NOT NULL,
  value   REAL CHECK (abs(value) < 1e308), -- null: not defined in this run
  PRIMARY KEY (run_id, measure)
) STRICT, WITHOUT ROWID;

CREATE TABLE manifest (
  owner  TEXT    NOT NULL, -- a run or a truth
  n      INTEGER NOT NULL,
  name   TEXT    NOT NULL, -- such as "finding 3"
  sha256 BLOB    NOT NULL, -- over the record's name and values
  PRIMARY KEY (owner, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE seal (
  owner   TEXT    NOT NULL PRIMARY KEY,
  records INTEGER NOT NULL,
  sha256  BLOB    NOT NULL -- over the manifest
) STRICT, WITHOUT ROWID;

CREATE TABLE trash ( -- runs put aside, until someone wants them back; no part of their record
  run_id     TEXT    NOT NULL PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
  deleted_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Experiments, which runs they rest on, and what people write on either. Times are milliseconds since 1970 UTC.

CREATE TABLE experiment (
  id          TEXT    NOT NULL PRIMARY KEY,
  room        TEXT    NOT NULL REFERENCES room (name),
  name        TEXT    NOT NULL,
  question    TEXT    NOT NULL,
  file        TEXT    NOT NULL, -- as it was written
  hash        TEXT    NOT NULL, -- SHA-256 of its canonical form
  state       TEXT    NOT NULL CHECK (state IN ('draft', 'running', 'done', 'failed', 'interrupted')),
  reason      TEXT    NOT NULL, -- why it failed or was called off
  code_commit TEXT    NOT NULL, -- of the code that ran it last
  created_ms  INTEGER NOT NULL,
  finished_ms INTEGER           -- null until it is done
) STRICT, WITHOUT ROWID;

CREATE INDEX experiment_by_created ON experiment (room, created_ms);
CREATE INDEX experiment_by_hash ON experiment (room, hash);

CREATE TABLE experiment_run ( -- a trial of an experiment and the run that it rests on, which others may share
  experiment_id TEXT    NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
  arm           TEXT    NOT NULL,
  scenario      TEXT    NOT NULL, -- as the design names it, settings of a grid included
  seed          INTEGER NOT NULL CHECK (seed >= 0 AND seed < 9007199254740992), -- 2^53
  run_id        TEXT    NOT NULL, -- no foreign key: a run's row is replaced when it is finished
  PRIMARY KEY (experiment_id, arm, scenario, seed)
) STRICT, WITHOUT ROWID;

CREATE INDEX experiment_run_by_run ON experiment_run (run_id);

CREATE TABLE experiment_trash ( -- experiments put aside, until someone wants them back
  experiment_id TEXT    NOT NULL PRIMARY KEY REFERENCES experiment (id) ON DELETE CASCADE,
  deleted_ms    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tag ( -- of a run or an experiment; no part of a run's record
  owner TEXT NOT NULL,
  tag   TEXT NOT NULL,
  PRIMARY KEY (owner, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE note ( -- likewise
  owner      TEXT    NOT NULL PRIMARY KEY,
  text       TEXT    NOT NULL,
  changed_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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
CREATE TABLE fork (
  run_id TEXT NOT NULL PRIMARY KEY, -- no foreign key: a run's row is replaced when it is finished
  parent TEXT NOT NULL              -- a run's id, which may be deleted by now
) STRICT, WITHOUT ROWID;

CREATE INDEX fork_by_parent ON fork (parent);
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
INSERT INTO room VALUES('open', x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 1767571200000);
INSERT INTO meta VALUES('fixture', 'schema 6');
PRAGMA application_id = 1397047628;
PRAGMA user_version = 6;

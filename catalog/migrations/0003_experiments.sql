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

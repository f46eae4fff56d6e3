-- Which run another was forked from. It says how a run came about and is no part of its record.

CREATE TABLE fork (
  run_id TEXT NOT NULL PRIMARY KEY, -- no foreign key: a run's row is replaced when it is finished
  parent TEXT NOT NULL              -- a run's id, which may be deleted by now
) STRICT, WITHOUT ROWID;

CREATE INDEX fork_by_parent ON fork (parent);

-- A run's scenario may be another one's recipe under a new name.

ALTER TABLE run ADD COLUMN extends TEXT NOT NULL DEFAULT ''; -- the name of that other one; empty: there is none

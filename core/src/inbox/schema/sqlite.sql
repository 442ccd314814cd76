-- The tables of the inbox, for SQLite. Times are milliseconds since 1970, by the database's clock.

-- What was received. Rows are only counted on, never changed otherwise.
CREATE TABLE {prefix}delivery (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL,
  dedupe_key BLOB NOT NULL,
  received_at INTEGER NOT NULL,
  event_type TEXT NOT NULL,
  headers TEXT,
  body BLOB,
  digest BLOB NOT NULL,
  duplicates INTEGER NOT NULL DEFAULT 0,
  conflicts INTEGER NOT NULL DEFAULT 0,
  UNIQUE (source, dedupe_key)
) STRICT;

-- What is to be done with it. `due` is when a worker may take it, again if its lease ends; none when
-- it is done, dead, or waits for an earlier one.
CREATE TABLE {prefix}job (
  seq INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'blocked', 'done', 'dead')),
  due INTEGER,
  fence INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  extensions INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  finished_at INTEGER,
  aggregate BLOB,
  position INTEGER NOT NULL DEFAULT 0,
  is_open INTEGER NOT NULL,
  is_late INTEGER NOT NULL DEFAULT 0,
  followers INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX {index}job_due ON {prefix}job (due, seq) WHERE due IS NOT NULL;

CREATE INDEX {index}job_order ON {prefix}job (aggregate, is_open, position, seq) WHERE aggregate IS NOT NULL;

CREATE INDEX {index}job_state ON {prefix}job (state, source, finished_at);

CREATE INDEX {index}delivery_conflict ON {prefix}delivery (conflicts) WHERE conflicts > 0;

CREATE INDEX {index}delivery_age ON {prefix}delivery (source, received_at) WHERE body IS NULL;

CREATE TABLE {prefix}inbox (version INTEGER NOT NULL) STRICT;

INSERT INTO {prefix}inbox (version) VALUES (1);

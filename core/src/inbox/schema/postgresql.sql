-- The tables of the inbox, for PostgreSQL. Times are milliseconds since 1970, by the database's clock.

-- What was received. Rows are only counted on, never changed otherwise.
CREATE TABLE {prefix}delivery (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL,
  dedupe_key bytea NOT NULL,
  received_at bigint NOT NULL,
  event_type text NOT NULL,
  headers text,
  body bytea,
  digest bytea NOT NULL,
  duplicates integer NOT NULL DEFAULT 0,
  conflicts integer NOT NULL DEFAULT 0,
  UNIQUE (source, dedupe_key)
);

-- What is to be done with it. `due` is when a worker may take it, again if its lease ends; none when
-- it is done, dead, or waits for an earlier one.
CREATE TABLE {prefix}job (
  seq bigint PRIMARY KEY,
  source text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'leased', 'blocked', 'done', 'dead')),
  due bigint,
  fence bigint NOT NULL DEFAULT 0,
  attempts integer NOT NULL DEFAULT 0,
  extensions integer NOT NULL DEFAULT 0,
  error text,
  finished_at bigint,
  aggregate bytea,
  position bigint NOT NULL DEFAULT 0,
  is_open smallint NOT NULL,
  is_late smallint NOT NULL DEFAULT 0,
  followers integer NOT NULL DEFAULT 0
);

CREATE INDEX {index}job_due ON {prefix}job (due, seq) WHERE due IS NOT NULL;

CREATE INDEX {index}job_order ON {prefix}job (aggregate, is_open, position, seq) WHERE aggregate IS NOT NULL;

CREATE INDEX {index}job_state ON {prefix}job (state, source, finished_at);

CREATE INDEX {index}delivery_conflict ON {prefix}delivery (conflicts) WHERE conflicts > 0;

CREATE INDEX {index}delivery_age ON {prefix}delivery (source, received_at) WHERE body IS NULL;

CREATE TABLE {prefix}inbox (version integer NOT NULL);

INSERT INTO {prefix}inbox (version) VALUES (1);

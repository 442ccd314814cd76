-- The tables of the inbox, for MariaDB and MySQL. Times are milliseconds since 1970, by the database's clock.

-- What was received. Rows are only counted on, never changed otherwise.
CREATE TABLE {prefix}delivery (
  seq BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  source VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  dedupe_key VARBINARY(512) NOT NULL,
  received_at BIGINT NOT NULL,
  event_type VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  headers MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  body LONGBLOB,
  digest BINARY(32) NOT NULL,
  duplicates INT NOT NULL DEFAULT 0,
  conflicts INT NOT NULL DEFAULT 0,
  UNIQUE (source, dedupe_key)
) ENGINE = InnoDB;

-- What is to be done with it. `due` is when a worker may take it, again if its lease ends; none when
-- it is done, dead, or waits for an earlier one.
CREATE TABLE {prefix}job (
  seq BIGINT NOT NULL PRIMARY KEY,
  source VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL CHECK (state IN ('waiting', 'leased', 'blocked', 'done', 'dead')),
  due BIGINT,
  fence BIGINT NOT NULL DEFAULT 0,
  attempts INT NOT NULL DEFAULT 0,
  extensions INT NOT NULL DEFAULT 0,
  error VARCHAR(1000) CHARACTER SET utf8mb4,
  finished_at BIGINT,
  aggregate BINARY(32),
  position BIGINT NOT NULL DEFAULT 0,
  is_open TINYINT NOT NULL,
  is_late TINYINT NOT NULL DEFAULT 0,
  followers INT NOT NULL DEFAULT 0
) ENGINE = InnoDB;

CREATE INDEX {index}job_due ON {prefix}job (due, seq);

CREATE INDEX {index}job_order ON {prefix}job (aggregate, is_open, position, seq);

CREATE INDEX {index}job_state ON {prefix}job (state, source, finished_at);

CREATE INDEX {index}delivery_conflict ON {prefix}delivery (conflicts);

CREATE INDEX {index}delivery_age ON {prefix}delivery (source, received_at);

CREATE TABLE {prefix}inbox (version INT NOT NULL) ENGINE = InnoDB;

INSERT INTO {prefix}inbox (version) VALUES (1);

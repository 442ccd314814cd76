-- The statements of the inbox, for PostgreSQL. A name stands before each; `?` marks a parameter.

-- name: now
(extract(epoch from statement_timestamp()) * 1000)::bigint

-- name: begin
BEGIN ISOLATION LEVEL READ COMMITTED

-- name: begin_read
BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY

-- name: commit
COMMIT

-- name: rollback
ROLLBACK

-- name: probe
-- Fails outside of a transaction (25P01).
SAVEPOINT hookseal_probe

-- name: probe_end
RELEASE SAVEPOINT hookseal_probe

-- name: savepoint
-- Gone once the transaction was ended by a statement of the program's.
SAVEPOINT hookseal_begun

-- name: release_savepoint
RELEASE SAVEPOINT hookseal_begun

-- name: version
SELECT version FROM {prefix}inbox

-- name: store_delivery
-- Both rows at once. Who cannot have the lock is told so, and does not wait for a transaction that
-- stores the same key.
WITH lock AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(?::bigint) AS is_held),
delivery AS (
  INSERT INTO {prefix}delivery (source, dedupe_key, received_at, event_type, headers, body, digest)
  SELECT ?::text, ?::bytea, {now}, ?::text, ?::text, ?::bytea, ?::bytea FROM lock WHERE is_held
  ON CONFLICT (source, dedupe_key) DO NOTHING
  RETURNING seq
),
job AS (
  INSERT INTO {prefix}job (seq, source, state, due, aggregate, position, is_open, is_late)
  SELECT seq, ?::text, ?::text, {now} + ?::bigint, ?::bytea, ?::bigint,
    1, ?::smallint
  FROM delivery
  RETURNING seq
)
SELECT CASE WHEN is_held THEN 1 ELSE 0 END, (SELECT seq FROM job) FROM lock

-- name: store_key
-- The key of an event that is handled at once: without a job, it is done. In one statement that is planned once;
-- `lock_key` tells why it stored nothing.
INSERT INTO {prefix}delivery (source, dedupe_key, received_at, event_type, digest)
SELECT ?::text, ?::bytea, {now}, ?::text, ?::bytea WHERE pg_try_advisory_xact_lock(?::bigint)
ON CONFLICT (source, dedupe_key) DO NOTHING

-- name: lock_key
-- Whether this transaction has the lock now: then what held it before has ended, and is seen.
SELECT CASE WHEN pg_try_advisory_xact_lock(?::bigint) THEN 1 ELSE 0 END

-- name: expire
SELECT d.seq FROM {prefix}delivery d LEFT JOIN {prefix}job j ON j.seq = d.seq
WHERE d.source = ? AND d.dedupe_key = ? AND d.received_at < {now} - ?::bigint AND (j.seq IS NULL OR j.state = 'done')

-- name: count_duplicate
UPDATE {prefix}delivery SET duplicates = duplicates + 1,
  conflicts = conflicts + CASE WHEN digest = ? THEN 0 ELSE 1 END
WHERE source = ? AND dedupe_key = ?

-- name: is_conflict
SELECT CASE WHEN digest = ? THEN 0 ELSE 1 END FROM {prefix}delivery WHERE source = ? AND dedupe_key = ?

-- name: delete_jobs
DELETE FROM {prefix}job WHERE seq IN ({list})

-- name: delete_deliveries
DELETE FROM {prefix}delivery WHERE seq IN ({list})

-- name: head
SELECT seq, position FROM {prefix}job WHERE aggregate = ? AND is_open = 1 ORDER BY position, seq LIMIT 1

-- name: next
-- Whose transaction reads an older snapshot has failed before (40001).
SELECT seq, position FROM {prefix}job WHERE aggregate = ? AND is_open = 1 ORDER BY position, seq LIMIT 1

-- name: lock_head
SELECT seq FROM {prefix}job WHERE seq = ? AND is_open = 1 FOR UPDATE SKIP LOCKED

-- name: follow_head
UPDATE {prefix}job SET followers = followers + 1 WHERE seq = ?

-- name: is_late
SELECT 1 FROM {prefix}job WHERE aggregate = ? AND is_open = 0 AND position > ? LIMIT 1

-- name: due
SELECT seq, fence, attempts, aggregate, position, source FROM {prefix}job
WHERE due <= {now} AND source IN ({list})
ORDER BY due, seq LIMIT {limit} FOR UPDATE SKIP LOCKED

-- name: lease
UPDATE {prefix}job SET state = 'leased', due = {now} + ?::bigint, fence = fence + 1, attempts = attempts + 1
WHERE seq IN ({list})

-- name: leased
SELECT j.seq, j.fence, j.attempts, j.aggregate, d.source, d.dedupe_key, d.received_at, d.event_type,
  d.headers, d.body, d.digest, {now}
FROM {prefix}job j JOIN {prefix}delivery d ON d.seq = j.seq
WHERE j.seq IN ({list}) ORDER BY j.seq

-- name: postpone
UPDATE {prefix}job SET state = 'waiting', due = {now} + ?::bigint, error = ? WHERE seq = ?

-- name: block
UPDATE {prefix}job SET state = 'blocked', due = NULL WHERE seq = ?

-- name: complete
UPDATE {prefix}job SET state = 'done', due = NULL, finished_at = {now}, error = NULL, is_open = 0
WHERE seq = ? AND fence = ? AND state = 'leased'

-- name: promote
UPDATE {prefix}job SET state = 'waiting', due = {now} WHERE seq = ? AND state = 'blocked'

-- name: release
UPDATE {prefix}job SET state = 'waiting', due = {now} + ?::bigint, error = ?
WHERE seq = ? AND fence = ? AND state = 'leased'

-- name: hand_back
-- As release, and the attempt does not count.
UPDATE {prefix}job SET state = 'waiting', due = {now} + ?::bigint, error = ?, attempts = attempts - 1
WHERE seq = ? AND fence = ? AND state = 'leased'

-- name: dead
UPDATE {prefix}job SET state = 'dead', due = NULL, finished_at = {now}, error = ?, is_open = ?
WHERE seq = ? AND fence = ? AND state = 'leased'

-- name: exhaust
UPDATE {prefix}job SET state = 'dead', due = NULL, finished_at = {now}, error = ?, is_open = ?
WHERE seq = ?

-- name: extend
UPDATE {prefix}job SET due = {now} + ?::bigint, extensions = extensions + 1
WHERE seq = ? AND fence = ? AND state = 'leased'

-- name: revive
UPDATE {prefix}job SET state = 'waiting', due = {now}, finished_at = NULL, attempts = 0, is_open = 1
WHERE seq = ? AND state = ?

-- name: retry_all
UPDATE {prefix}job SET state = 'waiting', due = {now}, finished_at = NULL, attempts = 0, is_open = 1
WHERE state = 'dead'

-- name: aggregate_of
SELECT aggregate FROM {prefix}job WHERE seq = ?

-- name: discard
UPDATE {prefix}job SET state = 'done', finished_at = {now}, is_open = 0 WHERE seq = ? AND state = 'dead'

-- name: old
SELECT seq FROM {prefix}job
WHERE finished_at < {now} - ?::bigint AND source = ? AND state = 'done' ORDER BY finished_at LIMIT {limit}

-- name: old_keys
-- Those of which only the key was kept: without a job.
SELECT seq FROM {prefix}delivery
WHERE received_at < {now} - ?::bigint AND source = ? AND body IS NULL ORDER BY received_at LIMIT {limit}

-- name: stats
SELECT source, state, COUNT(*), MIN(due), MAX(is_late), {now} FROM {prefix}job
WHERE state IN ('waiting', 'leased', 'blocked', 'dead') GROUP BY source, state ORDER BY source, state

-- name: sources
-- Each is found in the index by the one before it: not by reading every delivery.
WITH RECURSIVE named (source) AS (
  SELECT MIN(source) FROM {prefix}delivery
  UNION ALL
  SELECT (SELECT MIN(d.source) FROM {prefix}delivery d WHERE d.source > named.source)
  FROM named WHERE named.source IS NOT NULL
)
SELECT source FROM named WHERE source IS NOT NULL

-- name: conflicts
SELECT COUNT(*), COALESCE(SUM(conflicts), 0) FROM {prefix}delivery WHERE conflicts > 0

-- name: list
-- Each column has a name of its own: some drivers give rows by name.
SELECT d.seq, d.source, COALESCE(j.state, 'done') AS state, j.due, COALESCE(j.attempts, 0) AS attempts, j.error,
  COALESCE(j.finished_at, CASE WHEN j.seq IS NULL THEN d.received_at END) AS finished_at, COALESCE(j.is_late, 0) AS is_late, d.dedupe_key,
  d.received_at, d.event_type, d.duplicates, d.conflicts, LENGTH(d.body) AS body_length
FROM {prefix}delivery d LEFT JOIN {prefix}job j ON j.seq = d.seq
WHERE d.seq < ? AND (?::text = '' OR COALESCE(j.state, 'done') = ?)
  AND (?::text = '' OR d.source = ?) AND (?::text = '' OR d.event_type = ?)
  AND (octet_length(?::bytea) = 0 OR position(?::bytea IN d.dedupe_key) > 0 OR position(?::bytea IN d.body) > 0)
ORDER BY d.seq DESC LIMIT {limit}

-- name: list_open
-- As list, of one state that few have: it is found by its index, and not by looking at the latest until enough are in
-- it.
SELECT d.seq, d.source, j.state, j.due, j.attempts, j.error, j.finished_at, j.is_late, d.dedupe_key,
  d.received_at, d.event_type, d.duplicates, d.conflicts, LENGTH(d.body) AS body_length
FROM {prefix}job j JOIN {prefix}delivery d ON d.seq = j.seq
WHERE j.seq + 0 < ? AND j.state = ?
  AND (?::text = '' OR d.source = ?) AND (?::text = '' OR d.event_type = ?)
  AND (octet_length(?::bytea) = 0 OR position(?::bytea IN d.dedupe_key) > 0 OR position(?::bytea IN d.body) > 0)
ORDER BY j.seq + 0 DESC LIMIT {limit}

-- name: show
SELECT d.headers, d.body FROM {prefix}delivery d WHERE d.seq = ?

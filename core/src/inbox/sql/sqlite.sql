-- The statements of the inbox, for SQLite. A name stands before each; `?` marks a parameter.

-- name: now
CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER)

-- name: begin
BEGIN IMMEDIATE

-- name: begin_read
BEGIN

-- name: commit
COMMIT

-- name: rollback
ROLLBACK

-- name: probe
-- Fails in an open transaction and leaves that as it is; else it opens one, which `rollback` ends.
BEGIN

-- name: savepoint
-- Gone once SQLite has ended the transaction by itself, as when the disk is full.
SAVEPOINT hookseal_begun

-- name: release_savepoint
RELEASE SAVEPOINT hookseal_begun

-- name: version
SELECT version FROM {prefix}inbox

-- name: store_delivery
INSERT INTO {prefix}delivery (source, dedupe_key, received_at, event_type, headers, body, digest)
VALUES (?, ?, {now}, ?, ?, ?, ?)
ON CONFLICT (source, dedupe_key) DO NOTHING

-- name: store_job
INSERT INTO {prefix}job (seq, source, state, due, aggregate, position, is_open, is_late)
VALUES (last_insert_rowid(), ?, ?, {now} + ?, ?, ?, 1, ?)

-- name: store_key
-- The key of an event that is handled at once: without a job, it is done.
INSERT INTO {prefix}delivery (source, dedupe_key, received_at, event_type, digest)
VALUES (?, ?, {now}, ?, ?)
ON CONFLICT (source, dedupe_key) DO NOTHING

-- name: expire
SELECT d.seq FROM {prefix}delivery d LEFT JOIN {prefix}job j ON j.seq = d.seq
WHERE d.source = ? AND d.dedupe_key = ? AND d.received_at < {now} - ? AND (j.seq IS NULL OR j.state = 'done')

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
SELECT seq, position FROM {prefix}job WHERE aggregate = ? AND is_open = 1 ORDER BY position, seq LIMIT 1

-- name: lock_head
SELECT seq FROM {prefix}job WHERE seq = ? AND is_open = 1

-- name: follow_head
UPDATE {prefix}job SET followers = followers + 1 WHERE seq = ?

-- name: is_late
SELECT 1 FROM {prefix}job WHERE aggregate = ? AND is_open = 0 AND position > ? LIMIT 1

-- name: due
SELECT seq, fence, attempts, aggregate, position, source FROM {prefix}job
WHERE due <= {now} AND source IN ({list})
ORDER BY due, seq LIMIT {limit}

-- name: lease
UPDATE {prefix}job SET state = 'leased', due = {now} + ?, fence = fence + 1, attempts = attempts + 1
WHERE seq IN ({list})

-- name: leased
SELECT j.seq, j.fence, j.attempts, j.aggregate, d.source, d.dedupe_key, d.received_at, d.event_type,
  d.headers, d.body, d.digest, {now}
FROM {prefix}job j JOIN {prefix}delivery d ON d.seq = j.seq
WHERE j.seq IN ({list}) ORDER BY j.seq

-- name: postpone
UPDATE {prefix}job SET state = 'waiting', due = {now} + ?, error = ? WHERE seq = ?

-- name: block
UPDATE {prefix}job SET state = 'blocked', due = NULL WHERE seq = ?

-- name: complete
UPDATE {prefix}job SET state = 'done', due = NULL, finished_at = {now}, error = NULL, is_open = 0
WHERE seq = ? AND fence = ? AND state = 'leased'

-- name: promote
UPDATE {prefix}job SET state = 'waiting', due = {now} WHERE seq = ? AND state = 'blocked'

-- name: release
UPDATE {prefix}job SET state = 'waiting', due = {now} + ?, error = ?
WHERE seq = ? AND fence = ? AND state = 'leased'

-- name: hand_back
-- As release, and the attempt does not count.
UPDATE {prefix}job SET state = 'waiting', due = {now} + ?, error = ?, attempts = attempts - 1
WHERE seq = ? AND fence = ? AND state = 'leased'

-- name: dead
UPDATE {prefix}job SET state = 'dead', due = NULL, finished_at = {now}, error = ?, is_open = ?
WHERE seq = ? AND fence = ? AND state = 'leased'

-- name: exhaust
UPDATE {prefix}job SET state = 'dead', due = NULL, finished_at = {now}, error = ?, is_open = ?
WHERE seq = ?

-- name: extend
UPDATE {prefix}job SET due = {now} + ?, extensions = extensions + 1
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
WHERE finished_at < {now} - ? AND source = ? AND state = 'done' ORDER BY finished_at LIMIT {limit}

-- name: old_keys
-- Those of which only the key was kept: without a job.
SELECT seq FROM {prefix}delivery
WHERE received_at < {now} - ? AND source = ? AND body IS NULL ORDER BY received_at LIMIT {limit}

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
WHERE d.seq < ? AND (? = '' OR COALESCE(j.state, 'done') = ?)
  AND (? = '' OR d.source = ?) AND (? = '' OR d.event_type = ?)
  AND (? = x'' OR instr(d.dedupe_key, ?) > 0 OR instr(d.body, ?) > 0)
ORDER BY d.seq DESC LIMIT {limit}

-- name: list_open
-- As list, of one state that few have: it is found by its index, and not by looking at the latest until enough are in
-- it.
SELECT d.seq, d.source, j.state, j.due, j.attempts, j.error, j.finished_at, j.is_late, d.dedupe_key,
  d.received_at, d.event_type, d.duplicates, d.conflicts, LENGTH(d.body) AS body_length
FROM {prefix}job j JOIN {prefix}delivery d ON d.seq = j.seq
WHERE +j.seq < ? AND j.state = ?
  AND (? = '' OR d.source = ?) AND (? = '' OR d.event_type = ?)
  AND (? = x'' OR instr(d.dedupe_key, ?) > 0 OR instr(d.body, ?) > 0)
ORDER BY +j.seq DESC LIMIT {limit}

-- name: show
SELECT d.headers, d.body FROM {prefix}delivery d WHERE d.seq = ?

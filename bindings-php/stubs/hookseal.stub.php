<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Hookseal;

/**
 * A webhook of one provider: its scheme and your secrets, ready to verify deliveries. Create it once and keep it.
 *
 * @strict-properties
 * @not-serializable
 */
final class Webhook
{
    /** The provider's name, which its events carry. */
    public readonly string $provider;
    /**
     * The size, in bytes, of the largest body that a receiver should accept: what the provider documents, else 1 MiB.
     */
    public readonly int $maxBody;
    /**
     * Warnings about secrets that can be used but are weak, such as a key short enough to be guessed. They are for
     * developers, and contain no part of a secret.
     *
     * @phpstan-var list<string>
     */
    public readonly array $warnings;
    /** The scheme that deliveries are verified by. */
    public readonly Scheme $scheme;

    /**
     * @phpstan-param Scheme|string $provider a known provider's name, or a scheme of your own
     * @phpstan-param string|list<string> $secret one secret or, while they are rotated, several
     * @phpstan-param array{
     *     tolerance?: int|float|null,
     *     scheme?: Scheme|string|array<string, mixed>|null,
     *     constants?: array<string, string>|null,
     *     origin?: string|null,
     *     acceptUnsigned?: bool|null
     * } $options the parameters that follow, by name
     * @phpstan-param int|float|null $tolerance how many seconds a signed timestamp may be from now, in the past or the
     *     future; by default the scheme's own tolerance
     * @phpstan-param Scheme|string|array<string, mixed>|null $scheme a scheme of your own beside the name, for a sender
     *     that is not known or to replace a known one; it must have that name
     * @phpstan-param array<string, string>|null $constants the constants that the scheme names, which the sender signs
     *     and does not send, such as the URL that is registered: `Scheme::$constants`
     * @phpstan-param string|null $origin the scheme, host and port that the sender calls, such as
     *     `https://hooks.example.com`, for a scheme that signs the request's address: only its path and query are then
     *     taken from the request, whatever a proxy has made of the rest
     * @phpstan-param bool|null $acceptUnsigned accepts that the sender signs less than the body, which
     *     `Scheme::$weaknesses` says: a delivery then proves only that somebody has seen a genuine one
     * @throws ConfigurationException
     */
    public function __construct(
        #[\SensitiveParameter] Scheme|string $provider,
        #[\SensitiveParameter] string|array $secret,
        #[\SensitiveParameter] array $options = [],
        int|float|null $tolerance = null,
        Scheme|string|array|null $scheme = null,
        #[\SensitiveParameter] ?array $constants = null,
        ?string $origin = null,
        ?bool $acceptUnsigned = null,
    ) {}

    /**
     * Verifies a delivery and returns its event.
     *
     *     try {
     *         $event = $webhook->verify(file_get_contents('php://input'), $_SERVER);
     *     } catch (Hookseal\Exception $exception) {
     *         http_response_code($exception->httpStatus);
     *         exit;
     *     }
     *
     * @phpstan-param string $body the raw bytes of the request, as they arrived: `file_get_contents('php://input')`
     * @phpstan-param array<array-key, mixed>|object|string|null $headers `$_SERVER`, `getallheaders()`, any map of
     *     names to values or lists of values, `$request->headers` of Symfony and Laravel, a request of PSR-7, or only
     *     the value of the signature header
     * @phpstan-param int|float|\DateTimeInterface|null $now the time to verify at, in seconds since 1970 if it is a
     *     number: for tests and stored deliveries
     * @phpstan-param string|null $method the request's method, for a scheme that signs it: `Scheme::$signsRequest`
     * @phpstan-param string|null $url the request's address, for a scheme that signs it: the whole URL that the sender
     *     called, or its path and query if the webhook has an origin or the scheme signs no more
     * @throws VerificationException the delivery cannot be trusted
     * @throws PayloadException it is authentic, but not the JSON that the scheme says, or without a type
     */
    public function verify(
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] array|object|string|null $headers,
        int|float|\DateTimeInterface|null $now = null,
        ?string $method = null,
        #[\SensitiveParameter] ?string $url = null,
    ): Event {}

    /**
     * Returns the answer to a sender that asks whether the endpoint is yours; null for any other request, which is a
     * delivery.
     *
     * Call it before `verify`, for every request, also with the method `GET`, if `Scheme::$hasHandshake`; the adapters
     * do. Respond with the status 200, the answer and the header `X-Content-Type-Options: nosniff`.
     *
     * @phpstan-param string $body the raw bytes of the request
     * @phpstan-param array<array-key, mixed>|object|string|null $headers what `verify` takes
     * @phpstan-param string|null $method the request's method
     * @phpstan-param string|null $url the request's address, or its path and query
     * @throws VerificationException the question is signed, and not by the sender, or its token is wrong
     * @throws PayloadException it has no challenge that can be answered
     * @throws ConfigurationException the webhook was not given the token as a constant
     */
    public function handshake(
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] array|object|string|null $headers,
        ?string $method = null,
        #[\SensitiveParameter] ?string $url = null,
    ): ?Handshake {}

    /**
     * Explains why a delivery does not verify: a development tool for when every signature fails.
     *
     * It undoes what goes wrong in practice until the signature matches, which costs far more than verifying. Never put
     * the report in a response, and do not act on it: it tells a sender what is wrong, and does not prove who sent the
     * delivery.
     *
     *     $report = $webhook->explain(file_get_contents('php://input'), $_SERVER);
     *     error_log((string) $report);
     *
     * @phpstan-param string $body the raw bytes of the request, as the handler has them
     * @phpstan-param array<array-key, mixed>|object|string|null $headers what `verify` takes, with all headers of the request
     * @phpstan-param array{
     *     secrets?: string|list<string>|null,
     *     now?: int|float|\DateTimeInterface|null,
     *     method?: string|null,
     *     url?: string|null
     * } $options the parameters that follow, by name
     * @phpstan-param string|list<string>|null $secrets further secrets that you have, such as another webhook's or the
     *     test mode's
     * @phpstan-param int|float|\DateTimeInterface|null $now the time at which the delivery arrived, in seconds since
     *     1970 if it is a number
     * @phpstan-param string|null $method the request's method, as `verify` takes it
     * @phpstan-param string|null $url the request's address, as `verify` takes it
     */
    public function explain(
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] array|object|string|null $headers,
        #[\SensitiveParameter] array $options = [],
        #[\SensitiveParameter] string|array|null $secrets = null,
        int|float|\DateTimeInterface|null $now = null,
        ?string $method = null,
        #[\SensitiveParameter] ?string $url = null,
    ): Report {}

    /**
     * Signs a body with the first secret, and returns the headers that the provider would send. For tests of a handler.
     *
     * @phpstan-param string|null $type the event's type, for providers that send it in a header
     * @phpstan-param string|null $id the delivery's id, for providers that send it in a header
     * @phpstan-param int|float|\DateTimeInterface|null $timestamp the time of signing, in seconds since 1970 if it is a
     *     number; by default now
     * @phpstan-param string|null $method the request's method, for providers that sign it
     * @phpstan-param string|null $url the request's address, for providers that sign it
     * @phpstan-param array<string, string> $headers other headers of the delivery, for providers that sign some; they
     *     are not returned
     * @phpstan-param string|null $privateKey the sender's private key, for providers that sign with one: make a pair of
     *     your own for tests
     * @phpstan-return array<string, string>
     * @throws Exception
     */
    public function sign(
        #[\SensitiveParameter] string $body,
        ?string $type = null,
        ?string $id = null,
        int|float|\DateTimeInterface|null $timestamp = null,
        ?string $method = null,
        ?string $url = null,
        array $headers = [],
        #[\SensitiveParameter] ?string $privateKey = null,
    ): array {}
}

/**
 * A verified event: what the provider reports in a delivery whose signature matched. Only `Webhook::verify()` makes
 * one.
 *
 * `json_encode` writes all of it, and so does a logger that serialises its arguments: the data is personal. `print_r`,
 * `var_dump` and `var_export` show only the provider, the type and the id.
 *
 * @strict-properties
 * @not-serializable
 */
final class Event implements \JsonSerializable
{
    /** The name of the provider that sent the event, as its scheme spells it. */
    public readonly string $provider;
    /** The event's type, such as `policy.created`; empty if the provider gives none. */
    public readonly string $type;
    /** The id of the event or the delivery, or null if it has none. Retries of a delivery carry the same id. */
    public readonly ?string $id;
    /**
     * The time at which the event happened, in UTC; null if the provider does not give one, or it is not in the format
     * that the scheme names.
     */
    public readonly ?\DateTimeImmutable $createdAt;
    /** True if the provider marks the event as a test. */
    public readonly bool $test;

    /**
     * True if the event only checks that the endpoint works. It reports nothing that happened, so a success response is
     * all it needs.
     */
    public readonly bool $check;
    /** The event's data as `json_decode($json, true)` returns it, built when it is first read. */
    public readonly mixed $data;
    /**
     * The whole JSON value that was signed, of which the data is a part, as `json_decode($json, true)` returns it. It
     * includes what a sender puts beside the data. Null if the payload is not JSON.
     */
    public readonly mixed $envelope;
    /**
     * The fields that the signature does not cover. Whoever replays the delivery could have changed them.
     *
     * @phpstan-var list<string>
     */
    public readonly array $unsigned;
    /** The bytes that were authenticated: the body as it was signed. */
    public readonly string $body;
    /** The index of the secret that matched, counted from 0. */
    public readonly int $keyIndex;
    /**
     * A key that identifies the event, to recognise one that was already handled: `provider:id` where the id is signed,
     * else `provider:type:` and the hexadecimal SHA-256 of the body.
     *
     * Two genuine events with equal bodies have equal keys of the latter kind, such as of a policy that was changed,
     * changed back and changed again: do not keep such a key for longer than the provider retries.
     */
    public readonly string $dedupeKey;

    private function __construct() {}

    /**
     * Returns the whole event as an array, in the form that all languages share. `json_encode` calls it.
     *
     * Objects in the data are `stdClass`, so that an empty one differs from an empty list.
     *
     * @phpstan-return array{
     *     provider: string,
     *     type: string,
     *     id: string|null,
     *     created_at: string|null,
     *     test: bool,
     *     check: bool,
     *     data?: mixed,
     *     unsigned: list<string>,
     *     key_index: int,
     *     dedupe_key: string
     * }
     */
    public function jsonSerialize(): array {}
}

/**
 * A scheme: how a provider signs its deliveries, and where an event's fields are.
 *
 * @strict-properties
 * @not-serializable
 */
final class Scheme
{
    /** The provider's name, which its events carry. */
    public readonly string $name;
    /** The provider's display name. */
    public readonly string $title;
    /**
     * The fields of an event that the signature does not cover.
     *
     * @phpstan-var list<string>
     */
    public readonly array $unsigned;
    /**
     * What the scheme's signatures leave open, such as `body-unsigned` or `token`; nothing of most.
     *
     * @phpstan-var list<string>
     */
    public readonly array $weaknesses;
    /**
     * The constants that a webhook with the scheme must be given, and what each one is.
     *
     * @phpstan-var array<string, string>
     */
    public readonly array $constants;
    /** True if the request's method or address is signed, so that verifying needs them. */
    public readonly bool $signsRequest;
    /** True if the sender first asks whether the endpoint is yours: `Webhook::handshake()` answers it. */
    public readonly bool $hasHandshake;

    /**
     * Reads a scheme from TOML, JSON, or an array with the same content.
     *
     * @phpstan-param string|array<string, mixed> $definition
     * @throws ConfigurationException
     */
    public function __construct(string|array $definition) {}

    /**
     * Returns the scheme of a known provider.
     *
     * @throws ConfigurationException
     */
    public static function provider(string $name): Scheme {}

    /**
     * Returns the names of the known providers.
     *
     * @phpstan-return list<string>
     */
    public static function providers(): array {}
}

/**
 * An answer to a sender that asks whether the endpoint is yours, from `Webhook::handshake()`.
 *
 * @strict-properties
 * @not-serializable
 */
final class Handshake
{
    /** The value of the response's header `Content-Type`. */
    public readonly string $contentType;
    /** The response's body. */
    public readonly string $body;

    private function __construct() {}
}

/**
 * A report of why a delivery does not verify, from `Webhook::explain()`. As a string it is text for a terminal or a
 * log.
 *
 * It contains no secret, no signature and no part of the body.
 *
 * @strict-properties
 * @not-serializable
 */
final class Report implements \Stringable, \JsonSerializable
{
    /** True if the delivery verifies, so that there is nothing to explain. */
    public readonly bool $verifies;
    /** The `errorCode` of the exception that `verify` throws; null if the delivery verifies. */
    public readonly ?string $error;
    /**
     * The findings. If several are proven, the signature matched once all of them were undone; the others are in order
     * of likelihood.
     *
     * @phpstan-var list<Finding>
     */
    public readonly array $findings;
    /**
     * Sentences on what was tried without success; empty if a cause was proven.
     *
     * @phpstan-var list<string>
     */
    public readonly array $ruledOut;

    private function __construct() {}

    /** Returns the report as text for a terminal or a log. */
    public function __toString(): string {}

    /**
     * Returns the report as an array, in the form that all languages share. `json_encode` calls it.
     *
     * @phpstan-return array{
     *     verifies: bool,
     *     error: string|null,
     *     findings: list<array{code: string, what: string, fix: string, evidence: string, proven: bool, secret: int|null}>,
     *     ruled_out: list<string>
     * }
     */
    public function jsonSerialize(): array {}
}

/**
 * A cause that was found: something that is wrong with a delivery or with the receiver's configuration.
 *
 * @strict-properties
 * @not-serializable
 */
final class Finding
{
    /** The code, such as `body_reserialised`. It is the same in every language and never changes its meaning. */
    public readonly string $code;
    /** A sentence or two on what happened. */
    public readonly string $what;
    /** A sentence or two on how to fix it. */
    public readonly string $fix;
    /** The evidence in this delivery, in words. */
    public readonly string $evidence;
    /**
     * True if the signature matched once this was undone. A finding that is not proven was only observed: a forged
     * delivery can show it too.
     */
    public readonly bool $proven;
    /**
     * The index of the secret that the finding is about, if any. The webhook's secrets are counted first, from 0, then
     * those of the options.
     */
    public readonly ?int $secret;

    private function __construct() {}
}

/**
 * A database connection that an inbox runs its statements on. The package `hookseal/http` has those of PDO, Doctrine and
 * Laravel, in `Hookseal\Inbox`.
 */
interface Connection
{
    /** Returns the dialect of the database: `sqlite`, `postgresql` or `mysql`, which is MariaDB's too. */
    public function dialect(): string;

    /** Returns whether a transaction is open, or null if the driver does not know. */
    public function inTransaction(): ?bool;

    /**
     * Runs a statement, whose parameters are marked by `?`.
     *
     * @phpstan-param list<int|string|null> $parameters
     * @phpstan-param string $types a letter for each parameter: `i` for an integer, `s` for a text, `b` for bytes
     * @phpstan-param 'query'|'change'|'transaction' $kind what the statement does: it gives rows, changes rows, or begins,
     *     ends or sets up a transaction
     * @phpstan-return list<list<bool|int|string|null>>|int all rows of a query, else how many rows were changed
     */
    public function run(
        string $sql,
        #[\SensitiveParameter] array $parameters,
        string $types,
        string $kind,
    ): array|int;

    /**
     * Returns what the database said of a statement that failed: SQLSTATE, and the engine's own number. Null if what was
     * thrown is not the database's.
     *
     * @phpstan-return array{?string, ?int}|null
     */
    public function failure(#[\SensitiveParameter] \Throwable $thrown): ?array;

    /**
     * Runs `$work` in a transaction, and returns what it returns: commits then, and rolls back if it throws.
     *
     * @template T
     * @phpstan-param callable(): T $work
     * @phpstan-return T
     */
    public function transaction(callable $work): mixed;

    /** Connects anew when it is used next; returns false if it cannot. */
    public function reconnect(): bool;
}

/**
 * An inbox: verified deliveries are kept in your own database, so that each is handled once and none is lost.
 *
 * It runs its statements on the connection that it is given. Nothing else may use the connection while one of its methods
 * runs.
 *
 * @strict-properties
 * @not-serializable
 */
final class Inbox
{
    /** The connection that its statements run on. */
    public readonly Connection $connection;
    /** How many seconds a claimed delivery is a worker's own; after that another may take it. */
    public readonly float $lease;

    /**
     * @phpstan-param Webhook|array<string, Webhook|array{
     *     webhook: Webhook,
     *     order?: array{
     *         aggregate: string,
     *         orderBy?: 'arrival'|'created_at'|array{sequence: string},
     *         deadBlocks?: bool
     *     }|null
     * }> $sources the webhook whose deliveries are kept, or several: each under a name, which must not change, and with the
     *     order that its events are handled in, if any
     * @phpstan-param array{
     *     prefix?: string|null,
     *     backoff?: array{attempts?: int, first?: int|float, longest?: int|float}|null,
     *     lease?: int|float|null
     * } $options the parameters that follow, by name
     * @phpstan-param string|null $prefix what stands before the tables' names; `hookseal_` by default
     * @phpstan-param array{attempts?: int, first?: int|float, longest?: int|float}|null $backoff after how many attempts
     *     that failed a delivery is dead, how many seconds it waits after the first, each further one twice as long, and how
     *     many at most; by default 10, 10 and 3600
     * @phpstan-param int|float|null $lease how many seconds a claimed delivery is a worker's own; 60 by default
     * @throws InboxException
     */
    public function __construct(
        Connection $connection,
        Webhook|array $sources,
        array $options = [],
        ?string $prefix = null,
        ?array $backoff = null,
        int|float|null $lease = null,
    ) {}

    /**
     * Returns the SQL that makes the tables, for a migration of yours.
     *
     * @phpstan-param string $dialect `sqlite`, `postgresql` or `mysql`, or as drivers name them
     */
    public static function schema(string $dialect, ?string $prefix = null): string {}

    /**
     * Makes the tables, unless they are there; returns whether it made them.
     *
     * @throws InboxException
     */
    public function migrate(): bool {}

    /**
     * Verifies a delivery and stores it, to be handled by a worker. Once this returns it is committed: respond with success
     * only then, and else with the exception's `httpStatus`.
     *
     * @phpstan-param string $body what `Webhook::verify` takes
     * @phpstan-param array<array-key, mixed>|object|string|null $headers what `Webhook::verify` takes
     * @phpstan-param string|null $source the name of the source; it may be left out if the inbox has but one
     * @phpstan-param string|null $method the request's method, for a scheme that signs it
     * @phpstan-param string|null $url the request's address, for a scheme that signs it
     * @throws VerificationException the delivery cannot be trusted
     * @throws PayloadException it is authentic, but not the JSON that the scheme says, or without a type
     * @throws InboxException
     */
    public function receive(
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] array|object|string|null $headers,
        ?string $source = null,
        ?string $method = null,
        #[\SensitiveParameter] ?string $url = null,
    ): Received {}

    /**
     * Records an event as handled in your open transaction; returns true the first time and false for a duplicate.
     *
     * The record is committed, or rolled back, with what you write in the same transaction. Only the event's key is kept,
     * not its body. After an exception roll back, and respond with its `httpStatus`.
     *
     * @throws InboxException
     */
    public function once(Event $event, ?string $source = null): bool {}

    /**
     * Leases up to `$limit` deliveries that are due, each verified again as of when it was received.
     *
     * @phpstan-return list<Claimed>
     * @throws InboxException
     */
    public function claim(int $limit = 1): array {}

    /**
     * Sets a savepoint in your open transaction, before you handle a claimed delivery in it: `complete` then throws
     * `unavailable` if the database has rolled the transaction back in the meantime, as MariaDB does at a deadlock, and its
     * error was caught. A `Worker` does it by itself.
     *
     * @throws InboxException
     */
    public function savepoint(Claimed $claimed): void {}

    /**
     * Records a claimed delivery as done in your open transaction: it is committed, or rolled back, with what you write.
     *
     * @throws InboxException with `lease_lost` roll back, for another worker handles it
     */
    public function complete(Claimed $claimed): void {}

    /**
     * Gives a claimed delivery back, to be tried again later; returns after how many seconds, or null if that was its last
     * attempt and it is dead.
     *
     * @phpstan-param string $error what went wrong, for people: the class of an exception, and no part of a payload
     * @throws InboxException
     */
    public function release(Claimed $claimed, string $error): ?float {}

    /**
     * Records a claimed delivery as dead: it is not tried again until a person retries it.
     *
     * @throws InboxException
     */
    public function dead(Claimed $claimed, string $error): void {}

    /**
     * Begins a claimed delivery's lease anew, for work that takes longer: a worker's handler calls it now and then. In your open
     * transaction it becomes a part of that: until the transaction ends no other worker can claim the delivery.
     *
     * @throws InboxException with `lease_lost` another worker has it already
     */
    public function extend(Claimed $claimed): void {}

    /**
     * Counts what is not done.
     *
     * @phpstan-return array{
     *     sources: list<array{
     *         source: string,
     *         is_known: bool,
     *         waiting: int,
     *         leased: int,
     *         blocked: int,
     *         dead: int,
     *         oldest_due_seconds: float,
     *         has_late: bool
     *     }>,
     *     conflicts: int
     * }
     * @throws InboxException
     */
    public function stats(): array {}

    /**
     * Returns the counts as OpenMetrics, for monitoring.
     *
     * @throws InboxException
     */
    public function openmetrics(): string {}

    /**
     * Lists deliveries, the latest first.
     *
     * @phpstan-param 'waiting'|'leased'|'blocked'|'done'|'dead'|null $state those of this state alone
     * @phpstan-param string|null $source those of this source alone
     * @phpstan-param int|null $before those with a smaller `seq`, to go on with a list
     * @phpstan-param int $limit how many, up to 1000
     * @phpstan-param string|null $eventType those of events of this type alone
     * @phpstan-param string|null $search those with this text in their key or their body, byte for byte; every delivery is looked
     *     at until enough are found
     * @phpstan-return list<array{
     *     seq: int,
     *     source: string,
     *     state: 'waiting'|'leased'|'blocked'|'done'|'dead',
     *     due: int|null,
     *     attempts: int,
     *     error: string|null,
     *     finished_at: int|null,
     *     is_late: bool,
     *     dedupe_key: string,
     *     received_at: int,
     *     event_type: string,
     *     duplicates: int,
     *     conflicts: int,
     *     body_length: int|null
     * }> times are milliseconds since 1970
     * @throws InboxException
     */
    public function list(
        ?string $state = null,
        ?string $source = null,
        ?int $before = null,
        int $limit = 100,
        ?string $eventType = null,
        ?string $search = null,
    ): array {}

    /**
     * Returns what is kept of a delivery; null if there is no such delivery, or only its key was kept.
     *
     * @phpstan-return array{headers: list<array{string, string}>, body: string}|null
     * @throws InboxException
     */
    public function show(int $seq): ?array {}

    /**
     * Lets dead deliveries be tried again: the one with this number, or all; returns how many.
     *
     * @throws InboxException
     */
    public function retry(?int $seq = null): int {}

    /**
     * Lets a delivery that is done be handled once more; returns whether there is such a one.
     *
     * @throws InboxException
     */
    public function replay(int $seq): bool {}

    /**
     * Takes a dead delivery for done, so that those after it are handled; returns whether there is such a one.
     *
     * @throws InboxException
     */
    public function discard(int $seq): bool {}

    /**
     * Removes what was done longer ago than `$keep` seconds, and at least as long as its key counts; returns how many.
     *
     * @throws InboxException
     */
    public function prune(int|float|null $keep = null): int {}
}

/**
 * What became of a delivery that was received: what `Inbox::receive()` returns. It is durable: respond with success.
 *
 * @strict-properties
 * @not-serializable
 */
final class Received
{
    /**
     * `stored`: a worker will get it. `duplicate`: it was stored before. `check`: it only asks whether the endpoint works,
     * and is not stored.
     *
     * @phpstan-var 'stored'|'duplicate'|'check'
     */
    public readonly string $outcome;
    /** True for a duplicate whose body is another than the one that is stored. */
    public readonly bool $isConflict;
    /** The verified event. */
    public readonly Event $event;

    private function __construct() {}
}

/**
 * A delivery that is leased to a worker: what `Inbox::claim()` returns.
 *
 * @strict-properties
 * @not-serializable
 */
final class Claimed
{
    /** The delivery's number in the inbox. */
    public readonly int $seq;
    /** Which attempt this is, counted from 1. */
    public readonly int $attempt;
    /** The name of the source that sent it. */
    public readonly string $source;
    /** When it was stored, by the database's clock. */
    public readonly \DateTimeImmutable $receivedAt;
    /** The event, which was verified again. */
    public readonly Event $event;

    private function __construct() {}
}

/**
 * An error that says why a webhook could not be built or a delivery cannot be trusted.
 *
 * The message says what to do, and never contains a secret, a signature or any part of the payload.
 */
class Exception extends \RuntimeException
{
    /** The code, such as `signature_mismatch`. It is the same in every language. */
    public readonly string $errorCode;
    /** The HTTP status to respond to the delivery with. */
    public readonly int $httpStatus;
}

/** The delivery cannot be trusted. */
class VerificationException extends Exception
{
}

/** A header that the scheme needs is absent. */
final class MissingHeaderException extends VerificationException
{
}

/** A header is present, but not of the scheme's form. */
final class MalformedHeaderException extends VerificationException
{
}

/** The signature is well formed, and wrong for every secret. */
final class SignatureMismatchException extends VerificationException
{
}

/** The signed timestamp is too old or too far ahead. */
final class TimestampException extends VerificationException
{
}

/** The delivery is authentic, but not the JSON that the scheme says, or without a type. */
final class PayloadException extends Exception
{
}

/** The configuration is wrong: the provider's name, a secret or a scheme. */
final class ConfigurationException extends Exception
{
}

/** The body cannot be verified: it is larger than allowed, or does not follow its `Content-Encoding`. */
final class BodyException extends Exception
{
}

/** The inbox, or its database, did not do what it was asked for: nothing is recorded. */
final class InboxException extends Exception
{
    /** The seconds to respond with in `Retry-After`, where the same may succeed later; else null. */
    public readonly ?int $retryAfter;
}

/**
 * Functions for a request's body, which adapters call before it is verified.
 *
 * @internal
 * @strict-properties
 * @not-serializable
 */
final class Body
{
    private function __construct() {}

    /**
     * Decodes a body as its `Content-Encoding` says. One that is not encoded is returned unchanged.
     *
     * @throws BodyException
     */
    public static function decode(#[\SensitiveParameter] string $body, string $contentEncoding, int $maxBody): string {}
}

<?php

/**
 * @generate-class-entries
 * @generate-legacy-arginfo 80100
 */

namespace Hookseal;

/**
 * The receiver's handle for one webhook: a provider and its secrets. Make it once and keep it.
 *
 * @strict-properties
 * @not-serializable
 */
final class Webhook
{
    /** The provider's name, which its events carry. */
    public readonly string $provider;
    /** The largest body that a receiver should read, in bytes: what the provider documents, else 1 MiB. */
    public readonly int $maxBody;
    /**
     * What is to be said of the secrets although they can be used, such as of a key that is short enough to be guessed: for
     * developers, and without a part of a secret.
     *
     * @phpstan-var list<string>
     */
    public readonly array $warnings;
    /** How the provider signs. */
    public readonly Scheme $scheme;

    /**
     * @phpstan-param Scheme|string $provider a known provider's name, or a scheme of your own
     * @phpstan-param string|list<string> $secret one secret or, while they are rotated, several
     * @phpstan-param array{tolerance?: int|float|null, scheme?: Scheme|string|array<string, mixed>|null} $options
     *     the parameters that follow, by name
     * @phpstan-param int|float|null $tolerance how many seconds a signed timestamp may lie from now, either way; the
     *     scheme's own if not given
     * @phpstan-param Scheme|string|array<string, mixed>|null $scheme how a sender that is not known signs, or another
     *     assumption about one that is: the scheme beside the name that it must have
     * @throws ConfigurationException
     */
    public function __construct(
        #[\SensitiveParameter] Scheme|string $provider,
        #[\SensitiveParameter] string|array $secret,
        #[\SensitiveParameter] array $options = [],
        int|float|null $tolerance = null,
        Scheme|string|array|null $scheme = null,
    ) {}

    /**
     * Verifies a delivery and says what it holds.
     *
     * @phpstan-param string $body the raw bytes of the request, as they came: `file_get_contents('php://input')`
     * @phpstan-param array<array-key, mixed>|object|string|null $headers `$_SERVER`, `getallheaders()`, any map of names
     *     to values or lists of values, `$request->headers` of Symfony and Laravel, a request of PSR-7, or the value of
     *     the signature header alone
     * @phpstan-param int|float|\DateTimeInterface|null $now the time to verify at: for tests and stored deliveries
     * @throws VerificationException the delivery is not to be trusted
     * @throws PayloadException it is authentic, but not one JSON object with a type
     */
    public function verify(
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] array|object|string|null $headers,
        int|float|\DateTimeInterface|null $now = null,
    ): Event {}

    /**
     * Finds out why a delivery does not verify: a development tool. It undoes what goes wrong in practice until the
     * signature matches, which costs far more than verifying. Never answer a request with the report, or
     * act on it: it tells a sender what is wrong, and proves nothing of who sent the delivery.
     *
     * @phpstan-param string $body the raw bytes of the request, as the handler has them
     * @phpstan-param array<array-key, mixed>|object|string|null $headers what `verify` takes, with all headers of the request
     * @phpstan-param array{secrets?: string|list<string>|null, now?: int|float|\DateTimeInterface|null} $options
     *     the parameters that follow, by name
     * @phpstan-param string|list<string>|null $secrets further secrets that you have, such as another webhook's or the
     *     test mode's
     * @phpstan-param int|float|\DateTimeInterface|null $now when the delivery came in
     */
    public function explain(
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] array|object|string|null $headers,
        #[\SensitiveParameter] array $options = [],
        #[\SensitiveParameter] string|array|null $secrets = null,
        int|float|\DateTimeInterface|null $now = null,
    ): Report {}

    /**
     * The headers that the provider would send with this body: for tests of a handler.
     *
     * @phpstan-param string|null $type the event's type, for providers that send it in a header
     * @phpstan-param string|null $id the delivery's id, for providers that send it in a header
     * @phpstan-param int|float|\DateTimeInterface|null $timestamp when it was signed; now if not given
     * @phpstan-return array<string, string>
     * @throws Exception
     */
    public function sign(
        #[\SensitiveParameter] string $body,
        ?string $type = null,
        ?string $id = null,
        int|float|\DateTimeInterface|null $timestamp = null,
    ): array {}
}

/**
 * What a verified delivery says. Only `Webhook::verify()` makes one.
 *
 * `json_encode` gives all of it, and so does a logger that serialises what it is given: data is personal. `print_r`,
 * `var_dump` and `var_export` give the provider, the type and the id alone.
 *
 * @strict-properties
 * @not-serializable
 */
final class Event implements \JsonSerializable
{
    /** The provider that sent it, as the scheme names it. */
    public readonly string $provider;
    /** What happened, such as `policy.created`; empty if the provider does not say. */
    public readonly string $type;
    /** The delivery's or event's own id; a provider's retries of it carry the same. */
    public readonly ?string $id;
    /** When the event happened, in UTC; null if the provider does not say or not as RFC 3339. */
    public readonly ?\DateTimeImmutable $createdAt;
    /** Whether the provider marks it as a test. */
    public readonly bool $test;

    /** Whether it only asks whether the endpoint works, so that there is nothing to handle. */
    public readonly bool $check;
    /** The event's data as `json_decode($json, true)` would give it, built when it is first asked for. */
    public readonly mixed $data;
    /**
     * The whole JSON value that was signed, of which the data is a part, as `json_decode($json, true)` would give it: what
     * a sender puts beside the data. Null if the payload is not JSON.
     */
    public readonly mixed $envelope;
    /**
     * The fields that the signature does not cover: anybody who replays this delivery could have changed them.
     *
     * @phpstan-var list<string>
     */
    public readonly array $unsigned;
    /** The bytes that were authenticated. */
    public readonly string $body;
    /** Which of the webhook's secrets matched, counted from 0. */
    public readonly int $keyIndex;
    /**
     * A key to recognise a delivery that was already handled: `provider:id` where the id is signed, else
     * `provider:type:` and the hexadecimal SHA-256 of the body. Two genuine events with equal bodies then have equal
     * keys, such as of a policy that was changed, changed back and changed again: do not keep such a key for longer than
     * the provider retries.
     */
    public readonly string $dedupeKey;

    private function __construct() {}

    /**
     * All of the event, in the form that all languages share. Objects in the data are `stdClass`, so that an empty one
     * is told from an empty list.
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
 * How a provider signs and where an event's fields stand.
 *
 * @strict-properties
 * @not-serializable
 */
final class Scheme
{
    /** The provider's name, which its events carry. */
    public readonly string $name;
    /** The provider's name for people. */
    public readonly string $title;
    /**
     * The fields of an event that the signature does not cover.
     *
     * @phpstan-var list<string>
     */
    public readonly array $unsigned;

    /**
     * Reads a scheme from TOML, JSON or an array that has what they would have.
     *
     * @phpstan-param string|array<string, mixed> $definition
     * @throws ConfigurationException
     */
    public function __construct(string|array $definition) {}

    /**
     * The scheme of a known provider.
     *
     * @throws ConfigurationException
     */
    public static function provider(string $name): Scheme {}

    /**
     * The names of the known providers.
     *
     * @phpstan-return list<string>
     */
    public static function providers(): array {}
}

/**
 * What `Webhook::explain()` found out; as a string, for a terminal or a log. It holds no secret, no signature and no part of
 * the body.
 *
 * @strict-properties
 * @not-serializable
 */
final class Report implements \Stringable, \JsonSerializable
{
    /** Whether the delivery verifies as it is, so that there is nothing to explain. */
    public readonly bool $verifies;
    /** The `errorCode` of what `verify` throws; null if it verifies. */
    public readonly ?string $error;
    /**
     * Where several are proven, the signature matched once all of them were undone; the others are in order of likelihood.
     *
     * @phpstan-var list<Finding>
     */
    public readonly array $findings;
    /**
     * What was tried in vain, as sentences; empty where a cause was proven.
     *
     * @phpstan-var list<string>
     */
    public readonly array $ruledOut;

    private function __construct() {}

    public function __toString(): string {}

    /**
     * The report in the form that all languages share.
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
 * Something that is wrong with a delivery or with the receiver's set-up.
 *
 * @strict-properties
 * @not-serializable
 */
final class Finding
{
    /** The same text in every language, such as `body_reserialised`; it never changes its meaning. */
    public readonly string $code;
    /** What happened. */
    public readonly string $what;
    /** How to fix it. */
    public readonly string $fix;
    /** What speaks for it in this delivery. */
    public readonly string $evidence;
    /** Whether the signature matched once this was undone. What is not proven, a forged delivery can show too. */
    public readonly bool $proven;
    /** Which secret it is about, if any, counted from 0: those of the options are counted on after the webhook's. */
    public readonly ?int $secret;

    private function __construct() {}
}

/** What went wrong. The message says what to do, and never holds a secret, a signature or any of the payload. */
class Exception extends \RuntimeException
{
    /** The same text in every language, such as `signature_mismatch`. */
    public readonly string $errorCode;
    /** The HTTP status to answer the delivery with. */
    public readonly int $httpStatus;
}

/** The delivery is not to be trusted. */
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

/** The delivery is authentic, but not one JSON object with a type. */
final class PayloadException extends Exception
{
}

/** The set-up is wrong: the provider's name, a secret or a scheme. */
final class ConfigurationException extends Exception
{
}

/** A body that is not to be verified: longer than is accepted, or not what its `Content-Encoding` says. */
final class BodyException extends Exception
{
}

/**
 * What adapters do with a request's body before it is verified.
 *
 * @internal
 * @strict-properties
 * @not-serializable
 */
final class Body
{
    private function __construct() {}

    /**
     * Undoes what the header `Content-Encoding` says was done to a body. One that is not encoded stays as it came.
     *
     * @throws BodyException
     */
    public static function decode(#[\SensitiveParameter] string $body, string $contentEncoding, int $maxBody): string {}
}

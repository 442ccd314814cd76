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
     * @phpstan-param array{tolerance?: int|float|null, scheme?: Scheme|string|array<string, mixed>|null} $options
     *     the parameters that follow, by name
     * @phpstan-param int|float|null $tolerance how many seconds a signed timestamp may be from now, in the past or the
     *     future; by default the scheme's own tolerance
     * @phpstan-param Scheme|string|array<string, mixed>|null $scheme a scheme of your own beside the name, for a sender
     *     that is not known or to replace a known one; it must have that name
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
     * Verifies a delivery and returns its event.
     *
     * @phpstan-param string $body the raw bytes of the request, as they arrived: `file_get_contents('php://input')`
     * @phpstan-param array<array-key, mixed>|object|string|null $headers `$_SERVER`, `getallheaders()`, any map of
     *     names to values or lists of values, `$request->headers` of Symfony and Laravel, a request of PSR-7, or only
     *     the value of the signature header
     * @phpstan-param int|float|\DateTimeInterface|null $now the time to verify at, in seconds since 1970 if it is a
     *     number: for tests and stored deliveries
     * @throws VerificationException the delivery cannot be trusted
     * @throws PayloadException it is authentic, but not the JSON that the scheme says, or without a type
     */
    public function verify(
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] array|object|string|null $headers,
        int|float|\DateTimeInterface|null $now = null,
    ): Event {}

    /**
     * Explains why a delivery does not verify: a development tool for when every signature fails.
     *
     * It undoes what goes wrong in practice until the signature matches, which costs far more than verifying. Never put
     * the report in a response, and do not act on it: it tells a sender what is wrong, and does not prove who sent the
     * delivery.
     *
     * @phpstan-param string $body the raw bytes of the request, as the handler has them
     * @phpstan-param array<array-key, mixed>|object|string|null $headers what `verify` takes, with all headers of the request
     * @phpstan-param array{secrets?: string|list<string>|null, now?: int|float|\DateTimeInterface|null} $options
     *     the parameters that follow, by name
     * @phpstan-param string|list<string>|null $secrets further secrets that you have, such as another webhook's or the
     *     test mode's
     * @phpstan-param int|float|\DateTimeInterface|null $now the time at which the delivery arrived, in seconds since
     *     1970 if it is a number
     */
    public function explain(
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] array|object|string|null $headers,
        #[\SensitiveParameter] array $options = [],
        #[\SensitiveParameter] string|array|null $secrets = null,
        int|float|\DateTimeInterface|null $now = null,
    ): Report {}

    /**
     * Signs a body with the first secret, and returns the headers that the provider would send. For tests of a handler.
     *
     * @phpstan-param string|null $type the event's type, for providers that send it in a header
     * @phpstan-param string|null $id the delivery's id, for providers that send it in a header
     * @phpstan-param int|float|\DateTimeInterface|null $timestamp the time of signing, in seconds since 1970 if it is a
     *     number; by default now
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

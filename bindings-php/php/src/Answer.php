<?php

declare(strict_types=1);

namespace Hookseal\Http;

use Hookseal\Handshake;

/** The response to a delivery that is not for the handler. */
final class Answer
{
    public const CONTENT_TYPE = 'application/json';

    /** @param array<string, string|bool> $content */
    private function __construct(
        public readonly int $status,
        public readonly array $content,
        private readonly ?int $retryAfter = null,
        private readonly ?Handshake $handshake = null,
    ) {
    }

    /** @internal */
    public static function handshake(Handshake $handshake): self
    {
        return new self(200, [], null, $handshake);
    }

    /** @internal */
    public static function notAllowed(): self
    {
        return new self(405, ['error' => 'method_not_allowed']);
    }

    /** @internal */
    public static function acknowledged(): self
    {
        return new self(200, ['acknowledged' => true]);
    }

    /** @internal */
    public static function stored(): self
    {
        return new self(204, []);
    }

    /** @internal */
    public static function error(int $status, string $code, ?int $retryAfter = null): self
    {
        return new self($status, ['error' => $code], $retryAfter);
    }

    /** Returns the response's body: the content as JSON, or the answer to a handshake; empty if there is none. */
    public function json(): string
    {
        if ($this->handshake !== null) {
            return $this->handshake->body;
        }
        return $this->content === [] ? '' : json_encode($this->content, JSON_THROW_ON_ERROR);
    }

    /**
     * Returns the headers.
     *
     * @return array<string, string>
     */
    public function headers(): array
    {
        if ($this->handshake !== null) {
            return ['Content-Type' => $this->handshake->contentType, 'X-Content-Type-Options' => 'nosniff'];
        }
        $headers = $this->content === [] ? [] : ['Content-Type' => self::CONTENT_TYPE];
        if ($this->status === 405) {
            $headers['Allow'] = 'POST';
        }
        return $this->retryAfter === null ? $headers : $headers + ['Retry-After' => (string) $this->retryAfter];
    }
}

<?php

declare(strict_types=1);

namespace Hookseal\Http;

/** The response to a delivery that is not for the handler. */
final class Answer
{
    public const CONTENT_TYPE = 'application/json';

    /** @param array<string, string|bool> $content */
    private function __construct(public readonly int $status, public readonly array $content)
    {
    }

    /** @internal */
    public static function acknowledged(): self
    {
        return new self(200, ['acknowledged' => true]);
    }

    /** @internal */
    public static function error(int $status, string $code): self
    {
        return new self($status, ['error' => $code]);
    }

    /** Returns the content as JSON. */
    public function json(): string
    {
        return json_encode($this->content, JSON_THROW_ON_ERROR);
    }
}

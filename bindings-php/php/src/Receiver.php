<?php

declare(strict_types=1);

namespace Hookseal\Http;

use Hookseal\Event;
use Hookseal\Exception;
use Hookseal\Webhook;
use Psr\Log\LoggerInterface;

/** Makes of a request's body and headers the event for the handler, or the answer to give. */
final class Receiver
{
    /** How many bytes of body are accepted unless told otherwise: many times any provider's events. */
    public const MAX_BODY = 1024 * 1024;

    /**
     * @param int $maxBody how many bytes of body are accepted; longer ones are answered with 413
     * @param LoggerInterface|null $logger is told why a delivery was refused; PHP's error log if not given
     */
    public function __construct(
        private readonly Webhook $webhook,
        public readonly int $maxBody = self::MAX_BODY,
        private readonly Acknowledge $acknowledge = Acknowledge::Checks,
        private readonly ?LoggerInterface $logger = null,
    ) {
        if ($maxBody < 1) {
            throw new \ValueError('maxBody must be a positive number of bytes');
        }
    }

    /**
     * The verified event if it is for the handler.
     *
     * @param array<array-key, mixed> $headers
     */
    public function receive(string $body, array $headers): Event|Answer
    {
        if (strlen($body) > $this->maxBody) {
            return $this->tooLarge();
        }
        try {
            $event = $this->webhook->verify($body, $headers);
        } catch (Exception $exception) {
            return $this->refuse($exception->httpStatus, $exception->errorCode, $exception->getMessage());
        }
        return $this->acknowledge->covers($event) ? Answer::acknowledged() : $event;
    }

    /**
     * The same for a body that is read here, never much more of it than is accepted.
     *
     * @param callable(int): string $read gives up to so many bytes more, none at the end
     * @param array<array-key, mixed> $headers
     */
    public function receiveFrom(callable $read, array $headers): Event|Answer
    {
        $body = '';
        do {
            // One byte more than is accepted tells that there are too many.
            $part = $read($this->maxBody + 1 - strlen($body));
            $body .= $part;
        } while ($part !== '' && strlen($body) <= $this->maxBody);
        return $this->receive($body, $headers);
    }

    /** Whether a request announces a body longer than is accepted; one that announces nothing does not. */
    public function announcesTooMuch(?string $contentLength): bool
    {
        return $contentLength !== null && preg_match('/^\d+$/D', $contentLength) === 1 && (float) $contentLength > $this->maxBody;
    }

    /** The answer to a body that is too long. */
    public function tooLarge(): Answer
    {
        return $this->refuse(413, 'body_too_large', "the body is longer than maxBody, {$this->maxBody} bytes");
    }

    /** The message is for the log alone. */
    private function refuse(int $status, string $code, string $message): Answer
    {
        if ($this->logger !== null) {
            $this->logger->warning('delivery refused: {code}: {message}', ['code' => $code, 'message' => $message]);
        } else {
            error_log("hookseal: delivery refused: $code: $message");
        }
        return Answer::error($status, $code);
    }
}

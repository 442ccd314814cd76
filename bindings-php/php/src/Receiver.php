<?php

declare(strict_types=1);

namespace Hookseal\Http;

use Hookseal\Body;
use Hookseal\Event;
use Hookseal\Exception;
use Hookseal\Inbox;
use Hookseal\InboxException;
use Hookseal\Webhook;
use Psr\Log\LoggerInterface;

/** Turns a request's body and headers into an event for the handler, or a response. */
final class Receiver
{
    /** How many bytes of a body are read at once. */
    private const PART = 65536;

    /** The size, in bytes, of the largest body that is accepted, counted after `Content-Encoding` is undone. */
    public readonly int $maxBody;

    /**
     * @param int|null $maxBody the size, in bytes, of the largest body that is accepted; larger ones get 413. By
     *     default what the provider documents, or 1 MiB
     * @param Acknowledge|null $acknowledge the authentic test events that get a 200 without reaching the handler;
     *     `Acknowledge::Checks` by default
     * @param LoggerInterface|null $logger the logger for refused deliveries; PHP's error log by default
     * @param Inbox|null $inbox an inbox that verifies and keeps the deliveries, in place of a handler: each gets a 204 once it
     *     is stored, and none is given to the handler. Of the webhook, which is the source's, it takes `maxBody` and handshakes
     * @param string|null $source the name of the inbox's source; it may be left out if the inbox has but one
     */
    public function __construct(
        private readonly Webhook $webhook,
        ?int $maxBody = null,
        private readonly ?Acknowledge $acknowledge = null,
        private readonly ?LoggerInterface $logger = null,
        private readonly ?Inbox $inbox = null,
        private readonly ?string $source = null,
    ) {
        $this->maxBody = $maxBody ?? $webhook->maxBody;
        if ($this->maxBody < 1) {
            throw new \ValueError('maxBody must be a positive number of bytes');
        }
        if ($inbox !== null && ($acknowledge ?? Acknowledge::Checks) !== Acknowledge::Checks) {
            throw new \ValueError('an inbox keeps every delivery but checks: leave acknowledge out, and have the worker look at $event->test');
        }
        if ($inbox === null && $source !== null) {
            throw new \ValueError("source names one of an inbox's: give the inbox too");
        }
    }

    /**
     * Returns the verified event if it is for the handler, else the response.
     *
     * @param string $body the raw bytes, as they arrived
     * @param array<array-key, mixed>|object $headers what `Webhook::verify` takes
     * @param string $contentEncoding the header `Content-Encoding`
     * @param string|null $method the request's method, for a scheme that signs it
     * @param string|null $url the request's address, or its path and query, for a scheme that signs it
     */
    public function receive(
        #[\SensitiveParameter] string $body,
        #[\SensitiveParameter] array|object $headers,
        string $contentEncoding = '',
        ?string $method = null,
        #[\SensitiveParameter] ?string $url = null,
    ): Event|Answer {
        if (strlen($body) > $this->maxBody) {
            return $this->tooLarge();
        }
        try {
            if ($contentEncoding !== '') {
                $body = Body::decode($body, $contentEncoding, $this->maxBody);
            }
            if ($this->webhook->scheme->hasHandshake) {
                $handshake = $this->webhook->handshake($body, $headers, $method, $url);
                if ($handshake !== null) {
                    return Answer::handshake($handshake);
                }
                if (in_array(strtoupper((string) $method), ['GET', 'HEAD'], true)) {
                    // It was let through because it could have been a handshake.
                    return Answer::notAllowed();
                }
            }
            if ($this->inbox !== null) {
                $received = $this->inbox->receive($body, $headers, $this->source, $method, $url);
                return $received->outcome === 'check' ? Answer::acknowledged() : Answer::stored();
            }
            $event = $this->webhook->verify($body, $headers, method: $method, url: $url);
            // Looked at first, so that no request but a test's loads the enum.
            if ($event->test && ($this->acknowledge ?? Acknowledge::Checks)->covers($event)) {
                return Answer::acknowledged();
            }
            return $event;
        } catch (Exception $exception) {
            $retryAfter = $exception instanceof InboxException ? $exception->retryAfter : null;
            return $this->refuse($exception->httpStatus, $exception->errorCode, $exception->getMessage(), $retryAfter);
        }
    }

    /**
     * Reads the body, and does what `receive` does with it. It reads at most a little more than is accepted.
     *
     * @param callable(int): ?string $read returns up to so many bytes more, an empty string at the end, null on an
     *     error
     * @param array<array-key, mixed>|object $headers what `Webhook::verify` takes
     * @param string $contentLength the header `Content-Length`, if there is one
     * @param string $contentEncoding the header `Content-Encoding`
     * @param string|null $method the request's method, for a scheme that signs it
     * @param string|null $url the request's address, or its path and query, for a scheme that signs it
     */
    public function receiveFrom(
        #[\SensitiveParameter] callable $read,
        #[\SensitiveParameter] array|object $headers,
        string $contentLength = '',
        string $contentEncoding = '',
        ?string $method = null,
        #[\SensitiveParameter] ?string $url = null,
    ): Event|Answer {
        // A float, for no number of digits is too large for one.
        $announced = preg_match('/^\d+$/D', $contentLength) === 1 ? (float) $contentLength : 0.0;
        if ($announced > $this->maxBody) {
            return $this->tooLarge();
        }
        $body = '';
        do {
            // One byte more than is accepted tells that there are too many. PHP makes room for all that is asked for.
            $part = $read(min($this->maxBody + 1 - strlen($body), self::PART));
            $body .= $part ?? '';
        } while ($part !== null && $part !== '' && strlen($body) <= $this->maxBody);
        if ($body === '' && $announced > 0) {
            return $this->alreadyRead("its Content-Length is $contentLength");
        }
        if ($part === null || strlen($body) < $announced) {
            $whole = $announced > 0 ? ", but its Content-Length is $contentLength" : ' with an error';
            return $this->refuse(400, 'incomplete_body', 'the body ends after ' . strlen($body) . " bytes$whole: the sender hung up, or something before the receiver changed the body");
        }
        return $this->receive($body, $headers, $contentEncoding, $method, $url);
    }

    /**
     * Returns the response if the app itself has already read the body.
     *
     * @internal
     */
    public function alreadyRead(string $why): Answer
    {
        return $this->refuse(500, 'body_already_read', "nothing is left of the body, but $why: receive the delivery before anything reads its body, and do not have PHP parse it (of multipart/form-data, php://input is empty)");
    }

    private function tooLarge(): Answer
    {
        return $this->refuse(413, 'body_too_large', "the body is longer than maxBody, {$this->maxBody} bytes");
    }

    /** The message is for the log alone. */
    private function refuse(int $status, string $code, string $message, ?int $retryAfter = null): Answer
    {
        if ($this->logger !== null) {
            $this->logger->warning('delivery refused: {code}: {message}', ['code' => $code, 'message' => $message]);
        } else {
            error_log("hookseal: delivery refused: $code: $message");
        }
        return Answer::error($status, $code, $retryAfter);
    }
}

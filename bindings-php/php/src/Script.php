<?php

declare(strict_types=1);

namespace Hookseal\Http;

use Hookseal\Event;

/**
 * Webhooks in a script without a framework:
 *
 *     $event = Script::receive(new Receiver($webhook));
 */
final class Script
{
    /** The verified event of the request that PHP is handling. For any other the answer is sent, and the script ends. */
    public static function receive(Receiver $receiver): Event
    {
        $event = self::event($receiver, $_SERVER, 'php://input');
        if ($event instanceof Event) {
            return $event;
        }
        http_response_code($event->status);
        header('Content-Type: ' . Answer::CONTENT_TYPE);
        echo $event->json();
        exit;
    }

    /**
     * The same without an end: what came, or what to answer.
     *
     * @param array<array-key, mixed> $server `$_SERVER`
     * @param string $input where the body is read from
     */
    public static function event(Receiver $receiver, array $server, string $input = 'php://input'): Event|Answer
    {
        $announced = $server['CONTENT_LENGTH'] ?? null;
        if ($receiver->announcesTooMuch(is_string($announced) ? $announced : null)) {
            return $receiver->tooLarge();
        }
        $stream = fopen($input, 'rb');
        if ($stream === false) {
            throw new \RuntimeException("$input cannot be read");
        }
        try {
            return $receiver->receiveFrom(static fn (int $length): string => (string) fread($stream, max(1, $length)), $server);
        } finally {
            fclose($stream);
        }
    }
}

<?php

declare(strict_types=1);

namespace Hookseal\Http;

use Hookseal\Event;

/**
 * Receives webhooks in a script without a framework:
 *
 *     $event = Script::receive(new Receiver($webhook));
 */
final class Script
{
    /**
     * Returns the verified event of the request that PHP is handling. For any other delivery it sends the response and
     * ends the script.
     */
    public static function receive(Receiver $receiver): Event
    {
        $event = self::event($receiver, $_SERVER, 'php://input');
        if ($event instanceof Event) {
            return $event;
        }
        http_response_code($event->status);
        foreach ($event->headers() as $name => $value) {
            header("$name: $value");
        }
        echo $event->json();
        exit;
    }

    /**
     * Returns the verified event or the response, and does not end the script.
     *
     * @param array<array-key, mixed> $server `$_SERVER`
     * @param string $input where the body is read from
     */
    public static function event(Receiver $receiver, #[\SensitiveParameter] array $server, string $input = 'php://input'): Event|Answer
    {
        $stream = fopen($input, 'rb');
        if ($stream === false) {
            throw new \RuntimeException("$input cannot be read");
        }
        $read = static function (int $length) use ($stream): ?string {
            $part = fread($stream, max(1, $length));
            return $part === false ? null : $part;
        };
        try {
            return $receiver->receiveFrom($read, $server, self::text($server, 'CONTENT_LENGTH'), self::text($server, 'HTTP_CONTENT_ENCODING'), self::text($server, 'REQUEST_METHOD'), self::url($server));
        } finally {
            fclose($stream);
        }
    }

    /**
     * The address that the sender called, as far as the web server tells it.
     *
     * @param array<array-key, mixed> $server
     */
    private static function url(#[\SensitiveParameter] array $server): string
    {
        $host = self::text($server, 'HTTP_HOST');
        $https = self::text($server, 'HTTPS');
        $scheme = $https !== '' && $https !== 'off' ? 'https' : 'http';
        return ($host !== '' ? "$scheme://$host" : '') . self::text($server, 'REQUEST_URI');
    }

    /** @param array<array-key, mixed> $server */
    private static function text(#[\SensitiveParameter] array $server, string $name): string
    {
        $value = $server[$name] ?? '';
        return is_string($value) ? $value : '';
    }
}

<?php

declare(strict_types=1);

namespace Hookseal\Http;

use Hookseal\Event;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;

/**
 * Receives webhooks in Symfony and in Laravel, whose `Request` is one of Symfony's:
 *
 *     $event = $symfony->receive($request);
 *     if ($event instanceof Response) {
 *         return $event;
 *     }
 */
final class Symfony
{
    public function __construct(private readonly Receiver $receiver)
    {
    }

    /** Returns the verified event, or the response to a delivery that is not for the handler. */
    public function receive(#[\SensitiveParameter] Request $request): Event|Response
    {
        $event = $this->event($request);
        if ($event instanceof Event) {
            return $event;
        }
        return new Response($event->json(), $event->status, $event->headers());
    }

    /**
     * Works as a Laravel middleware: the handler finds the event as the request's attribute `Hookseal\Event`.
     *
     * @param callable(Request): Response $next
     */
    public function handle(#[\SensitiveParameter] Request $request, callable $next): Response
    {
        $event = $this->receive($request);
        if ($event instanceof Response) {
            return $event;
        }
        $request->attributes->set(Event::class, $event);
        return $next($request);
    }

    private function event(#[\SensitiveParameter] Request $request): Event|Answer
    {
        // As a stream, so that not more of it is read than is accepted. The handler may read it again.
        $stream = $request->getContent(true);
        $read = static function (int $length) use ($stream): ?string {
            $part = fread($stream, max(1, $length));
            return $part === false ? null : $part;
        };
        $encodings = implode(', ', $request->headers->all('Content-Encoding'));
        // Not getUri(), which sorts the query.
        $url = $request->getSchemeAndHttpHost() . $request->getRequestUri();
        return $this->receiver->receiveFrom($read, $request->headers, (string) $request->headers->get('Content-Length'), $encodings, $request->getMethod(), $url);
    }
}

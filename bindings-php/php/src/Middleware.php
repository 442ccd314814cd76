<?php

declare(strict_types=1);

namespace Hookseal\Http;

use Hookseal\Event;
use Psr\Http\Message\ResponseFactoryInterface;
use Psr\Http\Message\ResponseInterface;
use Psr\Http\Message\ServerRequestInterface;
use Psr\Http\Server\MiddlewareInterface;
use Psr\Http\Server\RequestHandlerInterface;

/**
 * A PSR-15 middleware that verifies deliveries: the handler finds the event as the request's attribute
 * `Hookseal\Event`, and is not called for a delivery that does not verify.
 *
 *     $app->post('/webhooks/kasko', $handler)->add(new Middleware(new Receiver($webhook), $responseFactory));
 *     $event = $request->getAttribute(Hookseal\Event::class);
 *
 * Put it before anything that reads the body. The handler may read the body again.
 */
final class Middleware implements MiddlewareInterface
{
    public function __construct(private readonly Receiver $receiver, private readonly ResponseFactoryInterface $responses)
    {
    }

    public function process(#[\SensitiveParameter] ServerRequestInterface $request, RequestHandlerInterface $handler): ResponseInterface
    {
        $event = $this->receive($request);
        if ($event instanceof Event) {
            return $handler->handle($request->withAttribute(Event::class, $event));
        }
        $response = $this->responses->createResponse($event->status);
        foreach ($event->headers() as $name => $value) {
            $response = $response->withHeader($name, $value);
        }
        $response->getBody()->write($event->json());
        return $response;
    }

    private function receive(#[\SensitiveParameter] ServerRequestInterface $request): Event|Answer
    {
        $body = $request->getBody();
        if (!$body->isReadable()) {
            return $this->receiver->alreadyRead('its stream cannot be read');
        }
        if ($body->isSeekable()) {
            $body->rewind();
        }
        $read = static function (int $length) use ($body): ?string {
            try {
                return $body->eof() ? '' : $body->read($length);
            } catch (\RuntimeException) {
                return null;
            }
        };
        $length = $request->getHeaderLine('Content-Length');
        $size = (string) $body->getSize();
        $received = $this->receiver->receiveFrom($read, $request, $length !== '' ? $length : $size, $request->getHeaderLine('Content-Encoding'), $request->getMethod(), (string) $request->getUri());
        if ($body->isSeekable()) {
            $body->rewind();
        }
        return $received;
    }
}

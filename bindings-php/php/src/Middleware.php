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
 * PSR-15 middleware: the handler finds the verified event as the request's attribute `Hookseal\Event`, and is not
 * called for a delivery that does not verify.
 *
 *     $app->post('/webhooks/kasko', $handler)->add(new Middleware(new Receiver($webhook), $responseFactory));
 *     $event = $request->getAttribute(Hookseal\Event::class);
 *
 * It stands before anything that reads the body. The handler may read it again.
 */
final class Middleware implements MiddlewareInterface
{
    public function __construct(private readonly Receiver $receiver, private readonly ResponseFactoryInterface $responses)
    {
    }

    public function process(ServerRequestInterface $request, RequestHandlerInterface $handler): ResponseInterface
    {
        $event = $this->receive($request);
        if ($event instanceof Event) {
            return $handler->handle($request->withAttribute(Event::class, $event));
        }
        $response = $this->responses->createResponse($event->status)->withHeader('Content-Type', Answer::CONTENT_TYPE);
        $response->getBody()->write($event->json());
        return $response;
    }

    private function receive(ServerRequestInterface $request): Event|Answer
    {
        $body = $request->getBody();
        $size = $body->getSize();
        if (($size !== null && $size > $this->receiver->maxBody) || $this->receiver->announcesTooMuch($request->getHeaderLine('Content-Length'))) {
            return $this->receiver->tooLarge();
        }
        if ($body->isSeekable()) {
            $body->rewind();
        }
        $received = $this->receiver->receiveFrom(static fn (int $length): string => $body->eof() ? '' : $body->read($length), $request->getHeaders());
        if ($body->isSeekable()) {
            $body->rewind();
        }
        return $received;
    }
}

--TEST--
PSR-15 middleware, with Nyholm's PSR-7 and with Slim
--EXTENSIONS--
hookseal
--FILE--
<?php
require __DIR__ . '/common.inc';
require_once 'Nyholm/Psr7/autoload.php';
require_once 'Psr/Log/autoload.php';
require_once 'Slim/autoload.php';
require __DIR__ . '/psr15.inc';
use Hookseal\Event;
use Hookseal\Http\{Middleware, Receiver};
use Nyholm\Psr7\Factory\Psr17Factory;
use Psr\Http\Message\{ResponseInterface, ServerRequestInterface, StreamInterface};
use Psr\Http\Server\RequestHandlerInterface;

$log = new Log();
$logger = new class($log) extends Psr\Log\AbstractLogger {
    public function __construct(private Log $log) {}
    public function log($level, $message, array $context = []): void { $this->log->add("$level $message", $context); }
};
$handler = new class() implements RequestHandlerInterface {
    public function handle(ServerRequestInterface $request): ResponseInterface
    {
        $event = $request->getAttribute(Event::class);
        // The handler may read the body again.
        $same = (string) $request->getBody() === $event->body;
        return (new Psr17Factory())->createResponse(204, "event $event->type" . ($same ? '' : ', body gone'));
    }
};
$webhook = new Hookseal\Webhook('claimport', 'secret');
$middleware = new Middleware(new Receiver($webhook, maxBody: 100, logger: $logger), $factory = new Psr17Factory());
foreach (deliveries($webhook, 100) as $name => [$body, $headers]) {
    $request = $factory->createServerRequest('POST', '/')->withBody($factory->createStream($body));
    foreach ($headers as $header => $value) {
        $request = $request->withHeader($header, $value);
    }
    $response = $middleware->process($request, $handler);
    echo "$name: {$response->getStatusCode()} {$response->getReasonPhrase()} {$response->getHeaderLine('Content-Type')} {$response->getBody()}\n";
    // A stream that does not know its size and gives little at a time.
    $slow = $middleware->process($request->withBody(slow($body)), $handler);
    if ($slow->getStatusCode() !== $response->getStatusCode()) {
        echo "another answer to a stream\n";
    }
}
echo implode("\n", (array) $log), "\n";

$app = new Slim\App(['settings' => ['displayErrorDetails' => true]]);
$app->post('/hook', function ($request, $response) {
    $event = $request->getAttribute(Event::class);
    return $response->write("event $event->type {$event->data['claim_id']}");
})->add(function ($request, $response, $next) use ($middleware) {
    return $middleware->process($request, new class($response, $next) implements RequestHandlerInterface {
        public function __construct(private $response, private $next) {}
        public function handle(ServerRequestInterface $request): ResponseInterface { return ($this->next)($request, $this->response); }
    });
});
foreach (['genuine', 'forged'] as $name) {
    [$body, $headers] = deliveries($webhook, 100)[$name];
    $environment = Slim\Http\Environment::mock(['REQUEST_METHOD' => 'POST', 'REQUEST_URI' => '/hook', 'HTTP_X_CLAIMPORT_SIGNATURE' => $headers['X-ClaimPort-Signature']]);
    $stream = fopen('php://temp', 'r+');
    fwrite($stream, $body);
    $request = Slim\Http\Request::createFromEnvironment($environment)->withBody(new Slim\Http\Body($stream));
    $response = $app->process($request, new Slim\Http\Response());
    echo "Slim, $name: {$response->getStatusCode()} {$response->getBody()}\n";
}

function slow(string $text): StreamInterface
{
    return new class($text) implements StreamInterface {
        public function __construct(private string $text, private int $at = 0) {}
        public function __toString(): string { return $this->text; }
        public function close(): void {}
        public function detach() { return null; }
        public function getSize(): ?int { return null; }
        public function tell(): int { return $this->at; }
        public function eof(): bool { return $this->at >= strlen($this->text); }
        public function isSeekable(): bool { return false; }
        public function seek($offset, $whence = SEEK_SET): void { throw new RuntimeException(); }
        public function rewind(): void { throw new RuntimeException(); }
        public function isWritable(): bool { return false; }
        public function write($string): int { throw new RuntimeException(); }
        public function isReadable(): bool { return true; }
        public function read($length): string { $part = substr($this->text, $this->at, min(7, $length)); $this->at += strlen($part); return $part; }
        public function getContents(): string { return ''; }
        public function getMetadata($key = null) { return null; }
    };
}
?>
--EXPECT--
genuine: 204 event claim.created  
forged: 401 Unauthorized application/json {"error":"signature_mismatch"}
unsigned: 401 Unauthorized application/json {"error":"missing_header"}
malformed: 401 Unauthorized application/json {"error":"malformed_header"}
no JSON: 400 Bad Request application/json {"error":"invalid_payload"}
endpoint check: 200 OK application/json {"acknowledged":true}
just fits: 204 event t  
too large: 413 Request Entity Too Large application/json {"error":"body_too_large"}
warning delivery refused: signature_mismatch: …
warning delivery refused: signature_mismatch: …
warning delivery refused: missing_header: …
warning delivery refused: missing_header: …
warning delivery refused: malformed_header: …
warning delivery refused: malformed_header: …
warning delivery refused: invalid_payload: …
warning delivery refused: invalid_payload: …
warning delivery refused: body_too_large: …
warning delivery refused: body_too_large: …
Slim, genuine: 200 event claim.created C-1
Slim, forged: 401 {"error":"signature_mismatch"}

--TEST--
Bodies that are not there, not whole, too long or encoded, in every adapter
--EXTENSIONS--
hookseal
--FILE--
<?php
require __DIR__ . '/common.inc';
require_once 'Nyholm/Psr7/autoload.php';
require_once 'Psr/Log/autoload.php';
require_once 'Symfony/Component/HttpFoundation/autoload.php';
require_once 'Illuminate/Http/autoload.php';
require __DIR__ . '/psr15.inc';
use Hookseal\Event;
use Hookseal\Http\{Answer, Middleware, Receiver, Script, Symfony};
use Nyholm\Psr7\Factory\Psr17Factory;
use Psr\Http\Message\{ResponseInterface, ServerRequestInterface, StreamInterface};
use Psr\Http\Server\RequestHandlerInterface;

/** A stream that gives a text and then does something else. */
final class Odd implements StreamInterface
{
    public int $reads = 0;
    private int $at = 0;
    public function __construct(private string $text, private ?Closure $then = null, private bool $readable = true) {}
    public function __toString(): string { return $this->text; }
    public function close(): void {}
    public function detach() { return null; }
    public function getSize(): ?int { return null; }
    public function tell(): int { return $this->at; }
    public function eof(): bool { return $this->then === null && $this->at >= strlen($this->text); }
    public function isSeekable(): bool { return false; }
    public function seek($offset, $whence = SEEK_SET): void { throw new RuntimeException(); }
    public function rewind(): void { throw new RuntimeException(); }
    public function isWritable(): bool { return false; }
    public function write($string): int { throw new RuntimeException(); }
    public function isReadable(): bool { return $this->readable; }
    public function read($length): string
    {
        $this->reads++;
        $part = substr($this->text, $this->at, min(7, $length));
        $this->at += strlen($part);
        return $part === '' && $this->then !== null ? ($this->then)() : $part;
    }
    public function getContents(): string { return ''; }
    public function getMetadata($key = null) { return null; }
}

$log = new Log();
$logger = new class($log) extends Psr\Log\AbstractLogger {
    public function __construct(private Log $log) {}
    public function log($level, $message, array $context = []): void { $this->log[] = $context; }
};
$webhook = new Hookseal\Webhook('claimport', 'secret');
$receiver = new Receiver($webhook, maxBody: 1000, logger: $logger);
$factory = new Psr17Factory();
$handler = new class($factory) implements RequestHandlerInterface {
    public function __construct(private Psr17Factory $factory) {}
    public function handle(ServerRequestInterface $request): ResponseInterface { return $this->factory->createResponse(204); }
};
$psr = function (StreamInterface $stream, array $headers) use ($receiver, $factory, $handler): string {
    $request = $factory->createServerRequest('POST', '/')->withBody($stream);
    foreach ($headers as $name => $value) {
        $request = $request->withHeader($name, $value);
    }
    $response = (new Middleware($receiver, $factory))->process($request, $handler);
    return trim("{$response->getStatusCode()} {$response->getBody()}");
};
$adapters = [
    'script' => function (string $body, array $headers) use ($receiver): string {
        $server = [];
        foreach ($headers as $name => $value) {
            $server[($name === 'Content-Length' ? '' : 'HTTP_') . strtr(strtoupper($name), '-', '_')] = $value;
        }
        $event = Script::event($receiver, $server, 'data:,' . rawurlencode($body));
        return $event instanceof Answer ? "$event->status {$event->json()}" : '204';
    },
    'psr15' => fn (string $body, array $headers) => $psr($factory->createStream($body), $headers),
    'psr15, slow' => fn (string $body, array $headers) => $psr(new Odd($body), $headers),
    'symfony' => function (string $body, array $headers, string $class = \Symfony\Component\HttpFoundation\Request::class) use ($receiver): string {
        $request = $class::create('/hook', 'POST', content: $body);
        $request->headers->add($headers);
        $event = (new Symfony($receiver))->receive($request);
        return $event instanceof Event ? '204' : "{$event->getStatusCode()} {$event->getContent()}";
    },
];
$adapters['laravel'] = fn (string $body, array $headers) => $adapters['symfony']($body, $headers, \Illuminate\Http\Request::class);

$body = '{"type":"claim.created","data":{}}';
$signed = $webhook->sign($body);
$large = '{"type":"' . str_repeat('x', 5000) . '"}';
$cases = [
    'whole' => [$body, $signed + ['Content-Length' => (string) strlen($body)]],
    'of no length' => [$body, $signed],
    'longer than announced' => [$body, $signed + ['Content-Length' => '3']],
    'gone' => ['', $signed + ['Content-Length' => (string) strlen($body)]],
    'empty' => ['', $webhook->sign('') + ['Content-Length' => '0']],
    'cut' => [substr($body, 0, -1), $signed + ['Content-Length' => (string) strlen($body)]],
    'announced as too long' => [$body, $signed + ['Content-Length' => '1001']],
    'too long' => [$large, $webhook->sign($large)],
    'gzip' => [gzencode($body), $signed + ['Content-Encoding' => 'gzip', 'Content-Length' => (string) strlen(gzencode($body))]],
    'deflate, then gzip' => [gzencode(gzcompress($body)), $signed + ['Content-Encoding' => 'deflate, gzip']],
    'gzip, cut' => [substr(gzencode($body), 0, -9), $signed + ['Content-Encoding' => 'gzip']],
    'gzip, too long' => [gzencode($large), $webhook->sign($large) + ['Content-Encoding' => 'gzip']],
    'plain, though named' => [$body, $signed + ['Content-Encoding' => 'gzip']],
    'of no known encoding' => [$body, $signed + ['Content-Encoding' => 'zstd']],
];
foreach ($cases as $what => [$sent, $headers]) {
    $answers = array_map(fn (callable $adapter): string => $adapter($sent, $headers), $adapters);
    echo "$what: ", count(array_unique($answers)) === 1 ? current($answers) : json_encode($answers), "\n";
}
// What no server lets through to another adapter.
echo 'broken: ', $psr(new Odd(substr($body, 0, 9), fn () => throw new RuntimeException()), $signed), "\n";
echo 'not readable: ', $psr(new Odd($body, readable: false), $signed), "\n";
$unread = new Odd($body);
echo 'announced as too long: ', $psr($unread, $signed + ['Content-Length' => '1001']), ", read $unread->reads times\n";
$endless = new Odd('x', fn () => 'xxxxxxx');
echo 'endless: ', $psr($endless, $signed), $endless->reads < 200 ? '' : ", read $endless->reads times", "\n";
$consumed = $factory->createStreamFromResource(popen('true', 'r'));
echo 'a stream that was read: ', $psr($consumed, $signed + ['Content-Length' => '34']), "\n";

foreach ((array) $log as ['code' => $code, 'message' => $message]) {
    $messages[$code][] = $message;
}
foreach ($messages as $code => $said) {
    echo "$code: ", implode("\n  ", array_unique($said)), "\n";
}

// Without an option, as much as the provider says that it sends.
foreach (['claimport', 'github'] as $provider) {
    $webhook = new Hookseal\Webhook($provider, 'secret');
    echo $provider, ' ', (new Receiver($webhook))->maxBody === $webhook->maxBody ? $webhook->maxBody : 'another', "\n";
}
try {
    Hookseal\Body::decode('{}', 'gzip', 0);
} catch (ValueError $error) {
    echo $error->getMessage(), "\n";
}
?>
--EXPECT--
whole: 204
of no length: 204
longer than announced: 204
gone: 500 {"error":"body_already_read"}
empty: 400 {"error":"invalid_payload"}
cut: 400 {"error":"incomplete_body"}
announced as too long: 413 {"error":"body_too_large"}
too long: 413 {"error":"body_too_large"}
gzip: 204
deflate, then gzip: 204
gzip, cut: 400 {"error":"incomplete_body"}
gzip, too long: 413 {"error":"body_too_large"}
plain, though named: 204
of no known encoding: 204
broken: 400 {"error":"incomplete_body"}
not readable: 500 {"error":"body_already_read"}
announced as too long: 413 {"error":"body_too_large"}, read 0 times
endless: 413 {"error":"body_too_large"}
a stream that was read: 500 {"error":"body_already_read"}
body_already_read: nothing is left of the body, but its Content-Length is 34: receive the delivery before anything reads its body, and do not have PHP parse it (of multipart/form-data, php://input is empty)
  nothing is left of the body, but its stream cannot be read: receive the delivery before anything reads its body, and do not have PHP parse it (of multipart/form-data, php://input is empty)
invalid_payload: the delivery is authentic, but its body is not one JSON object: it is empty (at byte 0)
incomplete_body: the body ends after 33 bytes, but its Content-Length is 34: the sender hung up, or something before the receiver changed the body
  the body is not what its `Content-Encoding` says: it was cut or garbled
  the body ends after 9 bytes with an error: the sender hung up, or something before the receiver changed the body
body_too_large: the body is longer than maxBody, 1000 bytes
  the body is larger than allowed, once its encoding is undone
claimport 1048576
github 26214400
Hookseal\Body::decode(): Argument #3 ($maxBody) must be a positive number of bytes

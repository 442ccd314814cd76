--TEST--
Each adapter passes the method and the address, and answers a handshake
--EXTENSIONS--
hookseal
--FILE--
<?php
require __DIR__ . '/common.inc';
require_once 'Nyholm/Psr7/autoload.php';
require_once 'Symfony/Component/HttpFoundation/autoload.php';
require_once 'Illuminate/Http/autoload.php';
require __DIR__ . '/psr15.inc';
use Hookseal\Http\{Answer, Middleware, Receiver, Script, Symfony};
use Nyholm\Psr7\Factory\Psr17Factory;
use Psr\Http\Message\{ResponseInterface, ServerRequestInterface};
use Psr\Http\Server\RequestHandlerInterface;

ini_set('error_log', '/dev/null');
$scheme = new Hookseal\Scheme([
    'name' => 'caller',
    'constants' => ['token' => 'what was chosen'],
    'signature' => [['header' => 'X-Sig', 'algorithm' => 'hmac-sha256', 'encoding' => 'hex', 'content' => '{method} {url} {body}']],
    'event' => ['type' => ['pointer' => '/type']],
    'handshake' => [[
        'method' => 'GET',
        'signed' => false,
        'when' => ['query' => 'mode', 'equals' => 'subscribe'],
        'token' => ['query' => 'token', 'constant' => 'token'],
        'challenge' => ['query' => 'challenge'],
        'text' => '{challenge}',
    ]],
]);
$constants = ['token' => 'mine'];
$direct = new Receiver(new Hookseal\Webhook($scheme, 'secret', constants: $constants));
$behind = new Receiver(new Hookseal\Webhook($scheme, 'secret', constants: $constants, origin: 'https://hooks.example.com'));
$body = '{"type":"sold"}';
$sign = fn (string $method, string $url) => hash_hmac('sha256', "$method $url $body", 'secret');
$factory = new Psr17Factory();
$handler = new class ($factory) implements RequestHandlerInterface {
    public function __construct(private Psr17Factory $factory)
    {
    }

    public function handle(ServerRequestInterface $request): ResponseInterface
    {
        return $this->factory->createResponse(299)->withBody($this->factory->createStream($request->getAttribute(Hookseal\Event::class)->type));
    }
};
$adapters = [
    'script' => function (Receiver $receiver, string $method, string $path, string $signature) use ($body) {
        $server = ['REQUEST_METHOD' => $method, 'REQUEST_URI' => $path, 'HTTP_HOST' => 'app.internal:8080', 'HTTP_X_SIG' => $signature];
        $event = Script::event($receiver, $server, 'data:,' . rawurlencode($method === 'GET' ? '' : $body));
        return $event instanceof Answer ? [$event->status, $event->json(), $event->headers()] : [299, $event->type, []];
    },
    'PSR-15' => function (Receiver $receiver, string $method, string $path, string $signature) use ($body, $factory, $handler) {
        $request = $factory->createServerRequest($method, "http://app.internal:8080$path")->withHeader('X-Sig', $signature)
            ->withBody($factory->createStream($method === 'GET' ? '' : $body));
        $response = (new Middleware($receiver, $factory))->process($request, $handler);
        return [$response->getStatusCode(), (string) $response->getBody(), array_map('implode', $response->getHeaders())];
    },
];
foreach ([\Symfony\Component\HttpFoundation\Request::class, \Illuminate\Http\Request::class] as $class) {
    $adapters[$class] = function (Receiver $receiver, string $method, string $path, string $signature) use ($body, $class) {
        $request = $class::create("http://app.internal:8080$path", $method, content: $method === 'GET' ? '' : $body);
        $request->headers->set('X-Sig', $signature);
        $event = (new Symfony($receiver))->receive($request);
        return $event instanceof Hookseal\Event ? [299, $event->type, []] : [$event->getStatusCode(), $event->getContent(), array_map('implode', $event->headers->all())];
    };
}
foreach ($adapters as $name => $ask) {
    echo "$name:";
    foreach ([
        [$direct, 'POST', '/in?b=2&a=1', $sign('POST', 'http://app.internal:8080/in?b=2&a=1')],
        [$direct, 'PUT', '/in?b=2&a=1', $sign('POST', 'http://app.internal:8080/in?b=2&a=1')],
        [$behind, 'POST', '/in?b=2&a=1', $sign('POST', 'https://hooks.example.com/in?b=2&a=1')],
        [$behind, 'POST', '/in?b=2&a=2', $sign('POST', 'https://hooks.example.com/in?b=2&a=1')],
        [$direct, 'GET', '/in?mode=subscribe&token=mine&challenge=1158', ''],
        [$direct, 'GET', '/in?mode=subscribe&token=yours&challenge=1158', ''],
        [$direct, 'GET', '/in', ''],
    ] as [$receiver, $method, $path, $signature]) {
        [$status, $content, $headers] = $ask($receiver, $method, $path, $signature);
        $headers = array_change_key_case($headers);
        echo " $status $content", isset($headers['x-content-type-options']) ? " ({$headers['content-type']}, {$headers['x-content-type-options']})" : '', ';';
    }
    echo "\n";
}
?>
--EXPECTF--
script: 299 sold; 401 {"error":"signature_mismatch"}; 299 sold; 401 {"error":"signature_mismatch"}; 200 1158 (text/plain, nosniff); 401 {"error":"signature_mismatch"}; 405 {"error":"method_not_allowed"};
PSR-15: 299 sold; 401 {"error":"signature_mismatch"}; 299 sold; 401 {"error":"signature_mismatch"}; 200 1158 (text/plain, nosniff); 401 {"error":"signature_mismatch"}; 405 {"error":"method_not_allowed"};
Symfony\Component\HttpFoundation\Request: 299 sold; 401 {"error":"signature_mismatch"}; 299 sold; 401 {"error":"signature_mismatch"}; 200 1158 (text/plain%S, nosniff); 401 {"error":"signature_mismatch"}; 405 {"error":"method_not_allowed"};
Illuminate\Http\Request: 299 sold; 401 {"error":"signature_mismatch"}; 299 sold; 401 {"error":"signature_mismatch"}; 200 1158 (text/plain%S, nosniff); 401 {"error":"signature_mismatch"}; 405 {"error":"method_not_allowed"};

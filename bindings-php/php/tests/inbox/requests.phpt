--TEST--
An inbox behind each adapter: the method and the address that a sender signs are passed and kept, and checks are acknowledged
--EXTENSIONS--
hookseal
pdo
pdo_sqlite
mbstring
ctype
--FILE--
<?php
require __DIR__ . '/engines.inc';
require_once 'Nyholm/Psr7/autoload.php';
require_once 'Symfony/Component/HttpFoundation/autoload.php';
require_once dirname(__DIR__) . '/psr15.inc';

use Hookseal\Http\{Acknowledge, Middleware, Receiver, Script, Symfony};
use Hookseal\{Inbox, Scheme, Webhook};
use Hookseal\Inbox\PdoConnection;
use Nyholm\Psr7\Factory\Psr17Factory;
use Psr\Http\Message\{ResponseInterface, ServerRequestInterface};
use Psr\Http\Server\RequestHandlerInterface;
use Symfony\Component\HttpFoundation\Request;

ini_set('error_log', '/dev/null');
$scheme = new Scheme([
    'name' => 'caller',
    'signature' => [['header' => 'X-Sig', 'algorithm' => 'hmac-sha256', 'encoding' => 'hex', 'content' => '{method} {url} {body}']],
    'event' => ['id' => ['pointer' => '/id'], 'type' => ['pointer' => '/type'], 'test' => ['type' => 'ping']],
]);
$webhook = new Webhook($scheme, 'secret', origin: 'https://hooks.example.com');
$inbox = new Inbox(new PdoConnection(connect('sqlite', 'requests')), $webhook);
$inbox->migrate();
$receiver = new Receiver($webhook, inbox: $inbox, source: 'caller');
$factory = new Psr17Factory();
$never = new class implements RequestHandlerInterface {
    public function handle(ServerRequestInterface $request): ResponseInterface
    {
        throw new LogicException('an inbox stands in its place');
    }
};
$adapters = [
    'script' => function (string $body, string $signature) use ($receiver) {
        $server = ['REQUEST_METHOD' => 'PUT', 'REQUEST_URI' => '/in?a=1', 'HTTP_HOST' => 'app.internal:8080', 'HTTP_X_SIG' => $signature];
        return Script::event($receiver, $server, 'data:,' . rawurlencode($body))->status;
    },
    'PSR-15' => function (string $body, string $signature) use ($receiver, $factory, $never) {
        $request = $factory->createServerRequest('PUT', 'http://app.internal:8080/in?a=1')->withHeader('X-Sig', $signature)
            ->withBody($factory->createStream($body));
        return (new Middleware($receiver, $factory))->process($request, $never)->getStatusCode();
    },
    'Symfony' => function (string $body, string $signature) use ($receiver) {
        $request = Request::create('http://app.internal:8080/in?a=1', 'PUT', content: $body);
        $request->headers->set('X-Sig', $signature);
        return (new Symfony($receiver))->receive($request)->getStatusCode();
    },
    'receive' => fn (string $body, string $signature) => $inbox->receive($body, ['x-sig' => $signature], null, 'PUT', '/in?a=1')->outcome,
];
$signed = fn (string $body, string $path = '/in?a=1') => hash_hmac('sha256', "PUT https://hooks.example.com$path $body", 'secret');
foreach ($adapters as $name => $give) {
    $body = "{\"id\":\"$name\",\"type\":\"policy.created\"}";
    $check = "{\"id\":\"$name\",\"type\":\"ping\"}";
    echo "$name: ", $give($body, $signed($body)), ' ', $give($body, $signed($body)), ' ', $give($check, $signed($check)), ' ';
    try {
        echo $give($body, $signed($body, '/in?a=2')), "\n";
    } catch (Hookseal\Exception $exception) {
        echo $exception->errorCode, "\n";
    }
}
foreach ($inbox->claim(10) as $claimed) {
    echo $claimed->event->id, ' ', $claimed->event->type, "\n";
}
foreach ([['inbox' => $inbox, 'acknowledge' => Acknowledge::Tests], ['source' => 'caller']] as $wrong) {
    try {
        new Receiver($webhook, ...$wrong);
    } catch (ValueError $error) {
        echo $error->getMessage(), "\n";
    }
}
?>
--EXPECT--
script: 204 204 200 401
PSR-15: 204 204 200 401
Symfony: 204 204 200 401
receive: stored duplicate check signature_mismatch
script policy.created
PSR-15 policy.created
Symfony policy.created
receive policy.created
an inbox keeps every delivery but checks: leave acknowledge out, and have the worker look at $event->test
source names one of an inbox's: give the inbox too

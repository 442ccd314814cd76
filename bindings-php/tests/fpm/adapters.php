<?php

declare(strict_types=1);

// The endpoints of the adapter cases: /adapters/ADAPTER/NUMBER is what the case with that number sets up. A handler
// answers with all that it was given.

error_reporting(E_ALL & ~E_DEPRECATED);
spl_autoload_register(static function (string $class): void {
    $file = dirname(__DIR__, 2) . '/php/src/' . strtr(substr($class, strlen('Hookseal\\Http\\')), '\\', '/') . '.php';
    if (str_starts_with($class, 'Hookseal\\Http\\')) {
        require $file;
    }
});

use Hookseal\Event;
use Hookseal\Http\{Acknowledge, Middleware, Receiver, Script, Symfony};
use Psr\Http\Message\{ResponseFactoryInterface, ResponseInterface, ServerRequestInterface};
use Psr\Http\Server\RequestHandlerInterface;
use Symfony\Component\HttpFoundation\{Request, Response};

[, , $adapter, $number] = explode('/', $_SERVER['REQUEST_URI']);
$case = json_decode(file_get_contents(dirname(__DIR__, 3) . '/tests/adapters/cases.json'), true)['cases'][(int) $number];
$options = $case['options'] ?? [];
$receiver = new Receiver(
    new Hookseal\Webhook($case['provider'] ?? new Hookseal\Scheme($case['scheme']), $case['secrets'], tolerance: $options['tolerance'] ?? null),
    maxBody: $options['max_body'] ?? null,
    acknowledge: ['checks' => Acknowledge::Checks, 'tests' => Acknowledge::Tests, 'none' => Acknowledge::None][$options['acknowledge'] ?? 'checks'],
);

/** What the handler got, as JSON. */
function handled(Event $event): string
{
    return json_encode(['handled' => $event->jsonSerialize() + ['envelope' => $event->envelope, 'body' => base64_encode($event->body)]], JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION);
}

switch ($adapter) {
    case 'script':
        $event = Script::receive($receiver);
        http_response_code(201);
        echo handled($event);
        break;
    case 'psr15':
        require_once 'Slim/autoload.php';
        require_once 'Psr/Http/Message/factory-autoload.php';
        require dirname(__DIR__, 2) . '/php/tests/psr15.inc';
        $responses = new class() implements ResponseFactoryInterface {
            public function createResponse(int $code = 200, string $reasonPhrase = ''): ResponseInterface { return new Slim\Http\Response($code); }
        };
        $middleware = new Middleware($receiver, $responses);
        // Slim takes what the script is called off the path.
        $_SERVER['SCRIPT_NAME'] = '/index.php';
        $app = new Slim\App(['settings' => ['displayErrorDetails' => true]]);
        $app->post('/adapters/psr15/{number}', fn (ServerRequestInterface $request, ResponseInterface $response) => $response->withStatus(201)->write(handled($request->getAttribute(Event::class))))
            ->add(fn ($request, $response, $next) => $middleware->process($request, new class($response, $next) implements RequestHandlerInterface {
                public function __construct(private $response, private $next) {}
                public function handle(ServerRequestInterface $request): ResponseInterface { return ($this->next)($request, $this->response); }
            }));
        $app->run();
        break;
    case 'symfony':
        require_once 'Symfony/Component/HttpFoundation/autoload.php';
        $event = (new Symfony($receiver))->receive(Request::createFromGlobals());
        ($event instanceof Response ? $event : new Response(handled($event), 201))->send();
        break;
    case 'laravel':
        require_once 'Illuminate/Http/autoload.php';
        (new Symfony($receiver))->handle(Illuminate\Http\Request::capture(), static fn (Request $request) => new Response(handled($request->attributes->get(Event::class)), 201))->send();
        break;
}

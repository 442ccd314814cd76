--TEST--
No trace of the adapters holds a body or a header
--EXTENSIONS--
hookseal
--INI--
zend.exception_ignore_args=0
zend.exception_string_param_max_len=1000
--SKIPIF--
<?php if (PHP_VERSION_ID < 80200) die('skip PHP 8.1 has no #[\SensitiveParameter]'); ?>
--FILE--
<?php
require __DIR__ . '/common.inc';
require_once 'Nyholm/Psr7/autoload.php';
require_once 'Psr/Log/autoload.php';
require_once 'Symfony/Component/HttpFoundation/autoload.php';
require __DIR__ . '/psr15.inc';
use Hookseal\Http\{Middleware, Receiver, Script, Symfony};
use Nyholm\Psr7\Factory\Psr17Factory;
use Psr\Http\Message\{ResponseInterface, ServerRequestInterface};
use Psr\Http\Server\RequestHandlerInterface;

final class Once
{
    public function __construct(private string $left) {}
    public function __invoke(int $length): string { [$part, $this->left] = [$this->left, '']; return $part; }
}
$logger = new class() extends Psr\Log\AbstractLogger {
    public function log($level, $message, array $context = []): void { throw new DomainException("$level cannot be written"); }
};
$handler = new class() implements RequestHandlerInterface {
    public function handle(#[SensitiveParameter] ServerRequestInterface $request): ResponseInterface { throw new DomainException('the handler failed'); }
};
$webhook = new Hookseal\Webhook('claimport', 'secret');
$receiver = new Receiver($webhook, logger: $logger);
$factory = new Psr17Factory();
$body = '{"type":"t","iban":"MARK-iban"}';
$psr = fn (array $headers) => $factory->createServerRequest('POST', '/')->withBody($factory->createStream($body))->withHeader('X-Other', 'MARK-other')->withHeader('X-ClaimPort-Signature', $headers['X-ClaimPort-Signature']);
$symfony = fn (array $headers) => \Symfony\Component\HttpFoundation\Request::create('/', 'POST', server: ['HTTP_X_OTHER' => 'MARK-other', 'HTTP_X_CLAIMPORT_SIGNATURE' => $headers['X-ClaimPort-Signature']], content: $body);
$signed = $webhook->sign($body);
$wrong = ['X-ClaimPort-Signature' => 'sha256=' . str_repeat('0', 64)];
foreach ([
    'receiver' => fn () => $receiver->receive($body, $wrong + ['X-Other' => 'MARK-other']),
    'reading' => fn () => $receiver->receiveFrom(new Once($body), $wrong + ['X-Other' => 'MARK-other'], (string) strlen($body)),
    'script' => fn () => Script::event($receiver, ['HTTP_X_OTHER' => 'MARK-other', 'HTTP_X_CLAIMPORT_SIGNATURE' => $wrong['X-ClaimPort-Signature']], 'data:,{}'),
    'psr15' => fn () => (new Middleware($receiver, $factory))->process($psr($wrong), $handler),
    'psr15, handler' => fn () => (new Middleware($receiver, $factory))->process($psr($signed), $handler),
    'symfony' => fn () => (new Symfony($receiver))->receive($symfony($wrong)),
    'laravel' => fn () => (new Symfony($receiver))->handle($symfony($wrong), fn () => null),
    'laravel, handler' => fn () => (new Symfony($receiver))->handle($symfony($signed), fn (#[SensitiveParameter] $request) => throw new DomainException('the handler failed')),
] as $what => $attempt) {
    try {
        $attempt();
        echo "$what: no error\n";
    } catch (DomainException $thrown) {
        $frames = array_filter($thrown->getTrace(), fn (array $frame): bool => isset($frame['class']) && str_starts_with($frame['class'], 'Hookseal\\'));
        $said = print_r($frames, true) . $thrown;
        preg_match_all('/MARK-\w+|' . str_repeat('0', 64) . '/', $said, $found);
        echo "$what: ", count($frames), ' frames ', implode(', ', array_unique($found[0])), "\n";
    }
}
?>
--EXPECT--
receiver: 2 frames 
reading: 3 frames 
script: 4 frames 
psr15: 5 frames 
psr15, handler: 1 frames 
symfony: 5 frames 
laravel: 6 frames 
laravel, handler: 1 frames

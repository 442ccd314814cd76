--TEST--
The adapters with an inbox in place of a handler, and what they answer; migrations of Laravel's and Doctrine's
--EXTENSIONS--
hookseal
pdo
pdo_sqlite
mbstring
ctype
tokenizer
--FILE--
<?php
require __DIR__ . '/engines.inc';
require_once 'Symfony/Component/HttpFoundation/autoload.php';

use Hookseal\Http\{Receiver, Symfony};
use Hookseal\Inbox;
use Hookseal\Inbox\{LaravelConnection, PdoConnection};
use Symfony\Component\HttpFoundation\Request;

ini_set('error_log', '/dev/null');

function answer(Symfony $adapter, string $body, array $headers): void
{
    $request = Request::create('/hook', 'POST', content: $body);
    $request->headers->add($headers);
    $response = $adapter->receive($request);
    echo implode(' ', array_filter([$response->getStatusCode(), $response->headers->get('Retry-After'), $response->getContent()], fn ($part) => $part !== null && $part !== '')), "\n";
}

$pdo = connect('sqlite', 'adapters');
$inbox = new Inbox(new PdoConnection($pdo), webhook());
$adapter = new Symfony(new Receiver(webhook(), inbox: $inbox));
$body = body('e1');
answer($adapter, $body, webhook()->sign($body));
$inbox->migrate();
answer($adapter, $body, webhook()->sign($body));
answer($adapter, $body, webhook()->sign($body));
answer($adapter, $body, ['coverkit-signature' => str_repeat('0', 64)]);
$pdo->exec('PRAGMA busy_timeout = 1');
$other = connect('sqlite', 'adapters');
$other->exec('BEGIN IMMEDIATE');
answer($adapter, body('e2'), webhook()->sign(body('e2')));
$other->exec('ROLLBACK');
echo implode(' ', array_column($inbox->list(), 'state')), "\n";

$laravel = laravel('sqlite', 'migrated');
$container = new Illuminate\Container\Container();
$container->instance('db', new class($laravel) {
    public function __construct(private Illuminate\Database\Connection $connection) {}
    public function connection() { return $this->connection; }
    public function __call(string $name, array $given): mixed { return $this->connection->$name(...$given); }
});
Illuminate\Support\Facades\Facade::setFacadeApplication($container);
$migration = require dirname(__DIR__, 2) . '/migrations/laravel.php';
$migration->up();
$migrated = new Inbox(new LaravelConnection($laravel), webhook());
echo $migrated->receive($body, webhook()->sign($body))->outcome, "\n";
$migration->down();
echo code(fn () => (new Inbox(new LaravelConnection($laravel), webhook()))->claim())->errorCode, "\n";

// As Doctrine's migrations run what addSql() is given.
$doctrine = doctrine('sqlite', 'doctrine');
$doctrine->run(Inbox::schema('sqlite'), [], '', 'change');
echo (new Inbox($doctrine, webhook()))->receive($body, webhook()->sign($body))->outcome, "\n";
?>
--EXPECT--
500 {"error":"schema_missing"}
204
204
401 {"error":"signature_mismatch"}
503 5 {"error":"in_progress"}
waiting
stored
schema_missing
stored

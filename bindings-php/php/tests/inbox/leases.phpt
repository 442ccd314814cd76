--TEST--
A handler extends its lease in its own transaction; a database that gives no connection; a forged delivery asks for none
--EXTENSIONS--
hookseal
pdo
pdo_sqlite
pdo_pgsql
mysqlnd
pdo_mysql
mbstring
tokenizer
ctype
--FILE--
<?php
require __DIR__ . '/engines.inc';

use Hookseal\Inbox\{DoctrineConnection, LaravelConnection, PdoConnection, Worker};
use Hookseal\{Claimed, Connection, Exception, Inbox};

ini_set('error_log', '/dev/null');

/** @return list{Tested, Tested} the same inbox on two connections */
function twice(string $way, string $engine, string $name): array
{
    $tested = new Tested(connection($way, $engine, $name), $name);
    $tested->receive(body('e1'));
    $other = connection('pdo', $engine, $name);
    $engine === 'sqlite' && $other->run('PRAGMA busy_timeout = 1', [], '', 'change');
    return [$tested, new Tested($other, $name, migrates: false)];
}

function extendsIt(string $way, string $engine, string $name): void
{
    [$tested, $other] = twice($way, $engine, $name);
    $attempts = 0;
    (new Worker($tested->inbox, function (Claimed $claimed) use ($tested, $other, $engine, &$attempts): void {
        $attempts++;
        // The lease has ended, and nobody has noticed yet.
        $other->makeDue();
        $tested->inbox->extend($claimed);
        if ($engine === 'sqlite') {
            same('in_progress', code(fn () => $other->inbox->claim())->errorCode);
        } else {
            same([], $other->inbox->claim());
        }
    }))->drain();
    same([1, ['done']], [$attempts, $tested->states()]);
}

function hasLostIt(string $way, string $engine, string $name): void
{
    [$tested, $other] = twice($way, $engine, $name);
    $lost = null;
    (new Worker($tested->inbox, function (Claimed $claimed) use ($tested, $other, &$lost): void {
        if ($lost === null) {
            $other->makeDue();
            same(1, count($other->inbox->claim()));
            $lost = code(fn () => $tested->inbox->extend($claimed));
            throw $lost;
        }
    }))->drain();
    same(['lease_lost', ['leased']], [$lost->errorCode, $tested->states()]);
}

$count = 0;
foreach (ENGINES as $engine) {
    foreach (WAYS as $way) {
        foreach ([extendsIt(...), hasLostIt(...)] as $behaviour) {
            $behaviour($way, $engine, 'l' . base_convert((string) getmypid(), 10, 36) . $count++);
        }
    }
}
echo "$count leases\n";

$down = fn (): PDO => new PDO('mysql:host=127.0.0.1;port=1;dbname=hookseal', 'hookseal', 'hookseal');
require_once 'Doctrine/DBAL/autoload.php';
require_once 'Illuminate/Database/autoload.php';
foreach ([
    new PdoConnection($down),
    new DoctrineConnection(Doctrine\DBAL\DriverManager::getConnection(['driver' => 'pdo_mysql', 'host' => '127.0.0.1', 'port' => 1])),
    new LaravelConnection(new Illuminate\Database\MySqlConnection($down)),
] as $unreachable) {
    $told = code(fn () => new Inbox($unreachable, webhook()));
    echo "$told->errorCode $told->httpStatus $told->retryAfter\n";
}
try {
    new Inbox(new PdoConnection(fn () => throw new DomainException('its own')), webhook());
} catch (DomainException $own) {
    echo $own->getMessage(), "\n";
}

// One that goes away later.
$path = folder() . '/later.sqlite';
$open = true;
$connection = new PdoConnection(function () use ($path, &$open): PDO {
    return $open ? new PDO("sqlite:$path") : new PDO('sqlite:/dev/null/at.all');
});
$inbox = new Inbox($connection, webhook());
$inbox->migrate();
$open = false;
$connection->reconnect();
$body = body('e1');
$told = code(fn () => $inbox->receive($body, webhook()->sign($body)));
echo "$told->errorCode $told->httpStatus $told->retryAfter\n";

final class Counting implements Connection
{
    public int $asked = 0;

    public function dialect(): string
    {
        return 'sqlite';
    }

    public function inTransaction(): ?bool
    {
        $this->asked++;
        return false;
    }

    public function run(string $sql, array $parameters, string $types, string $kind): array|int
    {
        $this->asked++;
        throw new PDOException('none');
    }

    public function failure(Throwable $thrown): ?array
    {
        return [null, null];
    }

    public function transaction(callable $work): mixed
    {
        return $work();
    }

    public function reconnect(): bool
    {
        return false;
    }
}
$counting = new Counting();
try {
    (new Inbox($counting, webhook()))->receive('{}', webhook()->sign($body));
} catch (Exception $forged) {
    echo "$forged->errorCode, asked $counting->asked times\n";
}
$told = code(fn () => (new Inbox($counting, webhook()))->receive($body, webhook()->sign($body)));
echo "$told->errorCode, asked ", $counting->asked > 0 ? 'then' : 'never', "\n";
?>
--EXPECT--
18 leases
unavailable 503 5
unavailable 503 5
unavailable 503 5
its own
unavailable 503 5
signature_mismatch, asked 0 times
unavailable, asked then

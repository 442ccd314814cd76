--TEST--
Handlers that catch an error with which the database has ended their transaction: nothing is done without its effect
--EXTENSIONS--
hookseal
pdo
pdo_sqlite
pdo_pgsql
mysqlnd
pdo_mysql
mysqli
mbstring
tokenizer
ctype
--FILE--
<?php
require __DIR__ . '/engines.inc';

use Hookseal\Inbox\Worker;
use Hookseal\Connection;

ini_set('error_log', '/dev/null');

/** Makes the database end the transaction, and goes on as if nothing were. */
function spoil(Connection $connection, string $engine, string $name): void
{
    $run = fn (string $sql): int|array => $connection->run($sql, [], '', 'change');
    $fails = function (string $sql) use ($run): void {
        try {
            $run($sql);
        } catch (Throwable) {
            return;
        }
        throw new LogicException("it did not fail: $sql");
    };
    if ($engine !== 'mariadb') {
        $fails($engine === 'sqlite' ? "INSERT OR ROLLBACK INTO {$name}_row (id) VALUES (1)" : 'SELECT 1 / 0');
        return;
    }
    // The other one has changed more, so that this one is ended, whoever waits first.
    $at = server('HOOKSEAL_TEST_MYSQL');
    $other = new mysqli($at['host'], $at['user'], $at['pass'], 'hookseal', $at['port']);
    $update = fn (int $id): string => "UPDATE {$name}_row SET times = times + 1 WHERE id = $id";
    $other->begin_transaction();
    $other->query("INSERT INTO {$name}_row (id) SELECT seq FROM seq_100_to_300");
    $other->query($update(2));
    $run($update(1));
    $other->query($update(1), MYSQLI_ASYNC);
    $fails($update(2));
    $other->reap_async_query();
    $other->rollback();
    $other->close();
}

function prepared(Connection $connection, string $name): Tested
{
    $tested = new Tested($connection, $name);
    $tested->execute('CREATE TABLE {p}effect (id VARCHAR(20))');
    $tested->execute('CREATE TABLE {p}row (id INTEGER PRIMARY KEY, times INTEGER DEFAULT 0)');
    $tested->execute('INSERT INTO {p}row (id) VALUES (1), (2)');
    $tested->receive(body('e1'));
    return $tested;
}

function effects(Tested $tested): int
{
    return (int) $tested->connection->run("SELECT COUNT(*) FROM {$tested->name}_effect", [], '', 'query')[0][0];
}

final class Behaviours
{
    public static function aWorkerCompletesNothingThatWasRolledBack(Connection $connection, string $engine, string $name): void
    {
        $tested = prepared($connection, $name);
        $attempts = 0;
        (new Worker($tested->inbox, function () use ($tested, $engine, $name, &$attempts): void {
            $attempts++;
            $tested->execute("INSERT INTO {p}effect VALUES ('e1')");
            $attempts === 1 && spoil($tested->connection, $engine, $name);
        }))->drain();
        same([2, 1, ['done']], [$attempts, effects($tested), $tested->states()]);
    }

    public static function completingSaysWhatHappened(Connection $connection, string $engine, string $name): void
    {
        $tested = prepared($connection, $name);
        [$claimed] = $tested->inbox->claim();
        $told = code(fn () => $connection->transaction(function () use ($tested, $claimed, $engine, $name): void {
            $tested->inbox->savepoint($claimed);
            $tested->execute("INSERT INTO {p}effect VALUES ('e1')");
            spoil($tested->connection, $engine, $name);
            $tested->inbox->complete($claimed);
        }));
        same(['unavailable', 503, 5], [$told->errorCode, $told->httpStatus, $told->retryAfter]);
        check(str_contains($told->getMessage(), 'caught on the way'), $told->getMessage());
        same([0, ['leased']], [effects($tested), $tested->states()]);
        $connection->transaction(function () use ($tested, $claimed): void {
            $tested->inbox->savepoint($claimed);
            $tested->execute("INSERT INTO {p}effect VALUES ('e1')");
            $tested->inbox->complete($claimed);
        });
        same([1, ['done']], [effects($tested), $tested->states()]);
    }

    /** A lease and a fence alone do not help; PostgreSQL refuses every statement. */
    public static function whoCompletesByHandLosesTheEffect(Connection $connection, string $engine, string $name): void
    {
        $tested = prepared($connection, $name);
        [$claimed] = $tested->inbox->claim();
        try {
            $connection->transaction(function () use ($tested, $claimed, $engine, $name): void {
                $tested->execute("INSERT INTO {p}effect VALUES ('e1')");
                spoil($tested->connection, $engine, $name);
                $tested->execute("UPDATE {p}job SET state = 'done', due = NULL WHERE seq = {$claimed->seq} AND fence = 1 AND state = 'leased'");
            });
        } catch (Throwable) {
            // Some find no transaction to commit.
        }
        same([0, [$engine === 'postgresql' ? 'leased' : 'done']], [effects($tested), $tested->states()]);
    }

    public static function onceRefusesATransactionThatWasRolledBack(Connection $connection, string $engine, string $name): void
    {
        $tested = prepared($connection, $name);
        $body = body('e2');
        $event = webhook()->verify($body, webhook()->sign($body));
        $told = code(fn () => $connection->transaction(function () use ($tested, $event, $engine, $name): void {
            spoil($tested->connection, $engine, $name);
            $tested->inbox->once($event);
        }));
        same($engine === 'postgresql' ? 'unavailable' : 'no_transaction', $told->errorCode);
        same(['waiting'], $tested->states());
    }
}

$count = 0;
foreach ((new ReflectionClass(Behaviours::class))->getMethods() as $behaviour) {
    foreach (ENGINES as $engine) {
        foreach (WAYS as $way) {
            $name = 'c' . base_convert((string) getmypid(), 10, 36) . $count++;
            try {
                $behaviour->invoke(null, connection($way, $engine, $name), $engine, $name);
            } catch (Throwable $thrown) {
                echo "{$behaviour->getName()} on $engine by $way: ", $thrown::class, ': ', $thrown->getMessage(), ' at line ', implode(', ', array_map(fn (array $frame) => ($frame['line'] ?? '?'), $thrown->getTrace())), "\n";
            }
        }
    }
}
echo $count / count(ENGINES) / count(WAYS), ' behaviours on ', count(ENGINES), " engines\n";
?>
--EXPECT--
4 behaviours on 3 engines

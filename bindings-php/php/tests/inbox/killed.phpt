--TEST--
Workers that are killed in the middle: each event has exactly one effect, and a worker ends by SIGTERM
--EXTENSIONS--
hookseal
pdo
pdo_sqlite
pdo_pgsql
mysqlnd
pdo_mysql
posix
--FILE--
<?php
require __DIR__ . '/engines.inc';

use Hookseal\Inbox\{PdoConnection, Worker};
use Hookseal\{Claimed, Inbox};

const EVENTS = 12;
ini_set('error_log', '/dev/null');
folder();

/** Runs `$do` in a process of its own; returns how that ended. */
function apart(callable $do): int
{
    $process = pcntl_fork();
    if ($process === 0) {
        $do();
        exit(0);
    }
    pcntl_waitpid($process, $status);
    return pcntl_wifsignaled($status) ? pcntl_wtermsig($status) : pcntl_wexitstatus($status);
}

/** A worker that is killed on the first attempt of each third event, before or after what it writes. */
function work(string $engine, string $name): void
{
    $connection = new PdoConnection(connect($engine, $name));
    $inbox = new Inbox($connection, webhook(), Tested::options($name));
    (new Worker($inbox, function (Claimed $claimed) use ($connection, $name): void {
        $number = (int) substr($claimed->event->id, 1);
        $dies = $claimed->attempt === 1 && $number % 3 === 0;
        $dies && $number % 2 === 0 && posix_kill(getmypid(), SIGKILL);
        $connection->pdo()->exec("INSERT INTO {$name}_effect VALUES ($number)");
        $dies && posix_kill(getmypid(), SIGKILL);
        $claimed->attempt === 1 && $number % 5 === 0 && throw new DomainException('its own');
    }))->drain();
}

foreach (ENGINES as $index => $engine) {
    $name = 'k' . base_convert((string) getmypid(), 10, 36) . $index;
    apart(function () use ($engine, $name): void {
        $tested = new Tested(new PdoConnection(connect($engine, $name)), $name);
        $tested->execute('CREATE TABLE {p}effect (number INTEGER)');
        for ($number = 0; $number < EVENTS; $number++) {
            $tested->receive(body("e$number"));
            $tested->receive(body("e$number"));
        }
    });
    $killed = 0;
    do {
        $ended = apart(fn () => work($engine, $name));
        $killed += $ended === SIGKILL ? 1 : 0;
        // The killed one's lease ends.
        apart(fn () => (new Tested(new PdoConnection(connect($engine, $name)), $name, migrates: false))->makeDue());
    } while ($ended === SIGKILL && $killed < EVENTS);
    $pdo = connect($engine, $name);
    $effects = $pdo->query("SELECT number, COUNT(*) FROM {$name}_effect GROUP BY number ORDER BY number")->fetchAll(PDO::FETCH_NUM);
    $states = $pdo->query("SELECT state, COUNT(*) FROM {$name}_job GROUP BY state")->fetchAll(PDO::FETCH_NUM);
    echo "$engine: killed $killed times, ", count($effects), ' effects, at most ', max(array_column($effects, 1)), ' each, ', implode(' ', $states[0]), "\n";
    unset($pdo);

    // SIGTERM while it handles: it handles that to its end, and ends.
    echo 'ended by SIGTERM: ', apart(function () use ($engine, $name): void {
        $tested = new Tested(new PdoConnection(connect($engine, $name)), $name, migrates: false);
        $tested->receive(body('last'));
        $tested->receive(body('later'));
        (new Worker($tested->inbox, fn () => posix_kill(getmypid(), SIGTERM), idle: 0.01))->run();
        $states = array_count_values($tested->states());
        exit($states === ['done' => EVENTS + 1, 'waiting' => 1] ? 0 : 1);
    }), "\n";
}
?>
--EXPECT--
sqlite: killed 4 times, 12 effects, at most 1 each, done 12
ended by SIGTERM: 0
postgresql: killed 4 times, 12 effects, at most 1 each, done 12
ended by SIGTERM: 0
mariadb: killed 4 times, 12 effects, at most 1 each, done 12
ended by SIGTERM: 0

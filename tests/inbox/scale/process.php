<?php
// A receiver or a worker in PHP: process.php receive|work DATABASE PREFIX
//
// A receiver reads deliveries, a line of JSON each, and says what became of each one. A worker writes a row for each event.

foreach (['Statements', 'PdoConnection', 'Worker'] as $class) {
    require dirname(__DIR__, 3) . "/bindings-php/php/inbox/$class.php";
}

use Hookseal\Inbox\{PdoConnection, Worker};
use Hookseal\{Claimed, Inbox, InboxException, Webhook};

[, $role, $database, $prefix] = $argv;
ini_set('error_log', '/dev/null');

function connect(string $database): PDO
{
    $at = parse_url($database);
    if ($at['scheme'] === 'postgresql') {
        return new PDO("pgsql:host={$at['host']};port={$at['port']};dbname=hookseal", $at['user']);
    }
    if ($at['scheme'] === 'mysql') {
        return new PDO("mysql:host={$at['host']};port={$at['port']};dbname=hookseal;charset=utf8mb4", $at['user'], $at['pass']);
    }
    $pdo = new PDO("sqlite:{$at['path']}");
    $pdo->exec('PRAGMA busy_timeout = 60000');
    $pdo->exec('PRAGMA synchronous = NORMAL');
    return $pdo;
}

$connection = new PdoConnection(fn (): PDO => connect($database));
$webhook = new Webhook('coverkit', 'whsec_1b6f2ae8d0444a349cc1f4c8');
$inbox = new Inbox($connection, $webhook, ['prefix' => $prefix, 'backoff' => ['attempts' => 10_000, 'first' => 0, 'longest' => 0], 'lease' => 1]);

if ($role === 'receive') {
    while (($line = fgets(STDIN)) !== false) {
        $delivery = json_decode($line, true);
        try {
            $outcome = $inbox->receive($delivery['body'], $delivery['headers'])->outcome;
        } catch (InboxException $exception) {
            $outcome = $exception->errorCode;
            // As a server does that begins anew with each request.
            $connection->reconnect();
        }
        echo "$outcome\n";
    }
    exit(0);
}
(new Worker($inbox, function (Claimed $claimed) use ($connection, $prefix): void {
    $clock = (int) (microtime(true) * 1000);
    $connection->pdo()->exec("INSERT INTO {$prefix}effect (event, language, clock) VALUES ('{$claimed->event->id}', 'php', $clock)");
    // As if it did something: most are killed here.
    usleep(5000);
}, idle: 0.05))->run();

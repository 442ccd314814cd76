<?php

declare(strict_types=1);

// A delivery is sent three times, and the worker that handles it is killed in the middle.

use Hookseal\Inbox\{PdoConnection, Worker};
use Hookseal\{Claimed, Inbox, Webhook};

// As Composer's autoloader does where hookseal/http is installed.
spl_autoload_register(function (string $class): void {
    $file = dirname(__DIR__) . '/php/inbox/' . basename(str_replace('\\', '/', $class)) . '.php';
    if (str_starts_with($class, 'Hookseal\Inbox\\') && is_file($file)) {
        require $file;
    }
});

function webhook(): Webhook
{
    return new Webhook('coverkit', 'whsec_1b6f2ae8d0444a349cc1f4c8');
}

function open(string $path): PDO
{
    $pdo = new PDO("sqlite:$path", options: [PDO::ATTR_TIMEOUT => 60]);
    $pdo->exec('PRAGMA journal_mode = WAL');
    return $pdo;
}

/** After the end of its lease, another worker may take what the killed one had. */
function inbox(PDO $pdo): Inbox
{
    return new Inbox(new PdoConnection($pdo), webhook(), lease: 1);
}

function demonstrate(): void
{
    echo "The inbox, on SQLite\n";
    $folder = sys_get_temp_dir() . '/hookseal-demo-' . bin2hex(random_bytes(8));
    mkdir($folder);
    try {
        show("$folder/inbox.sqlite");
    } finally {
        array_map('unlink', glob("$folder/*"));
        rmdir($folder);
    }
}

function show(string $path): void
{
    $pdo = open($path);
    $pdo->exec('CREATE TABLE handled (event TEXT)');
    $inbox = inbox($pdo);
    $inbox->migrate();

    $body = '{"id":"evt_1","type":"policy.created","data":{"policy_id":"P-1"}}';
    $headers = webhook()->sign($body);
    for ($sent = 0; $sent < 3; $sent++) {
        $received = $inbox->receive($body, $headers);
        $event = $received->event;
        echo "  ✓ {$event->type} {$event->dedupeKey} was sent: {$received->outcome}\n";
    }

    [$first, $output] = worker($path);
    echo '  ✓ a worker: ', fgets($output);
    proc_terminate($first, 9);
    proc_close($first);
    echo "  ✗ the worker is killed\n";
    [$second, $output] = worker($path);
    echo '  ✓ another worker: ', fgets($output);
    proc_close($second);

    $count = (int) $pdo->query('SELECT COUNT(*) FROM handled')->fetchColumn();
    if ($count !== 1 || $inbox->stats()['sources'] !== []) {
        fwrite(STDERR, "handled $count times\n");
        exit(1);
    }
    echo "a delivery sent three times, its worker killed in the middle: handled exactly once\n";
}

/**
 * Starts this file as a worker, with the same extensions.
 *
 * @return array{resource, resource} the process and its output
 */
function worker(string $path): array
{
    $extensions = [];
    foreach (['pdo', 'pdo_sqlite', dirname(__DIR__) . '/modules/hookseal.so'] as $extension) {
        array_push($extensions, '-d', "extension=$extension");
    }
    $process = proc_open([PHP_BINARY, '-n', ...$extensions, __FILE__, $path], [1 => ['pipe', 'w']], $pipes);
    return [$process, $pipes[1]];
}

/** Handles one delivery. The first attempt never ends. */
function work(string $path): void
{
    $pdo = open($path);
    $worker = new Worker(inbox($pdo), function (Claimed $claimed) use ($pdo, &$worker): void {
        $pdo->prepare('INSERT INTO handled VALUES (?)')->execute([$claimed->event->id]);
        echo "attempt {$claimed->attempt}, in the middle of the handler\n";
        while ($claimed->attempt === 1) {
            sleep(1);
        }
        $worker->stop();
    }, idle: 0.05);
    $worker->run();
}

if (realpath($_SERVER['SCRIPT_FILENAME']) === __FILE__) {
    work($argv[1]);
}

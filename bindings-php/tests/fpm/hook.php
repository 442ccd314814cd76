<?php

declare(strict_types=1);

// The endpoint under test: a bare script with the adapter for one.

spl_autoload_register(static function (string $class): void {
    require dirname(__DIR__, 2) . '/php/src/' . strtr(substr($class, strlen('Hookseal\\Http\\')), '\\', '/') . '.php';
});

use Hookseal\Http\{Receiver, Script};

$event = Script::receive(new Receiver(new Hookseal\Webhook('claimport', ['new', 'old']), maxBody: 100_000));
header('Content-Type: application/json');
echo json_encode(['worker' => getmypid(), 'type' => $event->type, 'key' => $event->dedupeKey, 'sum' => array_sum($event->data['numbers'])]);

<?php

declare(strict_types=1);

spl_autoload_register(static function (string $class): void {
    require dirname(__DIR__, 2) . '/php/src/' . strtr(substr($class, strlen('Hookseal\\Http\\')), '\\', '/') . '.php';
});

use Hookseal\Http\{Receiver, Script};

$event = Script::receive(new Receiver(new Hookseal\Webhook('claimport', 'whsec_1b6f2ae8d0444a349cc1f4c8')));
if ($event->data === null) {
    throw new LogicException('no data');
}
http_response_code(204);

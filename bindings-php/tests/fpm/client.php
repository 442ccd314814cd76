<?php

declare(strict_types=1);

// Sends deliveries to a running server, several at a time, kills one worker in the middle, and says what came back.

[, $port, $total] = $argv;
$webhook = new Hookseal\Webhook('claimport', 'old');
$forger = new Hookseal\Webhook('claimport', 'guessed');

/** A request, and what it must be answered. */
function request(int $number): array
{
    global $webhook, $forger, $port;
    $body = json_encode(['type' => 'claim.created', 'id' => "e$number", 'data' => ['numbers' => range(1, $number % 300), 'text' => str_repeat('é', $number % 1000)]]);
    [$headers, $expected] = match ($number % 5) {
        0, 1, 2 => [$webhook->sign($body), 200],
        3 => [$forger->sign($body), 401],
        4 => $number % 2 === 0 ? [[], 401] : [$webhook->sign($body = str_repeat(' ', 100_001)), 413],
    };
    $lines = "POST /hook HTTP/1.0\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " . strlen($body) . "\r\n";
    foreach ($headers as $name => $value) {
        $lines .= "$name: $value\r\n";
    }
    return ["$lines\r\n$body", $expected, $number];
}

function is_right(string $response, int $expected, int $number): bool
{
    [$head, $content] = explode("\r\n\r\n", $response, 2) + ['', ''];
    $said = json_decode($content, true);
    return is_array($said) && str_contains(strtok($head, "\r\n"), " $expected ") && match ($expected) {
        200 => $said['key'] === "claimport:e$number" && $said['sum'] === array_sum(range(1, $number % 300)),
        401 => in_array($said['error'], ['signature_mismatch', 'missing_header'], true),
        413 => $said['error'] === 'body_too_large',
    };
}

$counts = ['right' => 0, 'lost' => 0, 'wrong' => 0];
$workers = $open = [];
$victim = null;
$next = 0;
while ($next < $total || $open !== []) {
    while (count($open) < 16 && $next < $total) {
        [$request, $expected, $number] = request($next++);
        $socket = stream_socket_client("tcp://127.0.0.1:$port", timeout: 300);
        fwrite($socket, $request);
        stream_set_blocking($socket, false);
        $open[] = ['socket' => $socket, 'response' => '', 'expected' => $expected, 'number' => $number];
    }
    $readable = array_column($open, 'socket');
    $none = null;
    stream_select($readable, $none, $none, 10);
    foreach ($open as $index => &$exchange) {
        if (!in_array($exchange['socket'], $readable, true)) {
            continue;
        }
        $exchange['response'] .= fread($exchange['socket'], 65536);
        if (!feof($exchange['socket'])) {
            continue;
        }
        if (preg_match('/"worker":(\d+)/', $exchange['response'], $match)) {
            $workers[$match[1]] = ($workers[$match[1]] ?? 0) + 1;
            if ($victim === null && $next > $total / 2) {
                $victim = $match[1];
                posix_kill((int) $victim, 9);
            }
        }
        // What the killed worker was about is lost, and the provider would send it again.
        $outcome = match (true) {
            is_right($exchange['response'], $exchange['expected'], $exchange['number']) => 'right',
            (bool) preg_match('/^HTTP\/1\.\d (?:50[24] |200 .*\r\n\r\n$)/s', $exchange['response']) => 'lost',
            default => 'wrong',
        };
        $counts[$outcome]++;
        if ($outcome === 'wrong') {
            fwrite(STDERR, "{$exchange['number']}: " . substr($exchange['response'], 0, 500) . "\n");
        }
        fclose($exchange['socket']);
        unset($open[$index]);
    }
    unset($exchange);
}
printf("%d right, %d lost, %d wrong; %d workers, of which one was killed%s\n", $counts['right'], $counts['lost'], $counts['wrong'], count($workers), $victim === null ? ': NOT' : '');
exit($victim !== null && $counts['wrong'] === 0 && $counts['lost'] <= 16 && $counts['right'] + $counts['lost'] === (int) $total ? 0 : 1);

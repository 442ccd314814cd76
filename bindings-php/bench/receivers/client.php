<?php

declare(strict_types=1);

// Asks a running php-fpm, the adapter and the usual snippet in turn: requests per second, and how long the slowest
// hundredth waits. Usage: URL=http://127.0.0.1:PORT/ php client.php ROUNDS

const CONNECTIONS = 4;
const BATCH = 500;
const WAYS = ['adapter', 'snippet'];

/** @return resource */
function connect()
{
    $socket = stream_socket_client('tcp://127.0.0.1:' . parse_url(getenv('URL'), PHP_URL_PORT), timeout: 10);
    stream_set_read_buffer($socket, 0);
    return $socket;
}

function request(string $way): string
{
    $body = file_get_contents(dirname(__DIR__, 3) . '/tests/bench/payloads/p1k.json');
    $signature = (new Hookseal\Webhook('claimport', 'whsec_1b6f2ae8d0444a349cc1f4c8'))->sign($body)['X-ClaimPort-Signature'];
    $lines = ["POST /receivers/$way HTTP/1.1"];
    foreach (json_decode(file_get_contents(dirname(__DIR__, 3) . '/tests/bench/headers.json'), true)['headers'] as $header) {
        [$name, $value] = $header === 'signature' ? ['X-ClaimPort-Signature', $signature] : $header;
        $lines[] = "$name: $value";
    }
    return implode("\r\n", [...$lines, '', $body]);
}

/** @return array{float, list<float>} requests per second, and each one's milliseconds */
function batch(string $request): array
{
    $began = hrtime(true);
    $left = BATCH;
    $open = $sent = $times = [];
    for ($index = 0; $index < CONNECTIONS; $index++) {
        $open[$index] = connect();
        fwrite($open[$index], $request);
        [$sent[$index], $left] = [hrtime(true), $left - 1];
    }
    while ($open !== []) {
        $ready = $open;
        $none = null;
        stream_select($ready, $none, $none, 10);
        foreach ($ready as $index => $socket) {
            $answer = fread($socket, 65536);
            if (!str_starts_with($answer, 'HTTP/1.1 204 ')) {
                exit("client.php: the receiver answered $answer\n");
            }
            $times[] = (hrtime(true) - $sent[$index]) / 1e6;
            if ($left-- > 0) {
                fwrite($socket, $request);
                $sent[$index] = hrtime(true);
            } else {
                fclose($socket);
                unset($open[$index]);
            }
        }
    }
    return [BATCH / ((hrtime(true) - $began) / 1e9), $times];
}

function at(array $values, float $share): float
{
    sort($values);
    return $values[(int) (count($values) * $share)];
}

$rates = $waits = array_fill_keys(WAYS, []);
for ($round = -2; $round < (int) $argv[1]; $round++) {
    foreach ($round % 2 === 0 ? WAYS : array_reverse(WAYS) as $way) {
        [$rate, $times] = batch(request($way));
        // Until opcache has compiled them.
        if ($round >= 0) {
            $rates[$way][] = $rate;
            $waits[$way][] = at($times, 0.99);
        }
    }
}
$ratio = fn (array $of): float => at(array_map(fn (float $ours, float $theirs): float => $ours / $theirs, ...array_values($of)), 0.5);
printf("%-24s%12s%10s%8s\n", 'php-fpm behind nginx', ...[...WAYS, 'ratio']);
foreach (['requests per second' => $rates, 'p99, ms' => $waits] as $what => $of) {
    printf("%-24s%12.2f%10.2f%8.3f\n", $what, at($of['adapter'], 0.5), at($of['snippet'], 0.5), $ratio($of));
}

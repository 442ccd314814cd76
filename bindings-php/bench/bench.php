<?php

declare(strict_types=1);

// What verifying costs in PHP, beside what a receiver writes without hookseal: both in one run, in turn, medians.
// Usage: php bench.php [plot.svg]

const ROUNDS = 400;
const BATCH_BYTES = 60_000;

/** A receiver's own code for ClaimPort, as its documentation has it, and the same with the extension. */
final class Row
{
    /** @param Closure(int): void $ours @param Closure(int): void $theirs */
    public function __construct(public string $name, public string $payload, public Closure $ours, public Closure $theirs, public ?float $least)
    {
    }
}

function median(array $values): float
{
    sort($values);
    return $values[intdiv(count($values), 2)];
}

/** @return list<Row> */
function rows(string $payload): array
{
    $body = file_get_contents(dirname(__DIR__, 2) . "/tests/bench/payloads/$payload.json");
    $secret = 'whsec_1b6f2ae8d0444a349cc1f4c8';
    $webhook = new Hookseal\Webhook('claimport', $secret);
    // What php-fpm behind nginx gives: some thirty entries beside the signature.
    $server = array_fill_keys(array_map(fn (int $number): string => "HTTP_X_OTHER_HEADER_$number", range(1, 30)), 'some value');
    $server['HTTP_X_CLAIMPORT_SIGNATURE'] = $webhook->sign($body)['X-ClaimPort-Signature'];

    $verify = static function (int $count) use ($webhook, $body, $server): void {
        while ($count-- > 0) {
            $event = $webhook->verify($body, $server);
            $type = $event->type;
        }
    };
    $data = static function (int $count) use ($webhook, $body, $server): void {
        while ($count-- > 0) {
            $event = $webhook->verify($body, $server);
            $data = $event->data;
        }
    };
    // A request of php-fpm has its own webhook, and no event before it.
    $first = static function (int $count) use ($secret, $body, $server): void {
        while ($count-- > 0) {
            $event = (new Hookseal\Webhook('claimport', $secret))->verify($body, $server);
            $data = $event->data;
        }
    };
    $hash = static function (int $count) use ($body, $secret, $server): void {
        while ($count-- > 0) {
            if (!hash_equals('sha256=' . hash_hmac('sha256', $body, $secret), $server['HTTP_X_CLAIMPORT_SIGNATURE'])) {
                throw new LogicException('not verified');
            }
        }
    };
    $decode = static function (int $count) use ($body, $secret, $server): void {
        while ($count-- > 0) {
            if (!hash_equals('sha256=' . hash_hmac('sha256', $body, $secret), $server['HTTP_X_CLAIMPORT_SIGNATURE'])) {
                throw new LogicException('not verified');
            }
            $data = json_decode($body, true);
        }
    };
    return [
        new Row('verify, $event->data', $payload, $data, $decode, ['p1k' => 3.3, 'b16k' => 3.0][$payload] ?? null),
        new Row('new Webhook, verify, data', $payload, $first, $decode, null),
        new Row('verify, $event->type', $payload, $verify, $hash, ['p1k' => 4.0][$payload] ?? null),
    ];
}

/** @return array{float, float} nanoseconds a delivery: ours, theirs */
function measure(Row $row): array
{
    $size = filesize(dirname(__DIR__, 2) . "/tests/bench/payloads/{$row->payload}.json");
    $count = max(2, intdiv(BATCH_BYTES, $size));
    $times = [[], []];
    for ($round = 0; $round < ROUNDS; $round++) {
        foreach ([$row->ours, $row->theirs] as $index => $do) {
            $start = hrtime(true);
            $do($count);
            $times[$index][] = (hrtime(true) - $start) / $count;
        }
    }
    return array_map('median', $times);
}

/** @param list<array{Row, float, float}> $measured */
function plot(array $measured): string
{
    $largest = max(array_map(fn (array $row): float => max($row[2] / $row[1], $row[0]->least ?? 0), $measured));
    $scale = 420 / ceil($largest);
    $height = 60 + 34 * count($measured);
    $out = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"$height\" font-family=\"sans-serif\" font-size=\"13\">\n";
    $out .= "<rect width=\"100%\" height=\"100%\" fill=\"white\"/><text x=\"20\" y=\"26\" font-size=\"15\">PHP: times as fast as hash_hmac, hash_equals and json_decode</text>\n";
    foreach ($measured as $index => [$row, $ours, $theirs]) {
        $y = 44 + 34 * $index;
        $ratio = $theirs / $ours;
        $out .= sprintf('<text x="20" y="%d">%s</text>', $y + 16, htmlspecialchars("{$row->payload}: {$row->name}"));
        $out .= sprintf('<rect x="240" y="%d" width="%.1f" height="22" fill="#3465a4"/>', $y, $ratio * $scale);
        $out .= sprintf('<text x="%.1f" y="%d">%.2f</text>', 246 + $ratio * $scale, $y + 16, $ratio);
        $out .= sprintf('<line x1="%1$.1f" x2="%1$.1f" y1="%2$d" y2="%3$d" stroke="#cc0000"/>' . "\n", 240 + $scale, $y - 4, $y + 26);
    }
    return "$out</svg>\n";
}

printf("PHP %s, hookseal %s, opcache %s\n\n", PHP_VERSION, phpversion('hookseal'), function_exists('opcache_get_status') && (opcache_get_status(false)['opcache_enabled'] ?? false) ? 'on' : 'off');
printf("%-30s %10s %10s %8s %10s\n", '', 'hookseal', 'PHP', 'ratio', 'at least');
$measured = [];
foreach (['s350', 'p1k', 'b16k'] as $payload) {
    foreach (rows($payload) as $row) {
        [$ours, $theirs] = measure($row);
        $measured[] = [$row, $ours, $theirs];
        printf("%-30s %7.2f µs %7.2f µs %8.2f %10s\n", "$payload: $row->name", $ours / 1000, $theirs / 1000, $theirs / $ours, $row->least === null ? '' : sprintf('%.1f', $row->least));
    }
}
if (isset($argv[1])) {
    file_put_contents($argv[1], plot($measured));
    echo "\n$argv[1]\n";
}

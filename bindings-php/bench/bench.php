<?php

declare(strict_types=1);

// What a delivery costs in PHP, beside what a receiver writes without hookseal: both in one run, in turn, medians. The
// headers are what php-fpm and frameworks hand over, and the receiver's own code asks them as their documentation says.
// Usage: php bench.php [plot.svg]

use Nyholm\Psr7\ServerRequest;
use Symfony\Component\HttpFoundation\HeaderBag;

const ROUNDS = 400;
const BATCH_BYTES = 60_000;
const PAYLOADS = ['s350', 'p1k', 'b16k'];

foreach (['Nyholm/Psr7/autoload.php' => 'php-nyholm-psr7', 'Symfony/Component/HttpFoundation/autoload.php' => 'php-symfony-http-foundation'] as $file => $package) {
    if (stream_resolve_include_path($file) === false) {
        exit("bench.php: $file is missing, which is in Debian's $package\n");
    }
    require_once $file;
}

/** One receiver with hookseal and one without, by a number of deliveries to receive. */
final class Comparison
{
    /** @param Closure(int): void $ours @param Closure(int): void $theirs */
    public function __construct(public readonly string $payload, public readonly string $what, public readonly string $container, public readonly Closure $ours, public readonly Closure $theirs, public readonly ?float $least)
    {
    }

    /** @return array{float, float} nanoseconds a delivery: ours, theirs */
    public function measure(): array
    {
        $count = max(2, intdiv(BATCH_BYTES, strlen(body($this->payload))));
        $times = [[], []];
        for ($round = 0; $round < ROUNDS; $round++) {
            foreach ([$this->ours, $this->theirs] as $index => $do) {
                $start = hrtime(true);
                $do($count);
                $times[$index][] = (hrtime(true) - $start) / $count;
            }
        }
        return array_map(median(...), $times);
    }
}

function median(array $values): float
{
    sort($values);
    return $values[intdiv(count($values), 2)];
}

function body(string $payload): string
{
    static $bodies = [];
    return $bodies[$payload] ??= file_get_contents(dirname(__DIR__, 2) . "/tests/bench/payloads/$payload.json");
}

/** @return array<string, string> the headers of a delivery: fifteen, of which one is the signature */
function headers(string $body, string $signature): array
{
    return [
        'Host' => 'shop.example', 'User-Agent' => 'ClaimPort-Webhooks/1.0', 'Content-Type' => 'application/json', 'Content-Length' => (string) strlen($body),
        'Accept' => '*/*', 'Accept-Encoding' => 'gzip, deflate', 'X-Forwarded-For' => '203.0.113.7', 'X-Forwarded-Proto' => 'https', 'X-Forwarded-Port' => '443',
        'X-Request-Id' => '0c9b6f3e-5a0f-4f0e-9a53-3c2f1d7a8e11', 'Traceparent' => '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
        'CDN-Loop' => 'cdn', 'CDN-Ray' => '8a1f2e3d4c5b6a79', 'X-ClaimPort-Signature' => $signature, 'Connection' => 'close',
    ];
}

/** Makes $_SERVER what php-fpm behind nginx makes it, with fifty entries. */
function fill_server(array $headers): void
{
    $_SERVER = array_fill_keys(['USER', 'HOME', 'PATH', 'HOSTNAME', 'APP_ENV', 'APP_SECRET', 'APP_DEBUG', 'DATABASE_URL', 'MAILER_DSN', 'REDIS_URL', 'SCRIPT_FILENAME', 'SCRIPT_NAME', 'QUERY_STRING', 'REQUEST_METHOD', 'CONTENT_TYPE', 'CONTENT_LENGTH', 'REQUEST_URI', 'DOCUMENT_URI', 'DOCUMENT_ROOT', 'SERVER_PROTOCOL', 'REQUEST_SCHEME', 'GATEWAY_INTERFACE', 'SERVER_SOFTWARE', 'REMOTE_ADDR', 'REMOTE_PORT', 'SERVER_ADDR', 'SERVER_PORT', 'SERVER_NAME', 'REDIRECT_STATUS', 'FCGI_ROLE', 'PATH_INFO', 'PHP_SELF'], 'some value');
    foreach ($headers as $name => $value) {
        $_SERVER['HTTP_' . strtr(strtoupper($name), '-', '_')] = $value;
    }
    $_SERVER += ['REQUEST_TIME_FLOAT' => 1772368245.123, 'REQUEST_TIME' => 1772368245, 'argc' => 0];
}

/** @return list<Comparison> */
function comparisons(): array
{
    $list = [];
    foreach (PAYLOADS as $payload) {
        $body = body($payload);
        // One webhook learns whether its events' data is asked for.
        [$secret, $typeSecret] = ['whsec_1b6f2ae8d0444a349cc1f4c8', 'whsec_1b6f2ae8d0444a349cc1f4c9'];
        $headers = headers($body, (new Hookseal\Webhook('claimport', $secret))->sign($body)['X-ClaimPort-Signature']);
        $typeHeaders = headers($body, (new Hookseal\Webhook('claimport', $typeSecret))->sign($body)['X-ClaimPort-Signature']);

        $list[] = new Comparison($payload, '$event->data', '$_SERVER', static function (int $count) use ($secret, $body, $headers): void {
            fill_server($headers);
            while ($count-- > 0) {
                $data = (new Hookseal\Webhook('claimport', $secret))->verify($body, $_SERVER)->data;
            }
        }, static function (int $count) use ($secret, $body, $headers): void {
            fill_server($headers);
            while ($count-- > 0) {
                if (!hash_equals('sha256=' . hash_hmac('sha256', $body, $secret), $_SERVER['HTTP_X_CLAIMPORT_SIGNATURE'])) {
                    throw new LogicException('not verified');
                }
                $data = json_decode($body, true);
            }
        }, ['p1k' => 3.2, 'b16k' => 4.0][$payload] ?? null);

        $bag = new HeaderBag($headers);
        $list[] = new Comparison($payload, '$event->data', 'HeaderBag', static function (int $count) use ($secret, $body, $bag): void {
            while ($count-- > 0) {
                $data = (new Hookseal\Webhook('claimport', $secret))->verify($body, $bag)->data;
            }
        }, static function (int $count) use ($secret, $body, $bag): void {
            while ($count-- > 0) {
                if (!hash_equals('sha256=' . hash_hmac('sha256', $body, $secret), $bag->get('X-ClaimPort-Signature'))) {
                    throw new LogicException('not verified');
                }
                $data = json_decode($body, true);
            }
        }, ['p1k' => 2.5][$payload] ?? null);

        $request = new ServerRequest('POST', '/webhooks', $headers, $body);
        $list[] = new Comparison($payload, '$event->data', 'PSR-7', static function (int $count) use ($secret, $body, $request): void {
            while ($count-- > 0) {
                $data = (new Hookseal\Webhook('claimport', $secret))->verify($body, $request)->data;
            }
        }, static function (int $count) use ($secret, $body, $request): void {
            while ($count-- > 0) {
                if (!hash_equals('sha256=' . hash_hmac('sha256', $body, $secret), $request->getHeaderLine('X-ClaimPort-Signature'))) {
                    throw new LogicException('not verified');
                }
                $data = json_decode($body, true);
            }
        }, ['p1k' => 2.5][$payload] ?? null);

        $list[] = new Comparison($payload, 'type, one Webhook', '$_SERVER', static function (int $count) use ($typeSecret, $body, $typeHeaders): void {
            fill_server($typeHeaders);
            $webhook = new Hookseal\Webhook('claimport', $typeSecret);
            while ($count-- > 0) {
                $type = $webhook->verify($body, $_SERVER)->type;
            }
        }, static function (int $count) use ($typeSecret, $body, $typeHeaders): void {
            fill_server($typeHeaders);
            while ($count-- > 0) {
                if (!hash_equals('sha256=' . hash_hmac('sha256', $body, $typeSecret), $_SERVER['HTTP_X_CLAIMPORT_SIGNATURE'])) {
                    throw new LogicException('not verified');
                }
            }
        }, ['p1k' => 3.3][$payload] ?? null);
    }
    return $list;
}

/** @param list<array{Comparison, float, float}> $measured */
function plot(array $measured): string
{
    $largest = max(array_map(fn (array $row): float => max($row[2] / $row[1], $row[0]->least ?? 0), $measured));
    $scale = 420 / ceil($largest);
    $height = 60 + 34 * count($measured);
    $out = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"$height\" font-family=\"sans-serif\" font-size=\"13\">\n";
    $out .= "<rect width=\"100%\" height=\"100%\" fill=\"white\"/><text x=\"20\" y=\"26\" font-size=\"15\">PHP: times as fast as hash_hmac, hash_equals and json_decode, a new Webhook each time</text>\n";
    foreach ($measured as $index => [$comparison, $ours, $theirs]) {
        $y = 44 + 34 * $index;
        $ratio = $theirs / $ours;
        $out .= sprintf('<text x="20" y="%d">%s</text>', $y + 16, htmlspecialchars("$comparison->payload: $comparison->what, $comparison->container"));
        $out .= sprintf('<rect x="240" y="%d" width="%.1f" height="22" fill="#3465a4"/>', $y, $ratio * $scale);
        $out .= sprintf('<text x="%.1f" y="%d">%.2f</text>', 246 + $ratio * $scale, $y + 16, $ratio);
        $out .= sprintf('<line x1="%1$.1f" x2="%1$.1f" y1="%2$d" y2="%3$d" stroke="#cc0000"/>' . "\n", 240 + $scale, $y - 4, $y + 26);
    }
    return "$out</svg>\n";
}

printf("PHP %s, hookseal %s, opcache %s; microseconds a delivery, a new Webhook for each where nothing else is said\n\n", PHP_VERSION, phpversion('hookseal'), function_exists('opcache_get_status') && (opcache_get_status(false)['opcache_enabled'] ?? false) ? 'on' : 'off');
printf("%-8s%-20s", '', '');
foreach (['$_SERVER', 'HeaderBag', 'PSR-7'] as $container) {
    printf('%-36s', "  $container");
}
printf("\n%-8s%-20s%s\n", '', '', rtrim(str_repeat(sprintf('%10s%8s%8s%10s', 'hookseal', 'PHP', 'ratio', 'at least'), 3)));
$measured = [];
$line = null;
foreach (comparisons() as $comparison) {
    [$ours, $theirs] = $comparison->measure();
    $measured[] = [$comparison, $ours, $theirs];
    if ($line !== "$comparison->payload $comparison->what") {
        printf("%s%-8s%-20s", $line === null ? '' : "\n", $comparison->payload, $comparison->what);
        $line = "$comparison->payload $comparison->what";
    }
    printf('%10.2f%8.2f%8.2f%10s', $ours / 1000, $theirs / 1000, $theirs / $ours, $comparison->least === null ? '' : sprintf('%.1f', $comparison->least));
}
echo "\n";
if (isset($argv[1])) {
    file_put_contents($argv[1], plot($measured));
    echo "\n$argv[1]\n";
}

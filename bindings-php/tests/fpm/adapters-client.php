<?php

declare(strict_types=1);

// Sends every adapter case to each adapter of a running server, and says what came otherwise than it must.

require dirname(__DIR__) . '/cases.inc';

const ADAPTERS = ['script', 'psr15', 'symfony', 'laravel'];
// Of a header that comes twice, FastCGI hands on one value alone: the last, where nginx does not join them.
const NOT_HANDED_ON = ['refused/signature-twice', 'refused/type-twice'];
const CASES = 79;

$cases = json_decode(file_get_contents(dirname(__DIR__, 3) . '/tests/adapters/cases.json'), true)['cases'];

/** @return array{int, string, string} status, content type and content */
function send(string $path, array $request): array
{
    $body = match (true) {
        isset($request['body']) => $request['body'],
        isset($request['body_base64']) => base64_decode($request['body_base64']),
        default => $request['body_repeated']['before'] . str_repeat($request['body_repeated']['repeat'], $request['body_repeated']['times']) . $request['body_repeated']['after'],
    };
    $lines = "POST $path HTTP/1.0\r\nHost: 127.0.0.1\r\nContent-Length: " . strlen($body) . "\r\n";
    foreach ($request['headers'] as [$name, $value]) {
        $lines .= "$name: $value\r\n";
    }
    $socket = stream_socket_client('tcp://127.0.0.1:' . parse_url(getenv('URL'), PHP_URL_PORT), timeout: 300);
    @fwrite($socket, "$lines\r\n$body");
    [$head, $content] = explode("\r\n\r\n", stream_get_contents($socket), 2) + ['', ''];
    preg_match('/^HTTP\/1\.\d (\d+)/', $head, $status);
    preg_match('/^Content-Type: ([^;\r\n]+)/mi', $head, $type);
    return [(int) ($status[1] ?? 0), $type[1] ?? '', $content];
}

/** What is wrong with an answer; null if nothing is. */
function wrong(array $expect, int $status, string $type, string $content): ?string
{
    $said = json_decode($content, true);
    if (isset($expect['refused'])) {
        return $status === $expect['refused']['status'] && $type === 'application/json' && $said === ['error' => $expect['refused']['error']] ? null : "$status $type $content";
    }
    if (isset($expect['acknowledged'])) {
        return $status === 200 && !isset($said['handled']) ? null : "$status $content";
    }
    if ($status !== 201 || !isset($said['handled'])) {
        return "$status $content";
    }
    foreach ($expect['handled'] as $name => $value) {
        $given = $said['handled'][$name] ?? null;
        $same = match ($name) {
            'body' => base64_decode($given) === $value,
            'created_at' => instant($given) === instant($value),
            'data', 'envelope' => same_json($given, $value),
            default => $given === $value,
        };
        if (!$same) {
            return "$name is " . json_encode($given);
        }
    }
    return null;
}

$ran = $failed = 0;
foreach (ADAPTERS as $adapter) {
    foreach ($cases as $number => $case) {
        if (in_array($case['name'], NOT_HANDED_ON, true)) {
            continue;
        }
        $ran++;
        $wrong = wrong($case['expect'], ...send("/adapters/$adapter/$number", $case['request']));
        if ($wrong !== null) {
            $failed++;
            echo "$adapter: {$case['name']}: ", substr($wrong, 0, 300), "\n";
        }
    }
}
echo "$ran adapter cases, $failed wrong\n";
exit($failed === 0 && $ran === CASES * count(ADAPTERS) ? 0 : 1);

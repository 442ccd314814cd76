--TEST--
The corpus of broken deliveries: each names its cause, and no other
--EXTENSIONS--
hookseal
--FILE--
<?php
function find(array $case): ?string
{
    $expect = $case['expect'];
    $secrets = array_merge($case['secrets'] ?? [], array_map(base64_decode(...), $case['secrets_base64'] ?? []));
    if (($expect['error'] ?? null) === 'invalid_secret') {
        try {
            new Hookseal\Webhook($case['provider'], $secrets);
            return 'the webhook was built';
        } catch (Hookseal\ConfigurationException $exception) {
            return $exception->errorCode === 'invalid_secret' ? null : $exception->errorCode;
        }
    }
    $options = ['secrets' => $case['hints'] ?? null, 'now' => $case['now'] ?? null] + ($case['request'] ?? []);
    $set = $case['options'] ?? [];
    $configured = ['acceptUnsigned' => $set['accept_unsigned'] ?? false, 'constants' => $set['constants'] ?? null, 'origin' => $set['origin'] ?? null];
    $body = $case['body'] ?? base64_decode($case['body_base64']);
    $report = (new Hookseal\Webhook($case['provider'], $secrets, $configured))->explain($body, $case['headers'], $options);
    $verified = [$report->verifies, $report->error];
    if ($verified !== [$expect['verifies'] ?? false, $expect['error'] ?? null]) {
        return 'verify says ' . json_encode($verified);
    }
    $described = fn (string $code, bool $proven): string => $code . ($proven ? '' : ', not proven');
    $expected = array_map(fn (string $code): string => $described($code, $expect['proven']), array_merge((array) $expect['finding'], (array) ($expect['also'] ?? [])));
    $found = array_map(fn (Hookseal\Finding $finding): string => $described($finding->code, $finding->proven), $report->findings);
    if ($found !== $expected) {
        return 'found are ' . json_encode($found) . ', not ' . json_encode($expected);
    }
    if (array_column($report->jsonSerialize()['findings'], 'code') !== array_column($report->findings, 'code')) {
        return 'as JSON: ' . json_encode($report);
    }
    foreach (array_merge($secrets, $case['hints'] ?? []) as $secret) {
        if (strlen($secret) > 12 && str_contains($report . json_encode($report), $secret)) {
            return 'the report holds a secret';
        }
    }
    return null;
}

$cases = json_decode(file_get_contents(dirname(__DIR__, 2) . '/tests/explain/cases.json'), true, 512, JSON_THROW_ON_ERROR)['cases'];
$unusable = 0;
foreach ($cases as $case) {
    $unusable += ($case['expect']['error'] ?? '') === 'invalid_secret';
    try {
        $difference = find($case);
    } catch (Throwable $thrown) {
        $difference = (string) $thrown;
    }
    if ($difference !== null) {
        echo "{$case['name']}: $difference\n";
    }
}
echo count($cases), " cases, $unusable of them with secrets that no webhook can be built with\n";
?>
--EXPECT--
381 cases, 32 of them with secrets that no webhook can be built with

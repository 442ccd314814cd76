<?php

declare(strict_types=1);

// For some providers a genuine delivery, and how many forged ones are refused; and the inbox.
// `make demo` builds the extension and runs this with it.

use Hookseal\{Event, VerificationException, Webhook};

/** @param array<string, mixed> $delivery */
function verify(string $provider, array $delivery): Event
{
    return (new Webhook($provider, $delivery['secrets']))->verify($delivery['body'], $delivery['headers'], $delivery['now'] ?? null);
}

/** The sample, spoiled in each way in turn. */
function forgeries(array $sample): Generator
{
    ['body' => $body, 'headers' => $headers] = $sample;
    $isSignature = fn (array $header): bool => str_contains(strtolower($header[0]), 'signature');

    yield ['body' => substr_replace($body, 'b', strpos($body, 'a'), 1)] + $sample;
    // Base64 behind its prefix, so that it can be a secret of every scheme.
    yield ['secrets' => 'whsec_' . str_repeat('QUJD', 8)] + $sample;
    yield ['headers' => array_filter($headers, fn (array $header): bool => !$isSignature($header))] + $sample;
    $half = fn (array $header): array => [$header[0], substr($header[1], 0, intdiv(strlen($header[1]), 2))];
    yield ['headers' => array_map(fn (array $header): array => $isSignature($header) ? $half($header) : $header, $headers)] + $sample;
    yield ['body' => json_encode(sorted(json_decode($body)), JSON_PRETTY_PRINT)] + $sample;
    if (isset($sample['now'])) {
        yield ['now' => $sample['now'] + 3600] + $sample;
    }
}

function sorted(mixed $value): mixed
{
    if (is_array($value)) {
        return array_map(sorted(...), $value);
    }
    if (!is_object($value)) {
        return $value;
    }
    $members = array_map(sorted(...), (array) $value);
    ksort($members);
    return (object) $members;
}

function isRefused(string $provider, array $forgery): bool
{
    try {
        verify($provider, $forgery);
        return false;
    } catch (VerificationException) {
        return true;
    }
}

printf("PHP %s, hookseal %s\n", PHP_VERSION, phpversion('hookseal'));
$genuine = $total = 0;
// The insurers, and three whose ways to sign are common.
foreach (['claimport', 'coverkit', 'github', 'kasko', 'mycover', 'standard-webhooks', 'stripe'] as $provider) {
    $folder = dirname(__DIR__, 2) . "/core/providers/$provider";
    $sample = json_decode(file_get_contents(glob("$folder/samples/*.json")[0]), true, flags: JSON_THROW_ON_ERROR);
    $event = verify($provider, $sample);
    $refused = 0;
    foreach (forgeries($sample) as $forgery) {
        $refused += (int) isRefused($provider, $forgery);
    }
    $unsigned = $event->unsigned ? '; not signed: ' . implode(', ', $event->unsigned) : '';
    printf("  ✓ %-18s %s, %s; ✗ %d forgeries%s\n", $provider, $event->type, $event->id, $refused, $unsigned);
    $genuine++;
    $total += $refused;
}
echo "$genuine genuine deliveries verified, $total forgeries refused\n";

require __DIR__ . '/demo-inbox.php';
demonstrate();

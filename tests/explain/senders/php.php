<?php
// The deliveries that are sent by PHP, signed as KASKO's documentation does it.
declare(strict_types=1);

$read = static fn (string $path) => json_decode(file_get_contents(__DIR__ . '/' . $path), false, 512, JSON_THROW_ON_ERROR);
$styles = [
    'default' => 0,
    'pretty' => JSON_PRETTY_PRINT,
    'plain' => JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE,
];
$secret = $read('secrets.json')->kasko;
$sent = [];
foreach ($read('deliveries.json') as $name => $delivery) {
    if ($delivery->by !== 'php') {
        continue;
    }
    $body = json_encode($read("payloads/{$delivery->payload}.json"), $styles[$delivery->style]);
    $headers = [
        ['User-Agent', 'Webhooks/1.0'],
        ['Content-Type', 'application/json'],
        ['X-KASKO-Event', 'policy.created'],
        ['X-KASKO-Delivery', 'baf59150f9a60c1c0e6a700e6f531670'],
        ['X-KASKO-Signature', 'sha1=' . hash_hmac('sha1', $body, $secret)],
    ];
    $sent[$name] = ['headers' => $headers, 'body' => base64_encode($body), 'now' => null];
}
echo json_encode($sent);

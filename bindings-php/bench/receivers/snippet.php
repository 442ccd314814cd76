<?php

declare(strict_types=1);

$body = file_get_contents('php://input');
$expected = 'sha256=' . hash_hmac('sha256', $body, 'whsec_1b6f2ae8d0444a349cc1f4c8');
if (!hash_equals($expected, $_SERVER['HTTP_X_CLAIMPORT_SIGNATURE'] ?? '')) {
    http_response_code(401);
    exit;
}
$event = json_decode($body, true, flags: JSON_THROW_ON_ERROR);
if ($event['data'] === null) {
    throw new LogicException('no data');
}
http_response_code(204);

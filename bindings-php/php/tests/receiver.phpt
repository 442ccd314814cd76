--TEST--
A plain script: what comes through, and what the others are answered
--EXTENSIONS--
hookseal
--FILE--
<?php
require __DIR__ . '/common.inc';
use Hookseal\Http\{Acknowledge, Answer, Receiver, Script};

$webhook = new Hookseal\Webhook('claimport', 'secret');
ini_set('error_log', $log = tempnam(sys_get_temp_dir(), 'hookseal'));
$say = fn (Hookseal\Event|Answer $event) => $event instanceof Answer ? "$event->status {$event->json()}" : "event $event->type";
foreach (deliveries($webhook, 100) as $name => [$body, $headers]) {
    $server = [];
    foreach ($headers as $header => $value) {
        $server['HTTP_' . strtr(strtoupper($header), '-', '_')] = $value;
    }
    $receiver = new Receiver($webhook, maxBody: 100);
    echo $name, ': ', $say(Script::event($receiver, $server, 'data:,' . rawurlencode($body))), "\n";
}
foreach (['99', '100', '101', '99999999999999999999999', 'x', ''] as $length) {
    echo $length, ' ', $say(Script::event($receiver, ['CONTENT_LENGTH' => $length], 'data:,')), "\n";
}
foreach (Acknowledge::cases() as $acknowledge) {
    $receiver = new Receiver($webhook, acknowledge: $acknowledge);
    echo $acknowledge->name, ' ', $say($receiver->receive('{"type":"webhook.test"}', $webhook->sign('{"type":"webhook.test"}')));
    $kasko = new Hookseal\Webhook('kasko', 'secret');
    echo ' ', $say((new Receiver($kasko, acknowledge: $acknowledge))->receive('{"livemode":false}', $kasko->sign('{"livemode":false}', 'offer.created'))), "\n";
}
try {
    new Receiver($webhook, 0);
} catch (ValueError $error) {
    echo $error->getMessage(), "\n";
}
echo substr_count(file_get_contents($log), 'hookseal: delivery refused: '), " refusals logged\n";
echo str_contains(file_get_contents($log), str_repeat('0', 64)) ? 'a signature is logged' : 'no signature is logged', "\n";
unlink($log);
?>
--EXPECT--
genuine: event claim.created
forged: 401 {"error":"signature_mismatch"}
unsigned: 401 {"error":"missing_header"}
malformed: 401 {"error":"malformed_header"}
no JSON: 400 {"error":"invalid_payload"}
endpoint check: 200 {"acknowledged":true}
just fits: event t
too large: 413 {"error":"body_too_large"}
99 500 {"error":"body_already_read"}
100 500 {"error":"body_already_read"}
101 413 {"error":"body_too_large"}
99999999999999999999999 413 {"error":"body_too_large"}
x 401 {"error":"missing_header"}
 401 {"error":"missing_header"}
Checks 200 {"acknowledged":true} event offer.created
Tests 200 {"acknowledged":true} 200 {"acknowledged":true}
None event webhook.test event offer.created
maxBody must be a positive number of bytes
11 refusals logged
no signature is logged

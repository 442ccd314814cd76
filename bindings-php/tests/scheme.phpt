--TEST--
A scheme of one's own, in every form in which it may be written
--EXTENSIONS--
hookseal
--FILE--
<?php
use Hookseal\{Scheme, Webhook};

$toml = <<<'TOML'
name = "paddle"
title = "Paddle"
source = "https://developer.paddle.com/webhooks/signature-verification"

[[signature]]
header = "Paddle-Signature"
algorithm = "hmac-sha256"
encoding = "hex"
layout = "pairs"
separator = ";"
timestamp_key = "ts"
signature_key = "h1"
content = "{timestamp}:{body}"

[timestamp]
unit = "seconds"
tolerance = 5

[event]
type = { pointer = "/event_type" }
id = { pointer = "/event_id" }
TOML;
$array = [
    'name' => 'paddle', 'title' => 'Paddle', 'source' => 'https://developer.paddle.com/webhooks/signature-verification',
    'signature' => [['header' => 'Paddle-Signature', 'algorithm' => 'hmac-sha256', 'encoding' => 'hex', 'layout' => 'pairs', 'separator' => ';',
        'timestamp_key' => 'ts', 'signature_key' => 'h1', 'content' => '{timestamp}:{body}']],
    'timestamp' => ['unit' => 'seconds', 'tolerance' => 5],
    'event' => ['type' => ['pointer' => '/event_type'], 'id' => ['pointer' => '/event_id']],
];
$body = '{"event_type":"transaction.paid","event_id":"evt_1"}';
foreach ([$toml, json_encode($array), $array, new Scheme($toml), new Scheme($array)] as $scheme) {
    $webhook = new Webhook('paddle', 'pdl_secret', ['scheme' => $scheme]);
    $event = $webhook->verify($body, $webhook->sign($body));
    echo get_debug_type($scheme), ' ', $event->provider, ' ', $event->type, ' ', $event->dedupeKey, ' ', json_encode($event->data), "\n";
}
unset($scheme);
echo $webhook->verify($body, $webhook->sign($body))->id, "\n";
var_dump(new Scheme($toml));
echo json_last_error_msg(), "\n";

// Another assumption about how CoverKit signs.
$own = $array;
$own['name'] = 'coverkit';
$webhook = new Webhook('coverkit', 'secret', ['scheme' => $own]);
echo array_key_first($webhook->sign($body)), "\n";
// The name may be a secret, if the arguments are the wrong way round.
foreach (['coverkit', 'whsec_1b6f2ae8d0444a349cc1f4c8'] as $name) {
    try {
        new Webhook($name, 'secret', ['scheme' => $array]);
    } catch (Hookseal\ConfigurationException $exception) {
        echo $exception->errorCode, ' ', $exception->getMessage(), "\n";
    }
}
try {
    $endless = [];
    $endless['self'] = &$endless;
    new Scheme($endless);
} catch (Hookseal\ConfigurationException $exception) {
    echo $exception->errorCode, "\n";
}
// What JSON cannot hold.
foreach ([INF, -INF, NAN, "\xff", fopen('php://memory', 'r'), Closure::fromCallable('strlen'), new class() { private int $hidden = 1; }] as $value) {
    foreach ([fn () => new Scheme(['timestamp' => ['tolerance' => $value]] + $array), fn () => new Webhook('paddle', 'secret', scheme: ['timestamp' => ['tolerance' => [$value]]] + $array)] as $make) {
        try {
            $make();
            echo "no error\n";
        } catch (Hookseal\ConfigurationException $exception) {
            echo $exception->errorCode, ' ', $exception->getMessage(), "\n";
        }
    }
}
class Raises implements JsonSerializable { function jsonSerialize(): mixed { throw new DomainException('its own'); } }
try {
    new Scheme(['name' => new Raises()]);
} catch (DomainException $exception) {
    echo $exception->getMessage(), "\n";
}
?>
--EXPECTF--
string paddle transaction.paid paddle:evt_1 null
string paddle transaction.paid paddle:evt_1 null
array paddle transaction.paid paddle:evt_1 null
Hookseal\Scheme paddle transaction.paid paddle:evt_1 null
Hookseal\Scheme paddle transaction.paid paddle:evt_1 null
evt_1
object(Hookseal\Scheme)#%d (7) {
  ["name"]=>
  string(6) "paddle"
  ["title"]=>
  string(6) "Paddle"
  ["unsigned"]=>
  array(0) {
  }
  ["weaknesses"]=>
  array(0) {
  }
  ["constants"]=>
  array(0) {
  }
  ["signsRequest"]=>
  bool(false)
  ["hasHandshake"]=>
  bool(false)
}
No error
Paddle-Signature
invalid_scheme the scheme is called `paddle`, but the webhook's provider is not: give both the same name, which the events carry and deliveries are deduplicated by
invalid_scheme the scheme is called `paddle`, but the webhook's provider is not: give both the same name, which the events carry and deliveries are deduplicated by
invalid_scheme
invalid_scheme the scheme has INF, which JSON cannot have: it may have text in UTF-8, finite numbers, booleans, null and arrays of these
invalid_scheme the scheme has INF, which JSON cannot have: it may have text in UTF-8, finite numbers, booleans, null and arrays of these
invalid_scheme the scheme has INF, which JSON cannot have: it may have text in UTF-8, finite numbers, booleans, null and arrays of these
invalid_scheme the scheme has INF, which JSON cannot have: it may have text in UTF-8, finite numbers, booleans, null and arrays of these
invalid_scheme the scheme has NAN, which JSON cannot have: it may have text in UTF-8, finite numbers, booleans, null and arrays of these
invalid_scheme the scheme has NAN, which JSON cannot have: it may have text in UTF-8, finite numbers, booleans, null and arrays of these
invalid_scheme the scheme has text that is not valid UTF-8, which JSON cannot have: it may have text in UTF-8, finite numbers, booleans, null and arrays of these
invalid_scheme the scheme has text that is not valid UTF-8, which JSON cannot have: it may have text in UTF-8, finite numbers, booleans, null and arrays of these
invalid_scheme the scheme has a resource, which JSON cannot have: it may have text in UTF-8, finite numbers, booleans, null and arrays of these
invalid_scheme the scheme has a resource, which JSON cannot have: it may have text in UTF-8, finite numbers, booleans, null and arrays of these
invalid_scheme the scheme's `timestamp.tolerance` is not right: invalid type: map, expected u64 at line 1 column 26
invalid_scheme the scheme's `timestamp.tolerance` is not right: invalid type: sequence, expected u64 at line 1 column 26
invalid_scheme the scheme's `timestamp.tolerance` is not right: invalid type: map, expected u64 at line 1 column 26
invalid_scheme the scheme's `timestamp.tolerance` is not right: invalid type: sequence, expected u64 at line 1 column 26
its own

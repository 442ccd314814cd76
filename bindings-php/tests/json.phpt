--TEST--
All of an event by json_encode, what was signed beside its data, and what a log may have of it
--EXTENSIONS--
hookseal
--FILE--
<?php
use Hookseal\Webhook;

function event(string $provider, string $body, string $secret = 'whsec_MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0', mixed ...$options): Hookseal\Event
{
    $webhook = new Webhook($provider, $secret);
    return $webhook->verify($body, $webhook->sign($body, ...$options));
}

$bodies = [
    'claimport' => ['{"type":"t","id":"e","timestamp":"2026-03-01T12:30:45+01:00","data":{"empty":{},"list":[],"0":{"0":1,"1":2},"big":9007199254740993,"half":1.5,"text":"é\u0000\ud83d\ude00"}}', '{"type":"t"}', '{"type":"t","data":null}', '{"type":"t","data":{"\u0000hidden":{"":1}}}'],
    'kasko' => ['{"policy_id":"P","livemode":false}'],
    'mycover' => ['{"status":"failed","event":"t","data":{"id":"1"}}'],
    'stripe' => ['{"id":"evt_1","type":"a","account":"acct_1","data":{"object":{}}}'],
    'standard-webhooks' => ['{"user":{"id":"u"},"email_data":{}}', '', '[{"type":"t"}]'],
    'github' => ['{"action":"opened"}', 'payload=%7B%22action%22%3A%22opened%22%7D'],
];
foreach ($bodies as $provider => $list) {
    foreach ($list as $body) {
        $options = in_array($provider, ['kasko', 'github'], true) ? ['type' => 'a.b', 'id' => 'D-1'] : ['id' => 'D-1', 'timestamp' => time()];
        $event = event($provider, $body, ...$options);
        echo preg_replace('/[0-9a-f]{64}/', '…', json_encode($event, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR)), "\n";
        // As PHP's own parser reads what was signed.
        parse_str($body, $form);
        $signed = $form['payload'] ?? $body;
        echo '  envelope ', json_encode($event->envelope), serialize($event->envelope) === serialize($signed === '' ? null : json_decode($signed, true)) ? '' : ', json_decode has another', "\n";
        $shown = print_r($event, true) . print_r([$event], true) . var_export($event, true);
        ob_start();
        var_dump($event);
        debug_zval_dump($event);
        $shown .= ob_get_clean();
        preg_match_all('/policy_id|livemode|failed|acct_1|email_data|opened|hidden|big/', $shown, $found);
        echo $found[0] === [] ? '' : '  shown: ' . implode(', ', $found[0]) . "\n";
    }
}
print_r($event);
echo json_encode(array_keys($event->jsonSerialize())), "\n";
?>
--EXPECT--
{"provider":"claimport","type":"t","id":"e","created_at":"2026-03-01T11:30:45Z","test":false,"check":false,"data":{"empty":{},"list":[],"0":{"0":1,"1":2},"big":9007199254740993,"half":1.5,"text":"é\u0000😀"},"unsigned":[],"key_index":0,"dedupe_key":"claimport:e"}
  envelope {"type":"t","id":"e","timestamp":"2026-03-01T12:30:45+01:00","data":{"empty":[],"list":[],"0":[1,2],"big":9007199254740993,"half":1.5,"text":"\u00e9\u0000\ud83d\ude00"}}
{"provider":"claimport","type":"t","id":null,"created_at":null,"test":false,"check":false,"data":{},"unsigned":[],"key_index":0,"dedupe_key":"claimport:t:…"}
  envelope {"type":"t"}
{"provider":"claimport","type":"t","id":null,"created_at":null,"test":false,"check":false,"data":null,"unsigned":[],"key_index":0,"dedupe_key":"claimport:t:…"}
  envelope {"type":"t","data":null}
{"provider":"claimport","type":"t","id":null,"created_at":null,"test":false,"check":false,"data":{"\u0000hidden":{"":1}},"unsigned":[],"key_index":0,"dedupe_key":"claimport:t:…"}
  envelope {"type":"t","data":{"\u0000hidden":{"":1}}}
{"provider":"kasko","type":"a.b","id":"D-1","created_at":null,"test":true,"check":false,"data":{"policy_id":"P","livemode":false},"unsigned":["type","id"],"key_index":0,"dedupe_key":"kasko:a.b:…"}
  envelope {"policy_id":"P","livemode":false}
{"provider":"mycover","type":"t","id":null,"created_at":null,"test":false,"check":false,"data":{"id":"1"},"unsigned":[],"key_index":0,"dedupe_key":"mycover:t:…"}
  envelope {"status":"failed","event":"t","data":{"id":"1"}}
{"provider":"stripe","type":"a","id":"evt_1","created_at":null,"test":false,"check":false,"data":{"object":{}},"unsigned":[],"key_index":0,"dedupe_key":"stripe:evt_1"}
  envelope {"id":"evt_1","type":"a","account":"acct_1","data":{"object":[]}}
{"provider":"standard-webhooks","type":"","id":"D-1","created_at":null,"test":false,"check":false,"unsigned":[],"key_index":0,"dedupe_key":"standard-webhooks:D-1"}
  envelope {"user":{"id":"u"},"email_data":[]}
{"provider":"standard-webhooks","type":"","id":"D-1","created_at":null,"test":false,"check":false,"unsigned":[],"key_index":0,"dedupe_key":"standard-webhooks:D-1"}
  envelope null
{"provider":"standard-webhooks","type":"","id":"D-1","created_at":null,"test":false,"check":false,"unsigned":[],"key_index":0,"dedupe_key":"standard-webhooks:D-1"}
  envelope [{"type":"t"}]
{"provider":"github","type":"a.b","id":"D-1","created_at":null,"test":false,"check":false,"data":{"action":"opened"},"unsigned":["type","id"],"key_index":0,"dedupe_key":"github:a.b:…"}
  envelope {"action":"opened"}
{"provider":"github","type":"a.b","id":"D-1","created_at":null,"test":false,"check":false,"data":{"action":"opened"},"unsigned":["type","id"],"key_index":0,"dedupe_key":"github:a.b:…"}
  envelope {"action":"opened"}
Hookseal\Event Object
(
    [provider] => github
    [type] => a.b
    [id] => D-1
)
["provider","type","id","created_at","test","check","data","unsigned","key_index","dedupe_key"]

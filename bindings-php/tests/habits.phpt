--TEST--
An event says the same whether or not the one before it was asked for its data
--EXTENSIONS--
hookseal
--FILE--
<?php
$bodies = [
    'claimport' => ['{"type":"t","id":"e","data":{"n":[1,2.5,"x\ty",{}]}}', '{"type":"t","data":1,"data":{"last":"counts"}}', '{"type":"t"}', '{"type":"t","data":null}'],
    'kasko' => ['{"policy_id":"P-1","livemode":false}', '{}', '{"a":"\ud83d\ude00"}'],
    'mycover' => ['{"event":"t","data":{"n":1}}', '{"event":"t"}'],
];
$asked = $events = 0;
foreach ($bodies as $provider => $list) {
    $webhook = new Hookseal\Webhook($provider, 'secret');
    $fresh = fn () => new Hookseal\Webhook($provider, 'secret');
    foreach ([[false, false], [false, true], [true, true], [true, false]] as $habits) {
        foreach ($habits as $asks) {
            foreach ($list as $body) {
                $headers = $webhook->sign($body, $provider === 'kasko' ? 't' : null);
                // As the sender of a canonical form may send it.
                $sent = $provider === 'mycover' ? str_replace(':', ' : ', $body) : $body;
                $event = $webhook->verify($sent, $headers);
                $events++;
                if ($asks) {
                    $asked++;
                    $same = serialize($event->data) === serialize($fresh()->verify($sent, $headers)->data);
                    echo $same ? '' : "$body differs\n";
                }
                echo $event->type === 't' ? '' : "$body has no type\n";
                unset($event);
                try {
                    $webhook->verify('{"type":"forged","event":"forged"}', $headers);
                    echo "verified\n";
                } catch (Hookseal\SignatureMismatchException) {
                }
            }
        }
    }
    foreach (['{"type":"t","event":"t","data":{"n":1}', '{"type":"t","data":[1,}', "{\"type\":\"t\",\"data\":\"\xff\"}"] as $broken) {
        try {
            $webhook->verify($broken, $webhook->sign($broken, $provider === 'kasko' ? 't' : null));
            echo "verified\n";
        } catch (Hookseal\PayloadException) {
        }
    }
}
echo "$asked of $events\n";
?>
--EXPECT--
36 of 72

--TEST--
What sign gives verifies, for every provider, at any time
--EXTENSIONS--
hookseal
--FILE--
<?php
use Hookseal\Webhook;

$bodies = [
    'coverkit' => '{"type":"t","id":"1","data":{}}',
    'kasko' => '{"policy_id":"P"}',
    'mycover' => "{ \"event\": \"t\", \"data\": {\"2\":1e2,\"1\":\"é\"} }",
    'claimport' => '{"type":"t"}',
    'standard-webhooks' => '{"type":"t"}',
    'stripe' => '{"type":"t"}',
    'github' => '{"action":"opened"}',
];
$then = new DateTimeImmutable('2020-01-02 03:04:05 UTC');
foreach ($bodies as $provider => $body) {
    $secret = $provider === 'standard-webhooks' ? 'whsec_' . base64_encode(str_repeat('k', 24)) : 'secret';
    $webhook = new Webhook($provider, $secret);
    $headers = $webhook->sign($body, type: 't', id: 'D-1', timestamp: $then);
    $event = $webhook->verify($body, $headers, now: $then);
    echo $provider, ' ', $event->type, ' ', $event->id ?? 'none', ' ', implode(',', array_keys($headers)), "\n";
    $event = $webhook->verify($body, $webhook->sign($body, 't'));
    try {
        (new Webhook($provider, ['another', $secret] + ($provider === 'standard-webhooks' ? [0 => 'whsec_' . base64_encode(str_repeat('j', 24))] : [])))->verify($body, $headers);
        echo "  verifies at any time\n";
    } catch (Hookseal\TimestampException) {
        echo "  not five years later\n";
    } catch (Hookseal\ConfigurationException $exception) {
        echo '  ', $exception->errorCode, "\n";
    }
}

$stripe = new Webhook('stripe', ['new', 'old'], ['tolerance' => 10]);
$old = new Webhook('stripe', 'old');
$signature = $old->sign('{"type":"t"}', timestamp: 1_600_000_000)['Stripe-Signature'];
echo $stripe->verify('{"type":"t"}', $signature, 1_600_000_010)->keyIndex, "\n";
foreach ([1_600_000_011, 1_599_999_989] as $now) {
    try {
        $stripe->verify('{"type":"t"}', $signature, $now);
    } catch (Hookseal\TimestampException $exception) {
        echo $exception->errorCode, "\n";
    }
}
echo (new Webhook('stripe', 'old', ['tolerance' => PHP_INT_MAX]))->verify('{"type":"t"}', $signature)->type, "\n";
class Moment extends DateTimeImmutable { function getTimestamp(): int { throw new LogicException('its own'); } }
try {
    $stripe->verify('{}', $signature, new Moment());
} catch (LogicException $exception) {
    echo $exception->getMessage(), "\n";
}
?>
--EXPECT--
coverkit t 1 coverkit-signature
  verifies at any time
kasko t D-1 X-KASKO-Signature,X-KASKO-Event,X-KASKO-Delivery
  verifies at any time
mycover t none x-mycoverai-signature
  verifies at any time
claimport t none X-ClaimPort-Signature
  verifies at any time
standard-webhooks t D-1 webhook-id,webhook-timestamp,webhook-signature
  invalid_secret
stripe t none Stripe-Signature
  not five years later
github t D-1 X-Hub-Signature-256,X-GitHub-Event,X-GitHub-Delivery
  verifies at any time
1
timestamp_out_of_tolerance
timestamp_out_of_tolerance
t
its own

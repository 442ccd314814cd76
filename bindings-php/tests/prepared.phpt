--TEST--
Webhooks that are made again are what they were, and never another
--EXTENSIONS--
hookseal
--FILE--
<?php
use Hookseal\{Scheme, Webhook};

$body = '{"type":"t","id":"e"}';
function verifies(Webhook $webhook, array $headers, string $body = '{"type":"t","id":"e"}', ?int $now = null): string
{
    try {
        return $webhook->verify($body, $headers, $now)->keyIndex;
    } catch (Hookseal\Exception $exception) {
        return $exception->errorCode;
    }
}

// Secrets that are alike, in every order, more often than there is room for and each time anew.
$secrets = ['secret', 'secre', 'secret.', 'Secret', "secret\0x", "secret\0y", str_repeat('s', 64), str_repeat('s', 63) . 't', str_repeat('s', 65)];
$lists = [];
foreach ($secrets as $one) {
    $lists[] = [$one];
    foreach ($secrets as $other) {
        $lists[] = [$one, $other];
    }
}
$wrong = $checked = 0;
for ($round = 0; $round < 2; $round++) {
    foreach ($lists as $index => $list) {
        for ($again = 0; $again < 2; $again++) {
            $webhook = new Webhook('claimport', count($list) === 1 && $again ? $list[0] : $list);
            foreach ($secrets as $secret) {
                $given = ['X-ClaimPort-Signature' => 'sha256=' . hash_hmac('sha256', $body, $secret)];
                $expected = array_search($secret, $list, true);
                $checked++;
                $wrong += verifies($webhook, $given) === (string) ($expected === false ? 'signature_mismatch' : $expected) ? 0 : 1;
            }
        }
    }
}
echo "$wrong wrong of $checked\n";

// The same secret under another provider, tolerance or definition.
$definition = fn (string $header, string $pointer) => ['name' => 'own', 'signature' => ['header' => $header, 'algorithm' => 'hmac-sha256', 'encoding' => 'hex', 'content' => '{body}'], 'event' => ['type' => ['pointer' => $pointer]]];
foreach ([1, 2] as $round) {
    foreach ([['X-One', '/type'], ['X-Two', '/type'], ['X-Two', '/id']] as [$header, $pointer]) {
        foreach ([fn ($scheme) => new Webhook('own', 'secret', ['scheme' => $scheme]), fn ($scheme) => new Webhook(new Scheme($scheme), 'secret'), fn ($scheme) => new Webhook('own', 'secret', scheme: new Scheme($scheme))] as $make) {
            $webhook = $make($definition($header, $pointer));
            $event = $webhook->verify($body, [$header => hash_hmac('sha256', $body, 'secret')]);
            echo "$event->type ", verifies($webhook, ['X-Other' => 'x']), ' ', $webhook->provider, ' ', $webhook->scheme->name, "\n";
        }
    }
}
$signed = (new Webhook('stripe', 'secret'))->sign($body, timestamp: 1_600_000_000);
foreach ([null, 10, 20, 20.9, 10, null, PHP_INT_MAX, INF] as $tolerance) {
    $webhook = new Webhook('stripe', 'secret', tolerance: $tolerance);
    echo json_encode($tolerance, JSON_PARTIAL_OUTPUT_ON_ERROR), ': ', implode(' ', array_map(fn (int $late) => verifies($webhook, $signed, now: 1_600_000_000 + $late), [0, 10, 11, 20, 21, 300, 301])), "\n";
}
$scheme = new Scheme(['name' => 'own', 'signature' => ['header' => 'X-Sig', 'algorithm' => 'hmac-sha256', 'encoding' => 'hex', 'content' => '{timestamp}.{body}'],
    'timestamp' => ['header' => 'X-Time', 'unit' => 'milliseconds', 'tolerance' => 300], 'event' => ['type_required' => false]]);
$given = ['X-Time' => '1600000000500', 'X-Sig' => hash_hmac('sha256', "1600000000500.$body", 'secret')];
foreach ([0, 0.4, 0.5, 0.6, 0.4] as $tolerance) {
    echo "$tolerance: ", verifies(new Webhook($scheme, 'secret', tolerance: $tolerance), $given, now: 1_600_000_000), "\n";
}
foreach (['claimport', 'coverkit', 'github', 'kasko', 'mycover', 'standard-webhooks', 'stripe'] as $provider) {
    $webhook = new Webhook($provider, 'whsec_' . base64_encode('the key of some webhook!'));
    echo $webhook->provider === $provider && $webhook->scheme->name === $provider && $webhook->scheme->title === Scheme::provider($provider)->title ? '.' : $provider;
}
echo "\n";

// What was refused once is refused again, and what another was made for is not had under a wrong name.
foreach ([1, 2] as $round) {
    foreach ([fn () => new Webhook('kasko', ' secret'), fn () => new Webhook('nobody', 'secret'), fn () => new Webhook('kasko', 'secret', scheme: $definition('X-One', '/type')), fn () => new Webhook('own', 'secret', scheme: Scheme::provider('kasko')), fn () => new Webhook('own', 'secret'), fn () => new Webhook("\xff", 'secret', scheme: $definition('X-One', '/type')), fn () => new Webhook(Scheme::provider('kasko'), 'secret', scheme: Scheme::provider('kasko')), fn () => new Webhook('kasko', 'secret', ['tolerance' => 1], tolerance: 1)] as $make) {
        try {
            $make();
            echo "no error\n";
        } catch (Hookseal\ConfigurationException | ValueError $exception) {
            echo $exception->errorCode ?? $exception->getMessage(), "\n";
        }
    }
}

foreach (['whsec_MTIz', 'whsec_' . base64_encode('the key of some webhook!')] as $secret) {
    $webhook = new Webhook('standard-webhooks', $secret);
    echo count($webhook->warnings), ' ', str_contains($webhook->warnings[0] ?? '', '3 bytes') && !str_contains($webhook->warnings[0], 'MTIz') ? 'warns of the key' : 'no warning', "\n";
}

// One that is in use stays what it is, however many are made after it.
$first = new Webhook('claimport', 'the first');
$event = $first->verify($body, $first->sign($body));
for ($number = 0; $number < 100; $number++) {
    new Webhook('claimport', "secret $number");
    new Scheme(['name' => "own-$number"] + $definition('X-One', '/type'));
}
echo verifies($first, $first->sign($body)), ' ', $event->data === null ? 'null' : json_encode($event->data), ' ', verifies(new Webhook('claimport', 'the first'), $first->sign($body)), ' ', (new Scheme(['name' => 'own-99'] + $definition('X-One', '/type')))->name, "\n";
?>
--EXPECT--
0 wrong of 3240
t missing_header own own
t missing_header own own
t missing_header own own
t missing_header own own
t missing_header own own
t missing_header own own
e missing_header own own
e missing_header own own
e missing_header own own
t missing_header own own
t missing_header own own
t missing_header own own
t missing_header own own
t missing_header own own
t missing_header own own
e missing_header own own
e missing_header own own
e missing_header own own
null: 0 0 0 0 0 0 timestamp_out_of_tolerance
10: 0 0 timestamp_out_of_tolerance timestamp_out_of_tolerance timestamp_out_of_tolerance timestamp_out_of_tolerance timestamp_out_of_tolerance
20: 0 0 0 0 timestamp_out_of_tolerance timestamp_out_of_tolerance timestamp_out_of_tolerance
20.9: 0 0 0 0 timestamp_out_of_tolerance timestamp_out_of_tolerance timestamp_out_of_tolerance
10: 0 0 timestamp_out_of_tolerance timestamp_out_of_tolerance timestamp_out_of_tolerance timestamp_out_of_tolerance timestamp_out_of_tolerance
null: 0 0 0 0 0 0 timestamp_out_of_tolerance
9223372036854775807: 0 0 0 0 0 0 0
0: 0 0 0 0 0 0 0
0: timestamp_out_of_tolerance
0.4: timestamp_out_of_tolerance
0.5: 0
0.6: 0
0.4: timestamp_out_of_tolerance
.......
invalid_secret
unknown_provider
invalid_scheme
invalid_scheme
unknown_provider
unknown_provider
Hookseal\Webhook::__construct(): Argument #5 ($scheme) gives a second scheme: the first argument is one already
Hookseal\Webhook::__construct(): Argument #3 ($options) has the option "tolerance", which is given by its name too
invalid_secret
unknown_provider
invalid_scheme
invalid_scheme
unknown_provider
unknown_provider
Hookseal\Webhook::__construct(): Argument #5 ($scheme) gives a second scheme: the first argument is one already
Hookseal\Webhook::__construct(): Argument #3 ($options) has the option "tolerance", which is given by its name too
1 warns of the key
0 no warning
0 [] 0 own-99

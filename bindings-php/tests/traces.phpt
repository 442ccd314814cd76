--TEST--
No trace holds a body, a header or a secret
--EXTENSIONS--
hookseal
--INI--
zend.exception_ignore_args=0
zend.exception_string_param_max_len=1000
--SKIPIF--
<?php if (PHP_VERSION_ID < 80200) die('skip PHP 8.1 has no #[\SensitiveParameter]'); ?>
--FILE--
<?php
use Hookseal\{Scheme, Webhook};

final class Late extends DateTimeImmutable
{
    public function getTimestamp(): int { throw new DomainException('its own'); }
}
/** What a log or an error tracker is given of an exception. */
function told(Throwable $thrown): string
{
    $said = '';
    for (; $thrown !== null; $thrown = $thrown->getPrevious()) {
        // The frames of the extension: those of this test have its own arguments.
        $frames = array_filter($thrown->getTrace(), fn (array $frame): bool => str_starts_with($frame['class'] ?? '', 'Hookseal\\'));
        $said .= print_r($frames, true) . print_r(array_map(fn (array $frame): string => json_encode($frame['args'] ?? []), $frames), true) . var_export($thrown->getTraceAsString(), true) . $thrown;
        foreach ($frames as $frame) {
            foreach ($frame['args'] ?? [] as $argument) {
                if (!$argument instanceof SensitiveParameterValue && !is_scalar($argument) && $argument !== null && !$argument instanceof DateTimeInterface && $argument !== []) {
                    $said .= 'argument ' . get_debug_type($argument) . ' of ' . $frame['function'];
                }
            }
        }
    }
    return $said;
}

$secret = 'MARK-secret';
$body = '{"type":"t","iban":"MARK-iban"}';
$kasko = new Webhook('kasko', $secret);
$stripe = new Webhook('stripe', $secret);
$headers = ['X-KASKO-Event' => 'MARK-event', 'X-KASKO-Signature' => 'sha1=' . hash_hmac('sha1', $body, 'MARK-other')];
$old = $stripe->sign($body, timestamp: 1_600_000_000)['Stripe-Signature'];
$attempts = [
    'signature_mismatch' => fn () => $kasko->verify($body, $headers),
    'named' => fn () => $kasko->verify(headers: $headers, body: $body),
    'called' => fn () => call_user_func_array([$kasko, 'verify'], [$body, $headers]),
    'missing_header' => fn () => $kasko->verify($body, ['X-KASKO-Event' => 'MARK-event']),
    'malformed_header' => fn () => $kasko->verify($body, ['X-KASKO-Signature' => 'MARK-signature'] + $headers),
    'timestamp_out_of_tolerance' => fn () => $stripe->verify($body, $old),
    'invalid_payload' => fn () => $kasko->verify('MARK-body', $kasko->sign('MARK-body', 't')),
    'body' => fn () => $kasko->verify(['MARK-body'], $headers),
    'headers' => fn () => $kasko->verify($body, ['X-KASKO-Signature' => [['MARK-header']]]),
    'now' => fn () => $kasko->verify($body, $headers, new Late()),
    'too many' => fn () => $kasko->verify($body, $headers, null, null, null, 'MARK-further'),
    'sign' => fn () => $kasko->sign($body, 'a.b', null, new Late()),
    'sign without type' => fn () => $kasko->sign($body),
    'explain' => fn () => $kasko->explain($body, $headers, ['secrets' => ['MARK-hint'], 'now' => new Late()]),
    'explain, named' => fn () => $kasko->explain($body, $headers, secrets: ['MARK-hint'], now: new Late()),
    'explain, option' => fn () => $kasko->explain($body, $headers, ['secret' => 'MARK-hint']),
    'secret' => fn () => new Webhook('kasko', ' MARK-secret'),
    'secrets' => fn () => new Webhook('kasko', ['MARK-secret', "MARK-secret\n"]),
    'the wrong way round' => fn () => new Webhook('whsec_MARKsecret', 'kasko'),
    'option' => fn () => new Webhook('kasko', 'MARK-secret', ['secrets' => 'MARK-secret']),
];
foreach ($attempts as $what => $attempt) {
    try {
        $attempt();
        echo "$what: no error\n";
    } catch (Throwable $thrown) {
        $said = told($thrown);
        preg_match_all('/.{0,60}(?:MARK(?!-further)|\b[0-9a-f]{40,64}\b|argument array).{0,60}/', $said, $found);
        echo "$what: ", $thrown::class, str_contains($said, 'SensitiveParameterValue') ? '' : ', NOTHING IS HIDDEN', $found[0] === [] ? '' : ': ' . implode("\n", $found[0]), "\n";
    }
}
?>
--EXPECT--
signature_mismatch: Hookseal\SignatureMismatchException
named: Hookseal\SignatureMismatchException
called: Hookseal\SignatureMismatchException
missing_header: Hookseal\MissingHeaderException
malformed_header: Hookseal\MalformedHeaderException
timestamp_out_of_tolerance: Hookseal\TimestampException
invalid_payload: Hookseal\PayloadException
body: TypeError
headers: TypeError
now: DomainException
too many: ArgumentCountError
sign: DomainException
sign without type: Hookseal\MissingHeaderException
explain: DomainException
explain, named: DomainException
explain, option: ValueError
secret: Hookseal\ConfigurationException
secrets: Hookseal\ConfigurationException
the wrong way round: Hookseal\ConfigurationException
option: ValueError

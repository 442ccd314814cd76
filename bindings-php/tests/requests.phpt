--TEST--
Senders that sign the method, the address or a constant, or nothing
--EXTENSIONS--
hookseal
--FILE--
<?php
use Hookseal\{Scheme, Webhook};

function outcome(callable $do): string
{
    try {
        return (string) $do();
    } catch (Hookseal\Exception $exception) {
        return $exception->errorCode;
    } catch (TypeError|ValueError $error) {
        return $error::class . ': ' . $error->getMessage();
    }
}
$form = ['header' => 'X-Sig', 'algorithm' => 'hmac-sha256', 'encoding' => 'hex'];
$scheme = new Scheme([
    'name' => 'caller',
    'constants' => ['name' => 'what is registered'],
    'signature' => [$form + ['content' => '{method} {url} {header:X-User} {constant:name} {body}']],
    'event' => ['type_required' => false],
]);
var_dump($scheme->signsRequest, $scheme->constants, $scheme->weaknesses);
$make = fn (mixed ...$options) => new Webhook($scheme, 'secret', ...$options);
foreach ([
    [],
    ['constants' => ['name' => '']],
    ['constants' => ['name' => 7]],
    ['constants' => ['seven']],
    ['constants' => ['name' => 'n'], 'origin' => 'hooks.example.com'],
    ['constants' => ['name' => 'n'], 'acceptUnsigned' => true],
    ['options' => ['constants' => 'n']],
    ['options' => ['acceptUnsigned' => 'yes']],
    ['options' => ['origin' => 7]],
] as $options) {
    echo outcome(fn () => $make(...$options)->provider), "\n";
}
$webhook = $make(constants: ['name' => 'n'], origin: 'https://hooks.example.com');
$user = ['X-User' => 'seven'];
$headers = $webhook->sign('{}', method: 'POST', url: '/in?a=1', headers: $user) + $user;
$signed = hash_hmac('sha256', 'POST https://hooks.example.com/in?a=1 seven n {}', 'secret');
var_dump($headers === ['X-Sig' => $signed] + $user);
foreach ([['POST', 'http://10.0.0.1/in?a=1'], ['post', '/in?a=1'], ['PUT', '/in?a=1'], ['POST', '/in?a=2'], ['POST', null], [null, '/in']] as [$method, $url]) {
    echo outcome(fn () => $webhook->verify('{}', $headers, method: $method, url: $url)->provider), "\n";
}
var_dump($webhook->explain('{}', $headers, method: 'POST', url: '/in?a=1')->verifies);
var_dump($webhook->explain('{}', $headers, ['method' => 'POST'])->error);
echo outcome(fn () => $webhook->sign('{}', headers: ['X-User' => 7])), "\n";

// Webhooks that are kept are told apart by every option.
foreach (['n', 'm', 'n'] as $name) {
    foreach (['https://hooks.example.com', 'https://other.example.com'] as $origin) {
        $again = $make(options: ['constants' => ['name' => $name], 'origin' => $origin]);
        echo outcome(fn () => $again->verify('{}', $headers, null, 'POST', '/in?a=1')->provider), ' ';
    }
}
echo "\n";

echo Scheme::provider('svix')->name, ' ', (new Webhook('svix', 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'))->provider, "\n";

$token = new Scheme(['name' => 'open', 'signature' => [['header' => 'X-Token', 'algorithm' => 'token', 'weakness' => 'token']], 'event' => ['type_required' => false]]);
echo implode($token->weaknesses), ' ', implode(' ', $token->unsigned), "\n";
echo outcome(fn () => new Webhook($token, 'secret')), "\n";
$open = new Webhook($token, 'secret', acceptUnsigned: true);
echo implode($open->verify('{}', ['X-Token' => 'secret'])->unsigned), ' ', outcome(fn () => $open->verify('{}', ['X-Token' => 'secre'])), "\n";

$asking = new Scheme([
    'name' => 'asking',
    'constants' => ['verify_token' => 'what was chosen'],
    'signature' => [$form + ['content' => '{body}']],
    'event' => ['type_required' => false],
    'handshake' => [[
        'method' => 'GET',
        'signed' => false,
        'when' => ['query' => 'hub.mode', 'equals' => 'subscribe'],
        'token' => ['query' => 'hub.verify_token', 'constant' => 'verify_token'],
        'challenge' => ['query' => 'hub.challenge'],
        'text' => '{challenge}',
    ]],
]);
$webhook = new Webhook($asking, 'secret', constants: ['verify_token' => 'mine']);
var_dump($asking->hasHandshake, $webhook->handshake('', [], 'GET', '/in?hub.mode=subscribe&hub.verify_token=mine&hub.challenge=42'));
var_dump($webhook->handshake('{}', $_SERVER, 'POST', '/in'), $webhook->handshake('', null));
echo outcome(fn () => $webhook->handshake('', '', 'GET', '/in?hub.mode=subscribe&hub.verify_token=yours&hub.challenge=42')), "\n";
echo outcome(fn () => $webhook->handshake('', new ArrayIterator())), "\n";
?>
--EXPECT--
bool(true)
array(1) {
  ["name"]=>
  string(18) "what is registered"
}
array(0) {
}
invalid_scheme
invalid_scheme
TypeError: Hookseal\Webhook::__construct(): Argument #6 ($constants) must be an array of names and strings, int given
TypeError: Hookseal\Webhook::__construct(): Argument #6 ($constants) must be an array of names and strings, array given
invalid_scheme
invalid_scheme
TypeError: Hookseal\Webhook::__construct(): Argument #3 ($options) must have as "constants" an array of names and strings, string given
TypeError: Hookseal\Webhook::__construct(): Argument #3 ($options) must have as "acceptUnsigned" a bool, string given
TypeError: Hookseal\Webhook::__construct(): Argument #3 ($options) must have as "origin" a string, int given
bool(true)
caller
caller
signature_mismatch
signature_mismatch
missing_request
missing_request
bool(true)
string(15) "missing_request"
TypeError: Hookseal\Webhook::sign(): Argument #7 ($headers) must be an array of names and strings
caller signature_mismatch signature_mismatch signature_mismatch caller signature_mismatch 
standard-webhooks standard-webhooks
token body
invalid_scheme
body signature_mismatch
bool(true)
object(Hookseal\Handshake)#5 (2) {
  ["contentType"]=>
  string(10) "text/plain"
  ["body"]=>
  string(2) "42"
}
NULL
NULL
signature_mismatch
TypeError: Hookseal\Webhook::handshake(): Argument #2 ($headers) must be $_SERVER, getallheaders() or another array of headers, or the signature header's value, ArrayIterator given: pass $request->headers in Symfony and Laravel, a request of PSR-7 itself

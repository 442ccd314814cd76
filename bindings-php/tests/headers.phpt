--TEST--
Headers in every form in which PHP hands them over
--EXTENSIONS--
hookseal
--FILE--
<?php
use Hookseal\Webhook;

$webhook = new Webhook('claimport', 'whsec_cp');
$body = '{"type":"claim.created","id":"e1","data":{}}';
$value = $webhook->sign($body)['X-ClaimPort-Signature'];

$say = function (string $what, mixed $headers, ?Webhook $by = null) use ($webhook, $body): void {
    try {
        echo "$what: " . ($by ?? $webhook)->verify($body, $headers)->type . "\n";
    } catch (Throwable $thrown) {
        echo $what, ': ', $thrown->errorCode ?? $thrown::class . ': ' . $thrown->getMessage(), "\n";
    }
};

$server = $_SERVER + ['HTTP_X_CLAIMPORT_SIGNATURE' => $value, 'REQUEST_TIME_FLOAT' => 1.5, 'argv' => ['x'], 'HTTPS' => null];
$say('$_SERVER', $server);
$say('getallheaders', ['Host' => 'x', 'X-Claimport-Signature' => $value]);
$say('lower case', ['x-claimport-signature' => $value]);
$say('list', ['x-claimport-signature' => [$value]]);
$say('same twice', ['x-claimport-signature' => [$value, $value], 'X-CLAIMPORT-SIGNATURE' => $value]);
$say('two different', ['x-claimport-signature' => [$value, 'sha256=00']]);
$say('two names', ['x-claimport-signature' => $value, 'X-ClaimPort-Signature' => 'sha256=00']);
$say('CGI and plain', ['x-claimport-signature' => $value, 'HTTP_X_CLAIMPORT_SIGNATURE' => 'sha256=00']);
$say('nulls skipped', ['x-claimport-signature' => [null, $value], 'X-ClaimPort-Signature' => null]);
$say('only null', ['x-claimport-signature' => null]);
$say('pairs', [['Host', 'x'], ['X-ClaimPort-Signature', $value]]);
try {
    $webhook->verify($body, ['content_type' => ['application/json'], 'x_claimport_signature' => [$value]]);
} catch (Hookseal\MissingHeaderException $exception) {
    echo 'as WordPress writes them: ', str_contains($exception->getMessage(), '$_SERVER') ? 'told to pass $_SERVER' : $exception->getMessage(), "\n";
}
$say('signature', $value);
$say('no signature', null);
$say('empty string', '');
$say('none', []);
$say('false', ['x-claimport-signature' => false]);
$reference = &$server['HTTP_X_CLAIMPORT_SIGNATURE'];
$say('references', $server);
$say('many', array_fill_keys(range('a', 'z'), 'x') + array_combine(array_map(fn ($n) => "h$n", range(1, 500)), range(1, 500)) + ['X-ClaimPort-Signature' => $value]);
$say('object', new ArrayObject(['x-claimport-signature' => $value]));
$say('number', 5);
$say('object value', ['x-claimport-signature' => new stdClass()]);
$say('nested list', ['x-claimport-signature' => [[$value]]]);
$say('triple', [['X-ClaimPort-Signature', $value, 1]]);

// A header whose name and value PHP takes for numbers.
$scheme = '{"name":"n","source":"https://example.org","signature":[{"header":"123","algorithm":"hmac-sha256","encoding":"hex","content":"{timestamp}.{body}"}],'
    . '"timestamp":{"header":"ts","unit":"seconds","tolerance":300},"event":{"type":{"pointer":"/type"}}}';
$numbers = new Webhook('n', 'secret', ['scheme' => $scheme]);
$signed = $numbers->sign($body);
$say('numeric name', $signed, $numbers);
$say('numeric value', ['ts' => (int) $signed['ts'], 123 => $signed[123]], $numbers);

// A name whose last character CGI writes otherwise, and one that is longer than most.
foreach (['Odd-', 'x-' . str_repeat('long-', 20) . 'Name'] as $name) {
    $odd = new Webhook('n', 'secret', ['scheme' => str_replace('"123"', "\"$name\"", $scheme)]);
    $signed = $odd->sign($body);
    foreach ([$name, strtoupper($name), 'HTTP_' . strtr(strtoupper($name), '-', '_')] as $spelling) {
        $say(substr($spelling, 0, 9), ['ts' => $signed['ts'], $spelling => $signed[$name]], $odd);
    }
    $say('other end', ['ts' => $signed['ts'], substr($name, 0, -1) . 'x' => $signed[$name]], $odd);
}
?>
--EXPECT--
$_SERVER: claim.created
getallheaders: claim.created
lower case: claim.created
list: claim.created
same twice: claim.created
two different: malformed_header
two names: malformed_header
CGI and plain: malformed_header
nulls skipped: claim.created
only null: missing_header
pairs: claim.created
as WordPress writes them: told to pass $_SERVER
signature: claim.created
no signature: missing_header
empty string: malformed_header
none: missing_header
false: missing_header
references: claim.created
many: claim.created
object: TypeError: Hookseal\Webhook::verify(): Argument #2 ($headers) must be $_SERVER, getallheaders() or another array of headers, or the signature header's value, ArrayObject given: pass $request->headers in Symfony and Laravel, a request of PSR-7 itself
number: TypeError: Hookseal\Webhook::verify(): Argument #2 ($headers) must be $_SERVER, getallheaders() or another array of headers, or the signature header's value, int given: pass $request->headers in Symfony and Laravel, a request of PSR-7 itself
object value: TypeError: the value of the header x-claimport-signature must be a string or a list of strings, stdClass given
nested list: TypeError: the value of the header x-claimport-signature must be a string or a list of strings, array given
triple: TypeError: headers must be an array of names and values, or a list of pairs of them: pass $_SERVER or getallheaders()
numeric name: claim.created
numeric value: claim.created
Odd-: claim.created
ODD-: claim.created
HTTP_ODD_: claim.created
other end: missing_header
x-long-lo: claim.created
X-LONG-LO: claim.created
HTTP_X_LO: claim.created
other end: missing_header

--TEST--
Explaining a delivery that does not verify
--EXTENSIONS--
hookseal
--FILE--
<?php
use Hookseal\{Finding, Report, Webhook};

function attempt(string $what, callable $do): void
{
    try {
        $do();
        echo "$what: no error\n";
    } catch (Throwable $thrown) {
        echo $what, ': ', $thrown::class, ': ', $thrown->getMessage(), "\n";
    }
}

function codes(Report $report): string
{
    return $report->verifies ? 'verifies' : implode(' ', array_map(fn (Finding $finding): string => $finding->code . ($finding->proven ? '' : '?'), $report->findings));
}

$webhook = new Webhook('claimport', 'secret');
$body = '{"type":"claim.created","data":{"n":1}}';
$again = json_encode(json_decode($body), JSON_PRETTY_PRINT);
$signed = $webhook->sign($body);
$value = $signed['X-ClaimPort-Signature'];

$report = $webhook->explain($again, $signed);
var_dump($report->verifies, $report->error, count($report->findings), $report->ruledOut);
['0' => $finding] = $report->findings;
var_dump($finding->code, $finding->proven, $finding->secret, $finding->what !== '' && $finding->fix !== '' && $finding->evidence !== '');
echo str_contains((string) $report, "{$finding->what} (body_reserialised, proven)") ? "reads as text\n" : "$report\n";
$json = json_decode(json_encode($report), true);
echo implode(' ', array_keys($json)), ': ', implode(' ', array_keys($json['findings'][0])), "\n";
$same = [$report->verifies, $report->error, array_map(get_object_vars(...), $report->findings), $report->ruledOut];
echo array_values($json) === $same ? "the same as JSON\n" : json_encode($report) . "\n";

$genuine = $webhook->explain($body, $signed);
var_dump($genuine->verifies, $genuine->error, $genuine->findings, $genuine->ruledOut);
$forged = $webhook->explain($body, ['X-ClaimPort-Signature' => 'sha256=' . str_repeat('0', 64)]);
var_dump($forged->error, codes($forged), count($forged->ruledOut) > 3);

// Every form of headers that verify takes, whether it verifies or not.
$server = $_SERVER + ['HTTP_X_CLAIMPORT_SIGNATURE' => $value, 'REQUEST_TIME_FLOAT' => 1.5, 'argv' => [['x']], 'HTTPS' => null];
$forms = [
    '$_SERVER' => $server,
    'getallheaders' => ['Host' => 'x', 'X-Claimport-Signature' => $value],
    'lists' => ['host' => ['x'], 'x-claimport-signature' => [$value]],
    'pairs' => [['Host', 'x'], ['X-ClaimPort-Signature', $value]],
    'numbers and nulls' => ['Content-Length' => 7, 5 => 6, 'x' => [null, 8], 'y' => false, 'X-ClaimPort-Signature' => $value],
    'many' => array_fill_keys(range('a', 'z'), 'x') + $signed,
    'signature' => $value,
];
foreach ($forms as $what => $headers) {
    echo $what, ': ', codes($webhook->explain($body, $headers)), ', ', codes($webhook->explain($again, $headers)), "\n";
}
foreach (['none' => [], 'null' => null, 'empty name' => ['' => 'x']] as $what => $headers) {
    echo $what, ': ', $webhook->explain($body, $headers)->error, "\n";
}

// Headers that the scheme does not read: what they were renamed to, what length was sent.
echo codes($webhook->explain($body, ['X-Forwarded-Signature' => $value])), "\n";
echo codes($webhook->explain($body, ['HTTP_X_FORWARDED_SIGNATURE' => $value] + $_SERVER)), "\n";
$cut = substr($body, 0, -9);
foreach ([$signed + ['Content-Length' => strlen($body)], ['HTTP_X_CLAIMPORT_SIGNATURE' => $value, 'CONTENT_LENGTH' => (string) strlen($body)] + $_SERVER] as $headers) {
    echo codes($webhook->explain($cut, $headers)), "\n";
}
// What else stands in $_SERVER is no header, however much of it there is.
$environment = array_combine(array_map(fn (int $n): string => "VARIABLE_$n", range(1, 400)), array_fill(0, 400, $value));
echo codes($webhook->explain($body, $environment + $_SERVER)), ', ', codes($webhook->explain($body, $environment + $server)), "\n";

// Hints.
$other = new Webhook('claimport', 'another secret');
foreach (['secret', ['wrong', 'secret']] as $secrets) {
    $found = $other->explain($body, $signed, ['secrets' => $secrets])->findings[0];
    echo "$found->code $found->secret\n";
}
$stripe = new Webhook('stripe', 'whsec_1');
$event = '{"id":"evt_1","type":"x","data":{}}';
$headers = $stripe->sign($event, timestamp: 1_000_000_000);
echo codes($stripe->explain($event, $headers)), ' ', codes($stripe->explain($event, $headers, ['now' => null, 'secrets' => null])), "\n";
foreach ([1_000_000_000, new DateTimeImmutable('@1000000000')] as $now) {
    echo codes($stripe->explain($event, $headers, ['now' => $now])), "\n";
}
final class Late extends DateTimeImmutable
{
    public static ?string $secret = null;
    public function getTimestamp(): int { self::$secret = null; return 1; }
}
Late::$secret = str_repeat('s', 40);
echo $webhook->explain($body, $signed, ['secrets' => &Late::$secret, 'now' => new Late()])->verifies ? "verifies\n" : "does not\n";

// Misuse.
attempt('parsed body', fn () => $webhook->explain([], $signed));
attempt('no body', fn () => $webhook->explain(null, $signed));
attempt('headers', fn () => $webhook->explain($body, 1));
attempt('header', fn () => $webhook->explain($body, ['other' => new stdClass()]));
attempt('triple', fn () => $webhook->explain($body, [['a', 'b', 'c']]));
attempt('secrets', fn () => $webhook->explain($body, $signed, ['secrets' => 1]));
attempt('unset secret', fn () => $webhook->explain($body, $signed, ['secrets' => [getenv('HOOKSEAL_NOT_SET')]]));
attempt('now', fn () => $webhook->explain($body, $signed, ['now' => 'today']));
attempt('far past', fn () => $webhook->explain($body, $signed, ['now' => PHP_INT_MIN]));
attempt('now throws', fn () => $webhook->explain($body, $signed, ['secrets' => ['a'], 'now' => new class() extends DateTime { public function getTimestamp(): int { throw new LogicException('no time'); } }]));
attempt('option', fn () => $webhook->explain($body, $signed, ['time' => 1]));
attempt('list', fn () => $webhook->explain($body, $signed, [1]));
if (PHP_VERSION_ID >= 80200) {
    $options = (new ReflectionMethod(Webhook::class, 'explain'))->getParameters()[2];
    echo $options->getAttributes()[0]->getName(), "\n";
}
?>
--EXPECT--
bool(false)
string(18) "signature_mismatch"
int(1)
array(0) {
}
string(17) "body_reserialised"
bool(true)
int(0)
bool(true)
reads as text
verifies error findings ruled_out: code what fix evidence proven secret
the same as JSON
bool(true)
NULL
array(0) {
}
array(0) {
}
string(18) "signature_mismatch"
string(0) ""
bool(true)
$_SERVER: verifies, body_reserialised
getallheaders: verifies, body_reserialised
lists: verifies, body_reserialised
pairs: verifies, body_reserialised
numbers and nulls: verifies, body_reserialised
many: verifies, body_reserialised
signature: verifies, body_reserialised
none: missing_header
null: missing_header
empty name: missing_header
signature_header
signature_header
body_truncated?
body_truncated?
headers_stripped?, verifies
secret_other_webhook 1
secret_other_webhook 2
delivery_old delivery_old
verifies
verifies
verifies
parsed body: TypeError: Hookseal\Webhook::explain(): Argument #1 ($body) must be the raw bytes of the request as a string, array given: a signature covers the bytes as they were sent, which a parsed body does not have any more. Pass file_get_contents('php://input'), $request->getContent() in Symfony and Laravel, or (string) $request->getBody() of PSR-7
no body: TypeError: Hookseal\Webhook::explain(): Argument #1 ($body) must be the raw bytes of the request as a string, null given: a signature covers the bytes as they were sent, which a parsed body does not have any more. Pass file_get_contents('php://input'), $request->getContent() in Symfony and Laravel, or (string) $request->getBody() of PSR-7
headers: TypeError: Hookseal\Webhook::explain(): Argument #2 ($headers) must be $_SERVER, getallheaders() or another array of headers, or the signature header's value, int given: pass $request->headers in Symfony and Laravel, a request of PSR-7 itself
header: TypeError: the value of the header other must be a string or a list of strings, stdClass given
triple: TypeError: headers must be an array of names and values, or a list of pairs of them: pass $_SERVER or getallheaders()
secrets: TypeError: Hookseal\Webhook::explain(): Argument #3 ($options) must have as "secrets" a string or a list of strings, int given
unset secret: TypeError: Hookseal\Webhook::explain(): Argument #3 ($options) must have as "secrets" a string or a list of strings, bool given: is the environment variable that should hold it set?
now: TypeError: Hookseal\Webhook::explain(): Argument #3 ($options) must have as "now" a DateTimeInterface or seconds since 1970 as int or float, string given
far past: no error
now throws: LogicException: no time
option: ValueError: Hookseal\Webhook::explain(): Argument #3 ($options) has an unknown option time: known are "secrets", "now", "method" and "url"
list: ValueError: Hookseal\Webhook::explain(): Argument #3 ($options) has an unknown option: known are "secrets", "now", "method" and "url"
SensitiveParameter

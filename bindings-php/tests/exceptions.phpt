--TEST--
The exceptions: which code is which class, and what each says
--EXTENSIONS--
hookseal
--FILE--
<?php
use Hookseal\{ConfigurationException, Exception, MalformedHeaderException, MissingHeaderException, PayloadException, Scheme, SignatureMismatchException, TimestampException, VerificationException, Webhook};

foreach ([Exception::class, VerificationException::class, MissingHeaderException::class, MalformedHeaderException::class, SignatureMismatchException::class, TimestampException::class, PayloadException::class, ConfigurationException::class] as $class) {
    $exception = new $class('made by a test', 7, new LogicException('before'));
    echo $class, ' > ', get_parent_class($class), ': ', $exception->errorCode, ' ', $exception->httpStatus, ' ', $exception->getMessage(), ' ', $exception->getCode(), ' ', $exception->getPrevious()::class, "\n";
}
class Own extends VerificationException {}
echo (new Own())->errorCode, ' ', (new Own()) instanceof RuntimeException ? 'runtime' : '', "\n";
try {
    $own = new Own();
    $own->errorCode = 'other';
} catch (Error $error) {
    echo $error->getMessage(), "\n";
}

$claimport = new Webhook('claimport', 'secret');
$svix = new Webhook('standard-webhooks', 'whsec_' . base64_encode('0123456789abcdef'));
$body = '{"type":"t"}';
$attempts = [
    fn () => $claimport->verify($body, []),
    fn () => $claimport->verify($body, 'sha256=xyz'),
    fn () => $claimport->verify($body, 'sha256=' . str_repeat('0', 64)),
    fn () => $svix->verify($body, $svix->sign($body, timestamp: time() - 301)),
    fn () => $svix->verify($body, $svix->sign($body, timestamp: time() + 310)),
    fn () => $claimport->verify('[]', $claimport->sign('[]')),
    fn () => $claimport->verify("{\"type\":\"\xff\"}", $claimport->sign("{\"type\":\"\xff\"}")),
    fn () => new Webhook('nobody', 'secret'),
    fn () => new Webhook("\xff", 'secret'),
    fn () => Scheme::provider('nobody'),
    fn () => Scheme::provider("\xff"),
    fn () => new Webhook('kasko', ''),
    fn () => new Webhook('kasko', []),
    fn () => new Webhook('kasko', ['a', '']),
    fn () => new Webhook('kasko', 'secret', ['scheme' => 'name = 1']),
    fn () => new Webhook('kasko', 'secret', ['scheme' => "\xff"]),
    fn () => new Webhook('kasko', 'secret', ['scheme' => ['name' => "\xff"]]),
    fn () => new Webhook('kasko', 'secret', ['scheme' => Scheme::provider('coverkit')]),
    fn () => new Scheme(['name' => 'x']),
    fn () => (new Webhook('kasko', 'secret'))->sign($body),
    fn () => (new Webhook('kasko', 'secret'))->sign($body, "line\nbreak"),
];
foreach ($attempts as $attempt) {
    try {
        $attempt();
        echo "no error\n";
    } catch (Exception $exception) {
        echo substr($exception::class, 9), ' ', $exception->errorCode, ' ', $exception->httpStatus, ' ', basename($exception->getFile()), ' ', strlen($exception->getMessage()) > 25 ? 'explains' : $exception->getMessage(), "\n";
    }
}

// What is not about a delivery or a provider is the language's own error.
foreach ([
    fn () => new Webhook('kasko', null),
    fn () => new Webhook('kasko', getenv('HOOKSEAL_NOT_SET')),
    fn () => new Webhook('kasko', ['a', 5]),
    fn () => new Webhook('kasko', 'secret', ['tolerance' => '5']),
    fn () => new Webhook('kasko', 'secret', ['tolerance' => -1]),
    fn () => new Webhook('kasko', 'secret', ['scheme' => 5]),
    fn () => new Webhook('kasko', 'secret', ['tolerence' => 5]),
    fn () => new Scheme(5),
    fn () => $claimport->verify($body, 'x', 'yesterday'),
    fn () => $claimport->sign($body, timestamp: 0),
    fn () => $claimport->verify($body),
] as $attempt) {
    try {
        $attempt();
        echo "no error\n";
    } catch (Error $error) {
        echo $error::class, ': ', $error->getMessage(), "\n";
    }
}
?>
--EXPECT--
Hookseal\Exception > RuntimeException: panic 500 made by a test 7 LogicException
Hookseal\VerificationException > Hookseal\Exception: signature_mismatch 401 made by a test 7 LogicException
Hookseal\MissingHeaderException > Hookseal\VerificationException: missing_header 401 made by a test 7 LogicException
Hookseal\MalformedHeaderException > Hookseal\VerificationException: malformed_header 401 made by a test 7 LogicException
Hookseal\SignatureMismatchException > Hookseal\VerificationException: signature_mismatch 401 made by a test 7 LogicException
Hookseal\TimestampException > Hookseal\VerificationException: timestamp_out_of_tolerance 401 made by a test 7 LogicException
Hookseal\PayloadException > Hookseal\Exception: invalid_payload 400 made by a test 7 LogicException
Hookseal\ConfigurationException > Hookseal\Exception: invalid_scheme 500 made by a test 7 LogicException
signature_mismatch runtime
Cannot modify readonly property Hookseal\Exception::$errorCode
MissingHeaderException missing_header 401 exceptions.php explains
MalformedHeaderException malformed_header 401 exceptions.php explains
SignatureMismatchException signature_mismatch 401 exceptions.php explains
TimestampException timestamp_out_of_tolerance 401 exceptions.php explains
TimestampException timestamp_out_of_tolerance 401 exceptions.php explains
PayloadException invalid_payload 400 exceptions.php explains
PayloadException invalid_payload 400 exceptions.php explains
ConfigurationException unknown_provider 500 exceptions.php explains
ConfigurationException unknown_provider 500 exceptions.php explains
ConfigurationException unknown_provider 500 exceptions.php explains
ConfigurationException unknown_provider 500 exceptions.php explains
ConfigurationException invalid_secret 500 exceptions.php explains
ConfigurationException invalid_secret 500 exceptions.php explains
ConfigurationException invalid_secret 500 exceptions.php explains
ConfigurationException invalid_scheme 500 exceptions.php explains
ConfigurationException invalid_scheme 500 exceptions.php explains
ConfigurationException invalid_scheme 500 exceptions.php explains
ConfigurationException invalid_scheme 500 exceptions.php explains
ConfigurationException invalid_scheme 500 exceptions.php explains
MissingHeaderException missing_header 401 exceptions.php explains
MalformedHeaderException malformed_header 401 exceptions.php explains
TypeError: Hookseal\Webhook::__construct(): Argument #2 ($secret) must be a string or a list of strings, null given: is the environment variable that should hold it set?
TypeError: Hookseal\Webhook::__construct(): Argument #2 ($secret) must be a string or a list of strings, bool given: is the environment variable that should hold it set?
TypeError: Hookseal\Webhook::__construct(): Argument #2 ($secret) must be a string or a list of strings, int given
TypeError: Hookseal\Webhook::__construct(): Argument #3 ($options) must have as "tolerance" a number of seconds as int or float, string given
ValueError: Hookseal\Webhook::__construct(): Argument #3 ($options) must have as "tolerance" a number of seconds that is not negative
TypeError: Hookseal\Webhook::__construct(): Argument #3 ($options) must have as "scheme" a Hookseal\Scheme, an array, or TOML or JSON as a string, int given
ValueError: Hookseal\Webhook::__construct(): Argument #3 ($options) has an unknown option tolerence: known are "tolerance", "scheme", "constants", "origin" and "acceptUnsigned"
TypeError: Hookseal\Scheme::__construct(): Argument #1 ($definition) must be an array, or TOML or JSON as a string, int given
TypeError: Hookseal\Webhook::verify(): Argument #3 ($now) must be a DateTimeInterface or seconds since 1970 as int or float, string given
ValueError: Hookseal\Webhook::sign(): Argument #4 ($timestamp) must be after 1970
ArgumentCountError: Hookseal\Webhook::verify() expects at least 2 arguments, 1 given

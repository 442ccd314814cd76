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

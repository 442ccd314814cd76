--TEST--
Every container of headers is asked by name, and refuses what others refuse
--EXTENSIONS--
hookseal
--FILE--
<?php
require __DIR__ . '/common.inc';
require_once 'Nyholm/Psr7/autoload.php';
require_once 'Slim/autoload.php';
require_once 'Symfony/Component/HttpFoundation/autoload.php';
require_once 'Illuminate/Http/autoload.php';
use Symfony\Component\HttpFoundation\{HeaderBag, Request, ServerBag};

$kasko = new Hookseal\Webhook('kasko', 'secret');
$body = '{"policy_id":"P-1"}';
$signed = $kasko->sign($body, type: 'policy.created', id: 'D-1');
$forged = 'sha1=' . str_repeat('0', 40);

/** $_SERVER itself, with these headers; given as an array it is a copy. */
$server = function (array $pairs, bool $itself): array {
    foreach (array_keys($_SERVER) as $name) {
        if (str_starts_with($name, 'HTTP_')) {
            unset($_SERVER[$name]);
        }
    }
    foreach ($pairs as [$name, $value]) {
        $_SERVER['HTTP_' . strtr(strtoupper($name), '-', '_')][] = $value;
    }
    foreach ($_SERVER as $name => $value) {
        if (str_starts_with($name, 'HTTP_') && count($value) === 1) {
            $_SERVER[$name] = $value[0];
        }
    }
    return $itself ? $_SERVER : $_SERVER + ['copy' => true];
};
$message = function (object $message, array $pairs): object {
    foreach ($pairs as [$name, $value]) {
        $message = $message->withAddedHeader($name, $value);
    }
    return $message;
};
$bag = function (object $bag, array $pairs): object {
    foreach ($pairs as [$name, $value]) {
        $bag->set($name, $value, false);
    }
    return $bag;
};
$containers = [
    '$_SERVER' => fn (array $pairs) => $server($pairs, true),
    'a copy of $_SERVER' => fn (array $pairs) => $server($pairs, false),
    'pairs' => fn (array $pairs) => $pairs,
    'HeaderBag' => fn (array $pairs) => $bag(new HeaderBag(), $pairs),
    'a request of Symfony' => fn (array $pairs) => $bag(Request::create('/', 'POST')->headers, $pairs),
    'a request of Laravel' => fn (array $pairs) => $bag(\Illuminate\Http\Request::create('/', 'POST')->headers, $pairs),
    'a HeaderBag of its own' => fn (array $pairs) => $bag(new class() extends HeaderBag {}, $pairs),
    'Nyholm' => fn (array $pairs) => $message(new Nyholm\Psr7\ServerRequest('POST', '/'), $pairs),
    'Nyholm, a request' => fn (array $pairs) => $message(new Nyholm\Psr7\Request('POST', '/'), $pairs),
    'Slim' => fn (array $pairs) => $message(Slim\Http\Request::createFromEnvironment(Slim\Http\Environment::mock()), $pairs),
];
$pairs = array_map(null, array_keys($signed), array_values($signed));
$with = fn (string $name, ?string $value): array => [...array_filter($pairs, fn (array $pair) => $pair[0] !== $name), ...$value === null ? [] : [[$name, $value]]];
$cases = [
    'genuine' => $pairs,
    'in lower case' => array_map(fn (array $pair) => [strtolower($pair[0]), $pair[1]], $pairs),
    'in upper case' => array_map(fn (array $pair) => [strtoupper($pair[0]), $pair[1]], $pairs),
    'with others' => [['Host', 'x'], ['X-KASKO', 'x'], ...$pairs, ['X-KASKO-Signature-2', $forged]],
    'the same twice' => [...$pairs, ...$pairs],
    'two signatures' => [...$pairs, ['x-kasko-signature', $forged]],
    'two signatures, the wrong one first' => [['x-kasko-signature', $forged], ...$pairs],
    'two types' => [...$pairs, ['X-Kasko-Event', 'policy.cancelled']],
    'forged' => $with('X-KASKO-Signature', $forged),
    'malformed' => $with('X-KASKO-Signature', 'what'),
    'no signature' => $with('X-KASKO-Signature', null),
    'no type' => $with('X-KASKO-Event', null),
    'no id' => $with('X-KASKO-Delivery', null),
    'none' => [],
];
foreach ($cases as $what => $list) {
    $answers = [];
    foreach ($containers as $name => $make) {
        $headers = $make($list);
        $code = null;
        try {
            $event = $name === '$_SERVER' ? $kasko->verify($body, $_SERVER) : $kasko->verify($body, $headers);
            $answers[$name] = trim("$event->type $event->id");
        } catch (Hookseal\Exception $exception) {
            $answers[$name] = $code = $exception->errorCode;
        }
        $report = $kasko->explain($body, $headers);
        if ($report->error !== $code) {
            echo "$name: explain says ", json_encode($report->error), "\n";
        }
    }
    echo "$what: ", count(array_unique($answers)) === 1 ? current($answers) : json_encode($answers), "\n";
}

// Of $_SERVER itself too, what only another spelling has.
$server([], true);
foreach ($signed as $name => $value) {
    $_SERVER[$name] = $value;
}
echo $kasko->verify($body, $_SERVER)->type, "\n";
foreach (array_keys($signed) as $name) {
    unset($_SERVER[$name]);
}
$reference = &$_SERVER;
$server($pairs, true);
echo $kasko->verify($body, $_SERVER)->type, ' ', $kasko->verify($body, $reference)->type, "\n";
$_SERVER['HTTP_X_KASKO_EVENT'] = new stdClass();
try {
    $kasko->verify($body, $_SERVER);
} catch (TypeError $error) {
    echo $error->getMessage(), "\n";
}

// Containers whose code does something else.
class Odd extends HeaderBag
{
    public function __construct(private Closure $do) {}
    public function all(?string $key = null): array { return ($this->do)($key); }
}
class OddMessage extends Nyholm\Psr7\Response
{
    public ?Closure $do = null;
    public function getHeader($header): array { return ($this->do)($header); }
    public function getHeaders(): array { return ($this->do)(null); }
}
$odd = function (Closure $do): array {
    $message = new OddMessage();
    $message->do = $do;
    return [new Odd($do), $message];
};
$take = fn (?string $name): array => $name === null ? $signed : [$signed[$name] ?? 'x'];
$attempts = [
    'throws' => fn () => throw new DomainException('its own'),
    'throws at the second name' => fn (?string $name) => $name === 'X-KASKO-Signature' ? $take($name) : throw new DomainException('its own'),
    'throws when asked for all' => fn (?string $name) => $name === null ? throw new DomainException('its own') : [],
    'gives objects' => fn () => [new stdClass()],
    'gives lists of lists' => fn () => [['x']],
    'gives nothing' => fn () => [],
    'gives nulls' => fn () => [null],
    'gives numbers' => fn () => [5],
    'verifies meanwhile' => function (?string $name) use ($kasko, $body, $signed, $take) {
        return $kasko->verify($body, $signed)->type === 'policy.created' ? $take($name) : [];
    },
    'constructs meanwhile' => function (?string $name) use (&$webhook, $take) {
        try {
            $webhook->__construct('coverkit', 'another');
        } catch (Error) {
        }
        for ($number = 0; $number < 20; $number++) {
            new Hookseal\Webhook('claimport', "secret $number");
        }
        return $take($name);
    },
    'lets the webhook go' => function (?string $name) use (&$webhook, $take) {
        $webhook = null;
        gc_collect_cycles();
        return $take($name);
    },
    'lets its values go' => function (?string $name) use ($signed, &$last) {
        $last = null;
        $last = $name === null ? $signed : [str_repeat($signed[$name], 1) . ''];
        return $last;
    },
    'gives references' => function (?string $name) use (&$value, $signed) {
        $value = $signed[$name] ?? '';
        return $name === null ? $signed : [&$value];
    },
];
foreach ($attempts as $what => $do) {
    foreach ($odd($do) as $container) {
        $webhook = new Hookseal\Webhook('kasko', 'secret');
        $text = '{"policy_id":"P-1"' . str_repeat(' ', 0) . '}';
        try {
            $said = $webhook->verify($text, $container);
            $said = "$said->type $said->id";
        } catch (Throwable $thrown) {
            $said = $thrown->errorCode ?? $thrown::class . ': ' . $thrown->getMessage();
        }
        $webhook ??= new Hookseal\Webhook('kasko', 'secret');
        try {
            $explained = $webhook->explain($text, $container)->error ?? 'verifies';
        } catch (Throwable $thrown) {
            $explained = $thrown::class;
        }
        echo "$what: $said; $explained\n";
    }
}
?>
--EXPECT--
genuine: policy.created D-1
in lower case: policy.created D-1
in upper case: policy.created D-1
with others: policy.created D-1
the same twice: policy.created D-1
two signatures: malformed_header
two signatures, the wrong one first: malformed_header
two types: malformed_header
forged: signature_mismatch
malformed: malformed_header
no signature: missing_header
no type: missing_header
no id: policy.created
none: missing_header
policy.created
policy.created policy.created
the value of the header HTTP_X_KASKO_EVENT must be a string or a list of strings, stdClass given
throws: DomainException: its own; DomainException
throws: DomainException: its own; DomainException
throws at the second name: DomainException: its own; DomainException
throws at the second name: DomainException: its own; DomainException
throws when asked for all: DomainException: its own; DomainException
throws when asked for all: DomainException: its own; DomainException
gives objects: TypeError: the value of the header X-KASKO-Signature must be a string or a list of strings, stdClass given; TypeError
gives objects: TypeError: the value of the header X-KASKO-Signature must be a string or a list of strings, stdClass given; TypeError
gives lists of lists: TypeError: the value of the header X-KASKO-Signature must be a string or a list of strings, array given; TypeError
gives lists of lists: TypeError: the value of the header X-KASKO-Signature must be a string or a list of strings, array given; TypeError
gives nothing: missing_header; missing_header
gives nothing: missing_header; missing_header
gives nulls: missing_header; missing_header
gives nulls: missing_header; missing_header
gives numbers: malformed_header; missing_header
gives numbers: malformed_header; missing_header
verifies meanwhile: policy.created D-1; verifies
verifies meanwhile: policy.created D-1; verifies
constructs meanwhile: policy.created D-1; verifies
constructs meanwhile: policy.created D-1; verifies
lets the webhook go: policy.created D-1; verifies
lets the webhook go: policy.created D-1; verifies
lets its values go: policy.created D-1; verifies
lets its values go: policy.created D-1; verifies
gives references: malformed_header; verifies
gives references: malformed_header; verifies

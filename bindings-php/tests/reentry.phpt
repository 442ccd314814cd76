--TEST--
What the program's own code does while it is called changes nothing that was given, and frees nothing that is read
--EXTENSIONS--
hookseal
--FILE--
<?php
use Hookseal\{Scheme, Webhook};

final class Name implements JsonSerializable
{
    public function __construct(private Closure $do, private string $name = 'own') {}
    public function jsonSerialize(): mixed { ($this->do)(); return $this->name; }
}
final class Text
{
    public function __construct(private Closure $do, private string $text) {}
    public function __toString(): string { ($this->do)(); return $this->text; }
}
class Moment extends DateTimeImmutable
{
    public ?Closure $do = null;
    public function getTimestamp(): int { $text = str_repeat('t', 20); ($this->do)(); return parent::getTimestamp() + strlen($text) - 20; }
}
final class Last
{
    public function __construct(private Closure $do) {}
    public function __destruct() { ($this->do)(); }
}
function moment(Closure $do): Moment
{
    $moment = new Moment('@1600000000');
    $moment->do = $do;
    return $moment;
}
function scheme(mixed $name, mixed $title = 'Own'): array
{
    return ['name' => $name, 'title' => $title, 'signature' => ['header' => 'X-Sig', 'algorithm' => 'hmac-sha256', 'encoding' => 'hex', 'content' => '{body}'], 'event' => ['type_required' => false]];
}
function attempt(string $what, callable $do): void
{
    try {
        $said = json_encode($do());
        echo "$what: $said\n";
    } catch (Throwable $thrown) {
        echo "$what: ", $thrown::class, ': ', $thrown->getMessage(), "\n";
    }
}
/** A string of its own, at its own place. */
function secret(string $letter): string
{
    return str_repeat($letter, 40) . getmypid() % 10;
}
/** Takes the memory that was freed. */
function spray(): void
{
    for ($index = 0; $index < 64; $index++) {
        $GLOBALS['spray'][] = secret('A');
    }
}
/** Which of the secrets it verifies with. */
function verifies(Webhook $webhook, string ...$secrets): array
{
    return array_keys(array_filter($secrets, function (string $secret) use ($webhook): bool {
        try {
            return $webhook->verify('{"a":1}', ['X-Sig' => hash_hmac('sha256', '{"a":1}', $secret)])->keyIndex === 0;
        } catch (Hookseal\SignatureMismatchException) {
            return false;
        }
    }));
}

// The secrets are those that were given.
foreach (['options' => fn ($secret, $scheme) => new Webhook('own', $secret, ['scheme' => $scheme]), 'named' => fn ($secret, $scheme) => new Webhook('own', $secret, scheme: $scheme)] as $how => $make) {
    $secret = secret('S');
    $list = [&$secret];
    attempt("a secret that is freed, $how", function () use ($make, $list, &$secret) {
        return verifies($make($list, scheme(new Name(function () use (&$secret) { $secret = null; spray(); }))), secret('S'), secret('A'));
    });
    $secret = secret('S');
    attempt("a secret that is changed, $how", function () use ($make, $list, &$secret) {
        return verifies($make($list, scheme(new Name(function () use (&$secret) { $secret = secret('T'); spray(); }))), secret('S'), secret('A'), secret('T'));
    });
    $secret = secret('S');
    attempt("a secret that is given itself, $how", function () use ($make, &$secret) {
        return verifies($make($secret, scheme(new Name(function () use (&$secret) { $secret = null; spray(); }))), secret('S'), secret('A'));
    });
}

// Parts of the definition that their own code takes away.
attempt('an array in the definition', function () {
    $signature = scheme('')['signature'];
    $signature = ['algorithm' => new Name(function () use (&$signature) { $signature = null; spray(); }, 'hmac-sha256')] + $signature;
    $definition = scheme('own');
    $definition['signature'] = &$signature;
    return (new Scheme($definition))->name;
});
attempt('an object in the definition', function () {
    $name = new Name(function () use (&$name) { $name = null; spray(); });
    $definition = scheme('own');
    $definition['name'] = &$name;
    return (new Scheme($definition))->name;
});
attempt('properties in the definition', function () {
    $event = new stdClass();
    $event->type = ['pointer' => new Name(function () use ($event) { unset($event->type, $event->type_required); $event->other = 1; spray(); }, '/type')];
    $event->type_required = false;
    $definition = scheme('own');
    $definition['event'] = $event;
    return (new Scheme($definition))->name;
});
attempt('the definition itself', function () {
    $definition = scheme(null);
    $definition['name'] = new Name(function () use (&$definition) { $definition = null; spray(); });
    return (new Webhook('own', 'secret', ['scheme' => &$definition]))->provider;
});
attempt('an object that serialises as itself', function () {
    $definition = scheme('own');
    $definition['event'] = new class() implements JsonSerializable {
        public bool $type_required = false;
        protected string $hidden = 'x';
        public function jsonSerialize(): mixed { return $this; }
    };
    return (new Scheme($definition))->name;
});
enum Encoding: string { case Hex = 'hex'; }
attempt('an enumeration', function () {
    $definition = scheme('own');
    $definition['signature']['encoding'] = Encoding::Hex;
    return (new Scheme($definition))->name;
});
attempt('a destructor', function () {
    $made = 0;
    $last = new Last(function () use (&$made) { $made++; spray(); gc_collect_cycles(); });
    $name = new class($last) implements JsonSerializable {
        public function __construct(private Last $last) {}
        public function jsonSerialize(): mixed { return new class($this->last) implements JsonSerializable {
            public function __construct(private Last $last) {}
            public function jsonSerialize(): mixed { return 'own'; }
        }; }
    };
    $definition = scheme(null);
    $definition['name'] = &$name;
    unset($last);
    $definition['title'] = new Name(function () use (&$name) { $name = null; }, 'Own');
    $webhook = new Webhook('own', [secret('S')], ['scheme' => $definition]);
    return [$made, verifies($webhook, secret('S'))];
});
attempt('a destructor that throws', function () {
    $definition = scheme('own');
    $definition['title'] = new class() implements JsonSerializable {
        public function jsonSerialize(): mixed { new Last(fn () => throw new DomainException('its own')); return 'Own'; }
    };
    return (new Scheme($definition))->name;
});

// Constructors that are called once more on the way.
$objects = fn (string $class): array => array_values(array_filter(array_map(fn (array $frame) => $frame['object'] ?? null, debug_backtrace(DEBUG_BACKTRACE_PROVIDE_OBJECT)), fn ($object) => $object instanceof $class));
attempt('a webhook constructed on the way', function () use ($objects) {
    return new Webhook('own', secret('S'), ['scheme' => scheme(new Name(function () use ($objects) {
        foreach ($objects(Webhook::class) as $webhook) {
            $webhook->__construct('kasko', secret('I'));
            $GLOBALS['early'] = $webhook;
        }
    }))]);
});
echo $early->provider, ' ', $early->verify('{}', $early->sign('{}', 't'))->provider, "\n";
attempt('a scheme constructed on the way', function () use ($objects) {
    return new Scheme(scheme(new Name(function () use ($objects) {
        foreach ($objects(Scheme::class) as $scheme) {
            $scheme->__construct(scheme('inner', 'Inner'));
            $GLOBALS['early'] = $scheme;
        }
    })));
});
echo "$early->name $early->title\n";
foreach ([Webhook::class, Scheme::class] as $class) {
    attempt("$class before it is constructed", function () use ($objects, $class) {
        $definition = scheme(new Name(function () use ($objects, $class) {
            foreach ($objects($class) as $early) {
                attempt('used', fn () => $early instanceof Scheme ? new Webhook('kasko', 'secret', ['scheme' => $early]) : $early->verify('{}', []));
                attempt('used', fn () => $early instanceof Scheme ? new Webhook($early, 'secret') : $early->sign('{}'));
                attempt('used', fn () => $early instanceof Scheme ? $early->name : $early->explain('{}', []));
                attempt('used', fn () => $early instanceof Scheme ? $early->unsigned : $early->provider);
            }
            throw new DomainException('its own');
        }));
        return $class === Scheme::class ? new Scheme($definition) : new Webhook('own', 'secret', ['scheme' => $definition]);
    });
}

// A fiber stops on the way, and is never gone on with.
attempt('a fiber', function () {
    $webhook = (new ReflectionClass(Webhook::class))->newInstance(...);
    $secret = secret('S');
    $fiber = new Fiber(fn () => new Webhook('own', [&$secret], ['scheme' => scheme(new Name(fn () => Fiber::suspend()))]));
    $fiber->start();
    $lost = new Fiber(fn () => new Webhook('own', [&$secret], ['scheme' => scheme(new Name(fn () => Fiber::suspend()))]));
    $lost->start();
    $secret = secret('T');
    spray();
    unset($lost);
    $fiber->resume();
    return verifies($fiber->getReturn(), secret('S'), secret('A'), secret('T'));
});

// Moments.
$stripe = new Webhook('stripe', 'secret');
$body = '{"type":"t"}';
attempt('a moment that goes away', function () use ($stripe, $body) {
    $now = moment(function () use (&$now) { $now = null; spray(); });
    $headers = $stripe->sign($body, timestamp: 1_600_000_000);
    return $stripe->explain($body, $headers, ['now' => &$now])->verifies;
});
attempt('secrets that a moment frees', function () use ($stripe, $body) {
    $secret = secret('S');
    $headers = (new Webhook('stripe', secret('S')))->sign($body, timestamp: 1_600_000_000);
    $free = fn () => moment(function () use (&$secret) { $secret = secret('T'); spray(); });
    return array_map(fn ($report) => $report->findings[0]->code ?? 'none', [
        $stripe->explain($body, $headers, ['secrets' => [&$secret], 'now' => $free()]),
        $stripe->explain($body, $headers, secrets: [&$secret], now: $free()),
    ]);
});
attempt('a body and headers that a moment frees', function () use ($stripe) {
    $body = '{"type":"' . secret('S') . '"}';
    $headers = $stripe->sign($body, timestamp: 1_600_000_000);
    $right = $headers['Stripe-Signature'];
    $headers['Stripe-Signature'] = &$value;
    $value = $right;
    $free = moment(function () use (&$body, &$headers, &$value, $right) { $body = $headers = null; $value = "$right"; spray(); });
    return $stripe->verify($body, $headers, $free)->type === secret('S');
});
attempt('a moment that throws', fn () => $stripe->verify($body, [], moment(fn () => throw new DomainException('its own'))));
attempt('a moment that verifies', fn () => $stripe->verify($body, $stripe->sign($body, timestamp: 1_600_000_000), moment(fn () => $stripe->verify($body, $stripe->sign($body))))->type);
#[AllowDynamicProperties]
class Loose extends DateTimeImmutable
{
    #[ReturnTypeWillChange]
    public function getTimestamp() { return $this->says; }
}
set_error_handler(fn (int $level, string $message) => throw new ErrorException($message));
foreach (['text' => '1600000000', 'object' => new stdClass(), 'null' => null, 'list' => [1], 'float' => 1.5] as $what => $says) {
    $loose = new Loose();
    $loose->says = $says;
    attempt("a moment that says $what", fn () => $stripe->sign($body, timestamp: $loose));
}
foreach ([INF, -INF, NAN, 1e300] as $now) {
    attempt("at $now", fn () => $stripe->verify($body, [], $now));
}
attempt('at a fraction', fn () => $stripe->verify($body, $stripe->sign($body, timestamp: 1_600_000_000.9), 1_600_000_000.1)->type);

// Texts, and warnings that a handler makes exceptions of.
$kasko = new Webhook('kasko', 'secret');
attempt('texts', fn () => $kasko->sign('{}', new Text(function () { spray(); gc_collect_cycles(); }, 'a.b'), new Text(fn () => spray(), 'D-1'))['X-KASKO-Delivery']);
attempt('a text that throws', fn () => $kasko->sign('{}', 'a.b', new Text(fn () => throw new DomainException('its own'), '')));
attempt('a provider as text', fn () => (new Webhook(new Text(fn () => spray(), 'kasko'), secret('S')))->provider);
attempt('a name as text', fn () => Scheme::provider(new Text(fn () => throw new DomainException('its own'), 'kasko')));
attempt('a provider that is null', fn () => new Webhook(null, 'secret'));
attempt('a name that is null', fn () => Scheme::provider(null));
?>
--EXPECT--
a secret that is freed, options: [0]
a secret that is changed, options: [0]
a secret that is given itself, options: [0]
a secret that is freed, named: [0]
a secret that is changed, named: [0]
a secret that is given itself, named: [0]
an array in the definition: "own"
an object in the definition: "own"
properties in the definition: "own"
the definition itself: "own"
an object that serialises as itself: "own"
an enumeration: "own"
a destructor: [1,[0]]
a destructor that throws: DomainException: its own
a webhook constructed on the way: Error: Cannot construct a Hookseal\Webhook twice
kasko kasko
a scheme constructed on the way: Error: Cannot construct a Hookseal\Scheme twice
inner Inner
used: Error: The Hookseal\Webhook has not been constructed
used: Error: The Hookseal\Webhook has not been constructed
used: Error: The Hookseal\Webhook has not been constructed
used: Error: Typed property Hookseal\Webhook::$provider must not be accessed before initialization
Hookseal\Webhook before it is constructed: DomainException: its own
used: Error: The Hookseal\Scheme has not been constructed
used: Error: The Hookseal\Scheme has not been constructed
used: Error: Typed property Hookseal\Scheme::$name must not be accessed before initialization
used: Error: Typed property Hookseal\Scheme::$unsigned must not be accessed before initialization
Hookseal\Scheme before it is constructed: DomainException: its own
a fiber: [0]
a moment that goes away: true
secrets that a moment frees: ["secret_other_webhook","secret_other_webhook"]
a body and headers that a moment frees: true
a moment that throws: DomainException: its own
a moment that verifies: "t"
a moment that says text: TypeError: Hookseal\Webhook::sign(): Argument #4 ($timestamp) must be a DateTimeInterface or seconds since 1970 as int or float, string given
a moment that says object: TypeError: Hookseal\Webhook::sign(): Argument #4 ($timestamp) must be a DateTimeInterface or seconds since 1970 as int or float, stdClass given
a moment that says null: TypeError: Hookseal\Webhook::sign(): Argument #4 ($timestamp) must be a DateTimeInterface or seconds since 1970 as int or float, null given
a moment that says list: TypeError: Hookseal\Webhook::sign(): Argument #4 ($timestamp) must be a DateTimeInterface or seconds since 1970 as int or float, array given
a moment that says float: TypeError: Hookseal\Webhook::sign(): Argument #4 ($timestamp) must be a DateTimeInterface or seconds since 1970 as int or float, float given
at INF: ValueError: Hookseal\Webhook::verify(): Argument #3 ($now) must be a moment that seconds since 1970 can be counted for
at -INF: ValueError: Hookseal\Webhook::verify(): Argument #3 ($now) must be a moment that seconds since 1970 can be counted for
at NAN: ValueError: Hookseal\Webhook::verify(): Argument #3 ($now) must be a moment that seconds since 1970 can be counted for
at 1.0E+300: ValueError: Hookseal\Webhook::verify(): Argument #3 ($now) must be a moment that seconds since 1970 can be counted for
at a fraction: "t"
texts: "D-1"
a text that throws: DomainException: its own
a provider as text: "kasko"
a name as text: DomainException: its own
a provider that is null: ErrorException: Hookseal\Webhook::__construct(): Passing null to parameter #1 ($provider) of type Hookseal\Scheme|string is deprecated
a name that is null: ErrorException: Hookseal\Scheme::provider(): Passing null to parameter #1 ($name) of type string is deprecated

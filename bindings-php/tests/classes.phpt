--TEST--
What the classes are, and what nobody can do with them
--EXTENSIONS--
hookseal
--FILE--
<?php
use Hookseal\{Event, Finding, Report, Scheme, Webhook};

function attempt(string $what, callable $do): void
{
    try {
        $do();
        echo "$what: no error\n";
    } catch (Throwable $thrown) {
        echo $what, ': ', $thrown::class, ': ', $thrown->getMessage(), "\n";
    }
}

foreach ([Webhook::class, Event::class, Scheme::class, Report::class, Finding::class] as $name) {
    $class = new ReflectionClass($name);
    echo $name, ': ', $class->isFinal() ? 'final' : '', $class->isCloneable() ? ', cloneable' : '';
    foreach ($class->getProperties() as $property) {
        echo $property->isReadOnly() && $property->isPublic() ? " {$property->getType()} \${$property->name}" : " NOT READONLY {$property->name}";
    }
    echo "\n";
}

$webhook = new Webhook('kasko', 'whsec_1b6f2ae8d0444a349cc1f4c8');
$body = '{"policy_id":"P-1"}';
$event = $webhook->verify($body, $webhook->sign($body, 'policy.created'));
$scheme = Scheme::provider('kasko');
echo "$scheme->name $scheme->title ", implode(',', $scheme->unsigned), "\n";

$report = $webhook->explain($body, []);

foreach (compact('webhook', 'event', 'scheme', 'report') as $name => $object) {
    attempt("clone $name", fn () => clone $object);
    attempt("serialize $name", fn () => serialize($object));
    attempt("$name other", function () use ($object) { $object->other = 1; });
    attempt("unserialize $name", fn () => unserialize(sprintf('O:%d:"%s":0:{}', strlen($object::class), $object::class)));
    attempt("$name without constructor", fn () => (new ReflectionClass($object))->newInstanceWithoutConstructor());
}
foreach ([Finding::class, Event::class, Hookseal\SignatureMismatchException::class, Hookseal\ConfigurationException::class] as $class) {
    attempt("$class without constructor", fn () => (new ReflectionClass($class))->newInstanceWithoutConstructor());
    attempt("unserialize $class", fn () => unserialize(sprintf('O:%d:"%s":1:{s:4:"code";s:1:"x";}', strlen($class), $class)));
}
// Classes that a program may extend can be had without their constructor, and say what they are.
foreach ([Hookseal\Exception::class, Hookseal\VerificationException::class] as $class) {
    $made = (new ReflectionClass($class))->newInstanceWithoutConstructor();
    echo $made->errorCode, ' ', $made->httpStatus, ' ', $made->getMessage(), strlen((string) $made) > 0 ? 'reads as text' : '', "\n";
}
attempt('new Event', fn () => new Event());
attempt('new Report', fn () => new Report());
attempt('new Finding', fn () => new Finding());
attempt('Event by reflection', fn () => (new ReflectionClass(Event::class))->newInstance());
attempt('construct webhook twice', fn () => $webhook->__construct('coverkit', 'other'));
attempt('construct scheme twice', fn () => $scheme->__construct('name = "x"'));
echo $webhook->provider, ' ', $webhook->verify($body, $webhook->sign($body, 'policy.created'))->provider, "\n";

foreach (['provider', 'type', 'data', 'body', 'createdAt'] as $name) {
    // Asked for first, and only then touched: each time of a new event.
    $event = $webhook->verify($body, $webhook->sign($body, 'policy.created'));
    attempt("write $name", function () use ($event, $name) { $event->$name = null; });
    $event = $webhook->verify($body, $webhook->sign($body, 'policy.created'));
    attempt("unset $name", function () use ($event, $name) { unset($event->$name); });
    $event = $webhook->verify($body, $webhook->sign($body, 'policy.created'));
    attempt("reflection writes $name", fn () => (new ReflectionProperty($event, $name))->setValue($event, null));
}
$event = $webhook->verify($body, $webhook->sign($body, 'policy.created'));
attempt('write into data', function () use ($event) { $event->data['policy_id'] = 'P-2'; });
attempt('refer to data', function () use ($event) { $data = &$event->data; });
attempt('increment', function () use ($event) { $event->keyIndex++; });
attempt('closure bound', fn () => @Closure::bind(function () { $this->type = 'x'; }, $event, Event::class));
$finding = $webhook->explain("$body\n", $webhook->sign($body, 'policy.created'))->findings[0];
foreach (['verifies' => $report, 'findings' => $report, 'code' => $finding, 'secret' => $finding] as $name => $object) {
    attempt("write $name", function () use ($object, $name) { $object->$name = null; });
    attempt("unset $name", function () use ($object, $name) { unset($object->$name); });
}
attempt('write into findings', function () use ($report) { $report->findings[] = 1; });
attempt('serialize finding', fn () => serialize($finding));
attempt('finding other', function () use ($finding) { $finding->other = 1; });
$copy = $event->data;
$copy['policy_id'] = 'P-3';
echo $event->data['policy_id'], "\n";
?>
--EXPECTF--
Hookseal\Webhook: final string $provider int $maxBody array $warnings Hookseal\Scheme $scheme
Hookseal\Event: final string $provider string $type ?string $id ?DateTimeImmutable $createdAt bool $test bool $check mixed $data mixed $envelope array $unsigned string $body int $keyIndex string $dedupeKey
Hookseal\Scheme: final string $name string $title array $unsigned array $weaknesses array $constants bool $signsRequest bool $hasHandshake
Hookseal\Report: final bool $verifies ?string $error array $findings array $ruledOut
Hookseal\Finding: final, cloneable string $code string $what string $fix string $evidence bool $proven ?int $secret
kasko KASKO type,id
clone webhook: Error: Trying to clone an uncloneable object of class Hookseal\Webhook
serialize webhook: Exception: Serialization of 'Hookseal\Webhook' is not allowed
webhook other: Error: Cannot create dynamic property Hookseal\Webhook::$other
unserialize webhook: Exception: Unserialization of 'Hookseal\Webhook' is not allowed
webhook without constructor: ReflectionException: Class Hookseal\Webhook is an internal class marked as final that cannot be instantiated without invoking its constructor
clone event: Error: Trying to clone an uncloneable object of class Hookseal\Event
serialize event: Exception: Serialization of 'Hookseal\Event' is not allowed
event other: Error: Cannot create dynamic property Hookseal\Event::$other
unserialize event: Exception: Unserialization of 'Hookseal\Event' is not allowed
event without constructor: ReflectionException: Class Hookseal\Event is an internal class marked as final that cannot be instantiated without invoking its constructor
clone scheme: Error: Trying to clone an uncloneable object of class Hookseal\Scheme
serialize scheme: Exception: Serialization of 'Hookseal\Scheme' is not allowed
scheme other: Error: Cannot create dynamic property Hookseal\Scheme::$other
unserialize scheme: Exception: Unserialization of 'Hookseal\Scheme' is not allowed
scheme without constructor: ReflectionException: Class Hookseal\Scheme is an internal class marked as final that cannot be instantiated without invoking its constructor
clone report: Error: Trying to clone an uncloneable object of class Hookseal\Report
serialize report: Exception: Serialization of 'Hookseal\Report' is not allowed
report other: Error: Cannot create dynamic property Hookseal\Report::$other
unserialize report: Exception: Unserialization of 'Hookseal\Report' is not allowed
report without constructor: ReflectionException: Class Hookseal\Report is an internal class marked as final that cannot be instantiated without invoking its constructor
Hookseal\Finding without constructor: ReflectionException: Class Hookseal\Finding is an internal class marked as final that cannot be instantiated without invoking its constructor
unserialize Hookseal\Finding: Exception: Unserialization of 'Hookseal\Finding' is not allowed
Hookseal\Event without constructor: ReflectionException: Class Hookseal\Event is an internal class marked as final that cannot be instantiated without invoking its constructor
unserialize Hookseal\Event: Exception: Unserialization of 'Hookseal\Event' is not allowed
Hookseal\SignatureMismatchException without constructor: ReflectionException: Class Hookseal\SignatureMismatchException is an internal class marked as final that cannot be instantiated without invoking its constructor
unserialize Hookseal\SignatureMismatchException: no error
Hookseal\ConfigurationException without constructor: ReflectionException: Class Hookseal\ConfigurationException is an internal class marked as final that cannot be instantiated without invoking its constructor
unserialize Hookseal\ConfigurationException: no error
panic 500 reads as text
signature_mismatch 401 reads as text
new Event: Error: Call to private Hookseal\Event::__construct() from %s
new Report: Error: Call to private Hookseal\Report::__construct() from %s
new Finding: Error: Call to private Hookseal\Finding::__construct() from %s
Event by reflection: ReflectionException: Access to non-public constructor of class Hookseal\Event
construct webhook twice: Error: Cannot construct a Hookseal\Webhook twice
construct scheme twice: Error: Cannot construct a Hookseal\Scheme twice
kasko kasko
write provider: Error: Cannot modify readonly property Hookseal\Event::$provider
unset provider: Error: Cannot unset readonly property Hookseal\Event::$provider
reflection writes provider: Error: Cannot modify readonly property Hookseal\Event::$provider
write type: Error: Cannot modify readonly property Hookseal\Event::$type
unset type: Error: Cannot unset readonly property Hookseal\Event::$type
reflection writes type: Error: Cannot modify readonly property Hookseal\Event::$type
write data: Error: Cannot modify readonly property Hookseal\Event::$data
unset data: Error: Cannot unset readonly property Hookseal\Event::$data
reflection writes data: Error: Cannot modify readonly property Hookseal\Event::$data
write body: Error: Cannot modify readonly property Hookseal\Event::$body
unset body: Error: Cannot unset readonly property Hookseal\Event::$body
reflection writes body: Error: Cannot modify readonly property Hookseal\Event::$body
write createdAt: Error: Cannot modify readonly property Hookseal\Event::$createdAt
unset createdAt: Error: Cannot unset readonly property Hookseal\Event::$createdAt
reflection writes createdAt: Error: Cannot modify readonly property Hookseal\Event::$createdAt
write into data: Error: Cannot modify readonly property Hookseal\Event::$data
refer to data: Error: Cannot modify readonly property Hookseal\Event::$data
increment: Error: Cannot modify readonly property Hookseal\Event::$keyIndex
closure bound: no error
write verifies: Error: Cannot modify readonly property Hookseal\Report::$verifies
unset verifies: Error: Cannot unset readonly property Hookseal\Report::$verifies
write findings: Error: Cannot modify readonly property Hookseal\Report::$findings
unset findings: Error: Cannot unset readonly property Hookseal\Report::$findings
write code: Error: Cannot modify readonly property Hookseal\Finding::$code
unset code: Error: Cannot unset readonly property Hookseal\Finding::$code
write secret: Error: Cannot modify readonly property Hookseal\Finding::$secret
unset secret: Error: Cannot unset readonly property Hookseal\Finding::$secret
write into findings: Error: Cannot modify readonly property Hookseal\Report::$findings
serialize finding: Exception: Serialization of 'Hookseal\Finding' is not allowed
finding other: Error: Cannot create dynamic property Hookseal\Finding::$other
P-1

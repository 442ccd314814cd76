--TEST--
What a connection's own code does while the inbox runs on it
--EXTENSIONS--
hookseal
--FILE--
<?php
use Hookseal\{Connection, Inbox, Webhook};

final class Own implements Connection
{
    public ?Closure $do = null;
    public array $kinds = [];
    public function dialect(): string { return 'sqlite'; }
    public function inTransaction(): ?bool { return false; }
    public function run(string $sql, array $parameters, string $types, string $kind): array|int { $this->kinds[] = $kind; return ($this->do)($sql, $kind); }
    public function failure(Throwable $thrown): ?array { return $thrown instanceof RangeException ? ['HY000', 5] : null; }
    public function transaction(callable $work): mixed { return $work(); }
    public function reconnect(): bool { return false; }
}
$own = new Own();
$inbox = new Inbox($own, new Webhook('coverkit', 'whsec_1b6f2ae8d0444a349cc1f4c8'));
function attempt(string $what, callable $do): void
{
    try {
        echo "$what: ", json_encode($do()), "\n";
    } catch (Throwable $thrown) {
        echo "$what: ", $thrown::class, ': ', strtok($thrown->getMessage(), '('), ' ', $thrown instanceof Hookseal\InboxException ? "$thrown->errorCode $thrown->retryAfter" : '', "\n";
    }
}
$version = fn (string $sql): array|int => str_contains($sql, 'version') ? [[1]] : [];
foreach ([
    'calls the inbox' => fn () => $inbox->claim(),
    'throws its own' => fn () => throw new DomainException('its own'),
    'throws the database\'s' => fn () => throw new RangeException('database is locked'),
    'no rows' => fn () => 7,
    'uneven rows' => fn () => [[1], [1, 2]],
    'a float' => fn () => [[1.5]],
    'constructs it again' => fn () => $inbox->__construct($own, []) ?? [],
] as $what => $do) {
    $own->do = $do;
    attempt($what, fn () => $inbox->claim());
}
$own->do = fn (string $sql, string $kind): array|int => $kind === 'query' ? $version($sql) : 0;
attempt('works after all', fn () => $inbox->claim());
// One who throws in the middle is rolled back first.
$own->kinds = [];
$own->do = fn (string $sql, string $kind): array|int => $kind === 'transaction' ? 0 : throw new DomainException('its own');
attempt('in the middle', fn () => $inbox->claim());
echo implode(' ', $own->kinds), "\n";
// A fiber stops on the way, and is never gone on with.
$own->do = fn () => Fiber::suspend();
$fiber = new Fiber(fn () => $inbox->claim());
$fiber->start();
attempt('while it waits', fn () => $inbox->claim());
unset($fiber);
gc_collect_cycles();
$own->do = fn (string $sql, string $kind): array|int => $kind === 'query' ? $version($sql) : 0;
attempt('after it', fn () => $inbox->claim());
attempt('a name', fn () => new Inbox($own, [new Webhook('kasko', 'whsec_1b6f2ae8d0444a349cc1f4c8')]));
attempt('none', fn () => new Inbox($own, []));
attempt('a state', fn () => $inbox->list(state: 'x'));
?>
--EXPECT--
calls the inbox: calls the inbox: Error: The Hookseal\Inbox is at work: its connection runs a statement for it 
throws its own: throws its own: DomainException: its own 
throws the database's: throws the database's: Hookseal\InboxException: another transaction holds what is needed  in_progress 5
no rows: no rows: TypeError: Hookseal\Connection::run 
uneven rows: uneven rows: TypeError: Hookseal\Connection::run 
a float: a float: TypeError: Hookseal\Connection::run 
constructs it again: constructs it again: Error: Cannot construct a Hookseal\Inbox twice 
works after all: []
in the middle: in the middle: DomainException: its own 
transaction query transaction
while it waits: while it waits: Error: The Hookseal\Inbox is at work: its connection runs a statement for it 
after it: []
a name: a name: ValueError: Hookseal\Inbox::__construct 
none: none: Hookseal\InboxException: an inbox needs the webhook of at least one source invalid_inbox 
a state: a state: ValueError: `state` is none of waiting, leased, blocked, done, dead

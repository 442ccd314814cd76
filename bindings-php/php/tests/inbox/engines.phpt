--TEST--
The inbox on real servers: the same behaviour on each engine, in each way to connect
--EXTENSIONS--
hookseal
pdo
pdo_sqlite
pdo_pgsql
mysqlnd
pdo_mysql
mbstring
tokenizer
ctype
--FILE--
<?php
require __DIR__ . '/engines.inc';

use Hookseal\{Connection, Exception, Inbox, Webhook};

final class Behaviours
{
    public static function aDeliveryIsStoredOnceAndDoneOnce(Connection $connection, string $name): void
    {
        $tested = new Tested($connection, $name);
        $inbox = $tested->inbox;
        $first = $tested->receive(body('e1'));
        same(['stored', false, 'e1'], [$first->outcome, $first->isConflict, $first->event->id]);
        $again = $tested->receive(body('e1'));
        same(['duplicate', false], [$again->outcome, $again->isConflict]);
        $other = $tested->receive(body('e1', 'p', 'other'));
        same(['duplicate', true], [$other->outcome, $other->isConflict]);

        $claimed = $inbox->claim(10);
        same(1, count($claimed));
        same([1, 'coverkit', 'e1', body('e1')], [$claimed[0]->attempt, $claimed[0]->source, $claimed[0]->event->id, $claimed[0]->event->body]);
        same('p', $claimed[0]->event->data['policy']);
        check(abs($claimed[0]->receivedAt->getTimestamp() - time()) < 3600, 'received now');
        same([], $inbox->claim(10));

        try {
            $connection->transaction(function () use ($inbox, $claimed): void {
                $inbox->complete($claimed[0]);
                throw new DomainException('rolled back');
            });
        } catch (DomainException) {
        }
        same(['leased'], $tested->states());
        $tested->complete(...$claimed);
        same(['done'], $tested->states());
        $entry = $inbox->list()[0];
        same([2, 1, 'coverkit:e1'], [$entry['duplicates'], $entry['conflicts'], $entry['dedupe_key']]);
        $kept = $inbox->show($entry['seq']);
        same(body('e1'), $kept['body']);
        same('coverkit-signature', strtolower($kept['headers'][0][0]));
        same(null, $inbox->show($entry['seq'] + 1));
        check($inbox->replay($entry['seq']), 'it is replayed');
        same(1, count($inbox->claim(10)));
    }

    public static function aWorkerWhoseLeaseEndedCompletesNothing(Connection $connection, string $name): void
    {
        $tested = new Tested($connection, $name);
        $inbox = $tested->inbox;
        $tested->receive(body('e1'));
        [$slow] = $inbox->claim();
        $tested->makeDue();
        [$other] = $inbox->claim();
        same([$slow->seq, 2], [$other->seq, $other->attempt]);
        foreach ([
            fn () => $tested->complete($slow),
            fn () => $inbox->release($slow, 'too late'),
            fn () => $inbox->dead($slow, 'too late'),
            fn () => $inbox->extend($slow),
        ] as $do) {
            $lost = code($do);
            same(['lease_lost', 500, null], [$lost->errorCode, $lost->httpStatus, $lost->retryAfter]);
        }
        $inbox->extend($other);
        $tested->complete($other);
        same(['done'], $tested->states());
    }

    public static function whatFailsIsTriedAgainUntilItIsDead(Connection $connection, string $name): void
    {
        $tested = new Tested($connection, $name);
        $inbox = $tested->inbox;
        $tested->receive(body('e1'));
        for ($attempt = 1; $attempt <= 3; $attempt++) {
            $wait = $inbox->release($inbox->claim()[0], 'ValueError');
            same($attempt === 3 ? null : 0.0, $wait);
        }
        same([], $inbox->claim());
        $entry = $inbox->list(state: 'dead')[0];
        same('ValueError', $entry['error']);
        same([], $inbox->list(state: 'waiting'));
        $stats = $inbox->stats();
        same([1, true, 1], [$stats['sources'][0]['dead'], $stats['sources'][0]['is_known'], $stats['conflicts'] + 1]);
        $lines = explode("\n", $inbox->openmetrics());
        same(true, in_array('hookseal_inbox_deliveries{source="coverkit",state="dead"} 1', $lines, true));
        same(['# EOF', ''], array_slice($lines, -2));
        foreach (['it:e1' => 1, '"id":"e1"' => 1, 'E1' => 0] as $text => $count) {
            same($count, count($inbox->list(search: $text)));
            same($count, count($inbox->list('dead', 'coverkit', null, 10, 'policy.created', $text)));
        }
        same([], $inbox->list(eventType: 'policy.cancelled'));

        same(1, $inbox->retry());
        // A worker that dies with it again and again is no worker to give it to for ever.
        for ($attempt = 1; $attempt <= 3; $attempt++) {
            same(1, count($inbox->claim()));
            $tested->makeDue();
        }
        same([], $inbox->claim());
        same(['dead'], $tested->states());
        same(1, $inbox->retry($entry['seq']));
        same(1, $inbox->claim()[0]->attempt);
    }

    public static function onceIsTrueOnceAndBelongsToTheTransaction(Connection $connection, string $name): void
    {
        $tested = new Tested($connection, $name);
        $inbox = $tested->inbox;
        $body = body('e1');
        $headers = webhook()->sign($body);
        $event = webhook()->verify($body, $headers);
        foreach ([[true, false], [true, true], [false, true]] as [$isFirst, $commits]) {
            try {
                $connection->transaction(function () use ($inbox, $event, $isFirst, $commits): void {
                    same($isFirst, $inbox->once($event));
                    $commits || throw new DomainException('rolled back');
                });
            } catch (DomainException) {
            }
        }
        same('duplicate', $inbox->receive($body, $headers)->outcome);
        $entry = $inbox->list()[0];
        same(['done', null], [$entry['state'], $entry['body_length']]);
        check(!$inbox->replay($entry['seq']), 'nothing to replay');
    }

    public static function aKeyThatExpiredDoesNotSwallowAnEvent(Connection $connection, string $name): void
    {
        $tested = new Tested($connection, $name);
        $inbox = $tested->inbox;
        $tested->receive(body('e1'));
        $tested->execute('UPDATE {p}delivery SET received_at = received_at - 20000000000');
        // It is not done, so that it is not another event yet.
        same('duplicate', $tested->receive(body('e1'))->outcome);
        $tested->complete(...$inbox->claim());
        same(0, $inbox->prune());
        same('stored', $tested->receive(body('e1'))->outcome);
        same(['waiting'], $tested->states());
        $tested->complete(...$inbox->claim());
        $tested->execute('UPDATE {p}job SET finished_at = finished_at - 20000000000');
        same(0, $inbox->prune(30_000_000));
        same(1, $inbox->prune());
        same([], $tested->states());
    }

    public static function eventsOfAnAggregateAreHandledInOrder(Connection $connection, string $name): void
    {
        $tested = new Tested($connection, $name, ['aggregate' => '/data/policy', 'orderBy' => ['sequence' => '/data/note']]);
        $inbox = $tested->inbox;
        // The third arrives before the second.
        foreach ([['a1', 'a', '1'], ['a3', 'a', '3'], ['a2', 'a', '2'], ['b1', 'b', '1']] as $given) {
            same('stored', $tested->receive(body(...$given))->outcome);
        }
        $handled = [];
        for ($round = 0; $round < 10; $round++) {
            foreach ($inbox->claim(10) as $claimed) {
                $tested->complete($claimed);
                $handled[] = $claimed->event->id;
            }
            $tested->makeDue();
        }
        same(['a1', 'a2', 'a3'], array_values(array_diff($handled, ['b1'])));

        // One that is dead holds up those after it until it is discarded, and one that comes too late is said to.
        $tested->receive(body('a4', 'a', '4'));
        $tested->receive(body('a5', 'a', '5'));
        [$dead] = $inbox->claim(10);
        $inbox->dead($dead, 'no');
        $tested->makeDue();
        same([], $inbox->claim(10));
        check($inbox->discard($dead->seq), 'it is discarded');
        $last = $inbox->claim(10);
        same('a5', $last[0]->event->id);
        $tested->complete(...$last);
        $tested->receive(body('a0', 'a', '0'));
        check($inbox->list()[0]['is_late'], 'it is late');
    }

    public static function whatWasAlteredIsNotBelieved(Connection $connection, string $name): void
    {
        $tested = new Tested($connection, $name);
        foreach (['e1' => 'body', 'e2' => 'dedupe_key', 'e3' => 'headers'] as $id => $column) {
            $tested->receive(body($id));
            $value = $column === 'headers' ? "'[]'" : 'digest';
            $tested->execute("UPDATE {p}delivery SET $column = $value WHERE seq = (SELECT MAX(seq) FROM {p}job)");
        }
        same([], $tested->inbox->claim(10));
        same(['dead', 'dead', 'dead'], $tested->states());
    }

    public static function aSecretRotatedAwayIsWaitedFor(Connection $connection, string $name): void
    {
        $tested = new Tested($connection, $name);
        $tested->receive(body('e1'));
        $other = new Inbox($connection, new Webhook('coverkit', 'whsec_another_0123456789'), Tested::options($name));
        same([], $other->claim(10));
        $entry = $tested->inbox->list()[0];
        same(['waiting', 0], [$entry['state'], $entry['attempts']]);
        check(str_starts_with($entry['error'], 'unknown key'), $entry['error']);
        $tested->makeDue();
        same(1, count($tested->inbox->claim(10)));
    }

    public static function mistakesAreTold(Connection $connection, string $name): void
    {
        $tested = new Tested($connection, $name, migrates: false);
        $inbox = $tested->inbox;
        $dialect = ['sqlite' => 'sqlite', 'pgsql' => 'postgresql', 'mysql' => 'mysql'][$connection->dialect()] ?? $connection->dialect();
        $missing = code(fn () => $inbox->claim());
        same(['schema_missing', 500], [$missing->errorCode, $missing->httpStatus]);
        check(str_contains($missing->getMessage(), "hookseal inbox schema $dialect"), $missing->getMessage());
        $inbox->migrate();
        $tested->receive($body = body('e1'));
        $headers = webhook()->sign($body);
        $event = webhook()->verify($body, $headers);
        [$claimed] = $inbox->claim();
        same('no_transaction', code(fn () => $inbox->once($event))->errorCode);
        same('no_transaction', code(fn () => $inbox->complete($claimed))->errorCode);
        $connection->transaction(function () use ($inbox, $body, $headers, $claimed): void {
            foreach ([
                fn () => $inbox->receive($body, $headers),
                fn () => $inbox->claim(),
                fn () => $inbox->release($claimed, 'x'),
                fn () => $inbox->stats(),
            ] as $do) {
                same('open_transaction', code($do)->errorCode);
            }
        });
        same(['leased'], $tested->states());
        $foreign = (new Webhook('kasko', SECRET))->verify('{}', (new Webhook('kasko', SECRET))->sign('{}', 'a.b'));
        $connection->transaction(fn () => same('unknown_source', code(fn () => $inbox->once($foreign))->errorCode));

        $tested->execute('UPDATE {p}inbox SET version = 99');
        $newer = new Inbox($connection, webhook(), Tested::options($name));
        same('schema_version', code(fn () => $newer->claim())->errorCode);
        $unknown = code(fn () => $newer->receive($body, $headers, 'other'));
        same(['unknown_source', 500], [$unknown->errorCode, $unknown->httpStatus]);
        try {
            $newer->receive('{}', $headers);
            check(false, 'a forged delivery was received');
        } catch (Exception $forged) {
            same(['signature_mismatch', 401], [$forged->errorCode, $forged->httpStatus]);
        }
    }

    public static function aDuplicateDoesNotOvertakeAnOpenTransaction(Connection $connection, string $name, Connection $second): void
    {
        $tested = new Tested($connection, $name);
        if ($connection->dialect() === 'sqlite') {
            // It waits for the writer before, for as long as its connection says.
            $second->run('PRAGMA busy_timeout = 1', [], '', 'change');
        }
        $body = body('e1');
        $headers = webhook()->sign($body);
        $event = webhook()->verify($body, $headers);
        $other = new Inbox($second, webhook(), Tested::options($name));
        try {
            $connection->transaction(function () use ($tested, $other, $event, $body, $headers): void {
                check($tested->inbox->once($event), 'the first time');
                $busy = code(fn () => $other->receive($body, $headers));
                same(['in_progress', 503, 5], [$busy->errorCode, $busy->httpStatus, $busy->retryAfter]);
                throw new DomainException('rolled back');
            });
        } catch (DomainException) {
        }
        same('stored', $other->receive($body, $headers)->outcome);
    }

    public static function bytesAndTextsStayAsTheyAre(Connection $connection, string $name): void
    {
        $tested = new Tested($connection, $name);
        // Beyond Latin-1, quotes, backslashes, what looks like a parameter, and a body beyond a page.
        $body = body('é"\'\\?:a%s', "'; DROP TABLE x; --", str_repeat('ß𝄞\\\\"\'?', 20_000));
        same('stored', $tested->receive($body)->outcome);
        same('duplicate', $tested->receive($body)->outcome);
        [$claimed] = $tested->inbox->claim();
        check($claimed->event->body === $body, 'the body is as it was');
        check($tested->inbox->show($claimed->seq)['body'] === $body, 'the body is shown as it was');
        same("InvalidArgumentException: é'\\?", (function () use ($tested, $claimed): string {
            $tested->inbox->dead($claimed, "InvalidArgumentException: é'\\?");
            return $tested->inbox->list()[0]['error'];
        })());
    }
}

$count = 0;
// Under valgrind and the sanitizers, what is the extension's own.
$ways = getenv('USE_ZEND_ALLOC') === '0' ? ['pdo'] : WAYS;
foreach ((new ReflectionClass(Behaviours::class))->getMethods() as $behaviour) {
    foreach (ENGINES as $engine) {
        foreach ($ways as $way) {
            $name = 'p' . base_convert((string) getmypid(), 10, 36) . $count++;
            try {
                $behaviour->invoke(null, connection($way, $engine, $name), $name, ...($behaviour->getNumberOfParameters() > 2 ? [connection($way, $engine, $name)] : []));
            } catch (Throwable $thrown) {
                echo "{$behaviour->getName()} on $engine by $way: ", $thrown::class, ': ', $thrown->getMessage(), ' at line ', implode(', ', array_map(fn (array $frame) => ($frame['line'] ?? '?'), $thrown->getTrace())), "\n";
            }
        }
    }
}
echo $count / count(ENGINES) / count($ways), ' behaviours on ', count(ENGINES), " engines\n";
?>
--EXPECT--
11 behaviours on 3 engines

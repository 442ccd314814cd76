"""The same behaviour on each engine, by each kind of connection."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

import hookseal
from hookseal.inbox import InboxError, Order

from .program import WEBHOOK, Program, body


@pytest.fixture
def program(program: Program) -> Program:
    return program.migrated()


def test_a_delivery_is_stored_once_and_done_once(program: Program) -> None:
    inbox = program.inbox
    stored = program.receive(body("e1"))
    assert (stored.outcome, stored.is_conflict, stored.event.id) == ("stored", False, "e1")
    again = program.receive(body("e1"))
    assert (again.outcome, again.is_conflict) == ("duplicate", False)
    other = program.receive(body("e1", note="other"))
    assert (other.outcome, other.is_conflict) == ("duplicate", True)

    (claimed,) = inbox.claim(10)
    assert (claimed.attempt, claimed.source) == (1, "coverkit")
    assert claimed.event == stored.event
    assert claimed.event.body == body("e1")
    assert claimed.event.data == {"policy": "p", "note": ""}
    assert abs(datetime.now(timezone.utc) - claimed.received_at) < timedelta(hours=1)
    assert "policy.created" in repr(claimed)
    assert inbox.claim(10) == []

    with program.transaction(commits=False) as connection:
        inbox.complete(connection, claimed)
    assert program.states() == ["leased"]
    with program.transaction() as connection:
        inbox.complete(connection, claimed)
    assert program.states() == ["done"]
    (entry,) = inbox.list()
    assert (entry.duplicates, entry.conflicts) == (2, 1)
    assert entry.dedupe_key == "coverkit:e1"
    assert inbox.stats().conflicts == 1
    kept = inbox.show(entry.seq)
    assert kept.body == body("e1")
    assert WEBHOOK.verify(kept.body, kept.headers) == claimed.event
    assert inbox.replay(entry.seq)
    assert len(inbox.claim(10)) == 1


def test_a_worker_whose_lease_ended_completes_nothing(program: Program) -> None:
    inbox = program.inbox
    program.receive(body("e1"))
    (slow,) = inbox.claim()
    program.make_due()
    (other,) = inbox.claim()
    assert (other.seq, other.attempt) == (slow.seq, 2)

    with program.transaction(commits=False) as connection, pytest.raises(InboxError) as lost:
        inbox.complete(connection, slow)
    assert (lost.value.code, lost.value.http_status, lost.value.retry_after) == ("lease_lost", 500, None)
    lates: list[Callable[[], object]] = [
        lambda: inbox.release(slow, "too late"),
        lambda: inbox.dead(slow, "too late"),
        lambda: inbox.extend(slow),
    ]
    for late in lates:
        with pytest.raises(InboxError) as lost:
            late()
        assert lost.value.code == "lease_lost"
    inbox.extend(other)
    program.complete(other)
    assert program.states() == ["done"]


def test_what_fails_is_tried_again_until_it_is_dead(program: Program) -> None:
    inbox = program.inbox
    program.receive(body("e1"))
    for attempt in (1, 2, 3):
        (claimed,) = inbox.claim()
        assert (inbox.release(claimed, "ValueError") is None) == (attempt == 3)
    assert inbox.claim() == []
    (entry,) = inbox.list(state="dead")
    assert entry.error == "ValueError"
    (counted,) = inbox.stats().sources
    assert (counted.source, counted.dead, counted.is_known) == ("coverkit", 1, True)
    parsed = text_string_to_metric_families(inbox.openmetrics())  # type: ignore[no-untyped-call]
    families = {one.name: one for one in parsed}
    deliveries = families["hookseal_inbox_deliveries"].samples
    assert {one.labels["state"]: one.value for one in deliveries if one.value} == {"dead": 1}
    assert {one.labels["source"] for one in deliveries} == {"coverkit"}

    assert inbox.retry() == 1
    # A worker that dies with it again and again is no worker to give it to for ever.
    for _ in range(3):
        assert len(inbox.claim()) == 1
        program.make_due()
    assert inbox.claim() == []
    assert program.states() == ["dead"]
    assert inbox.retry(entry.seq) == 1
    assert inbox.claim()[0].attempt == 1


def test_a_list_is_filtered_by_type_and_searched(program: Program) -> None:
    inbox = program.inbox
    for event, note in (("e1", "one"), ("e2", "two"), ("e3", "two")):
        program.receive(body(event, note=note))

    def found(**wanted: str) -> list[str]:
        return [entry.dedupe_key for entry in inbox.list(**wanted)]

    assert found(search="two") == ["coverkit:e3", "coverkit:e2"]
    assert found(search="it:e1") == ["coverkit:e1"]
    assert found(search="two", state="waiting", source="coverkit") == found(search="two")
    assert found(search="Two") == found(event_type="policy.cancelled") == []
    assert len(found(event_type="policy.created")) == 3


def test_once_is_true_once_and_belongs_to_the_transaction(program: Program) -> None:
    inbox = program.inbox
    program.execute("CREATE TABLE {p}effect (id INTEGER)")
    event = program.event(body("e1"))
    for first, commits in ((True, False), (True, True), (False, True)):
        with program.transaction(commits=commits) as connection:
            assert inbox.once(connection, event) is first
            if first:
                program.kind.run(connection, f"INSERT INTO {program.prefix}effect VALUES (1)")
    assert program.count("effect") == 1
    # One that went through a queue is the same.
    with program.transaction() as connection:
        assert inbox.once(connection, pickle.loads(pickle.dumps(event))) is False
    again = program.receive(body("e1"))
    assert again.outcome == "duplicate"
    (entry,) = inbox.list()
    assert (entry.state, entry.body_length) == ("done", None)
    assert not inbox.replay(entry.seq)
    assert inbox.show(entry.seq) is None


def test_a_key_that_expired_does_not_swallow_an_event(program: Program) -> None:
    inbox = program.inbox
    program.receive(body("e1"))
    program.execute("UPDATE {p}delivery SET received_at = received_at - 20000000000")
    # It is not done, so that it is not another event yet.
    assert program.receive(body("e1")).outcome == "duplicate"
    program.complete(inbox.claim()[0])
    assert inbox.prune() == 0
    assert program.receive(body("e1")).outcome == "stored"
    assert program.states() == ["waiting"]

    program.complete(inbox.claim()[0])
    program.execute("UPDATE {p}job SET finished_at = finished_at - 20000000000")
    assert inbox.prune() == 1
    assert program.states() == []


def test_events_of_an_aggregate_are_handled_in_order(program: Program) -> None:
    order = Order("/data/policy", order_by={"sequence": "/data/note"})
    inbox = program.inbox = program.make({"coverkit": (WEBHOOK, order)})
    # The third arrives before the second.
    for id_, policy, sequence in (("a1", "a", 1), ("a3", "a", 3), ("a2", "a", 2), ("b1", "b", 1)):
        assert program.receive(body(id_, policy, sequence)).outcome == "stored"
    handled = []
    for _ in range(10):
        for claimed in inbox.claim(10):
            program.complete(claimed)
            handled.append(claimed.event.id)
        program.make_due()
    handled.remove("b1")
    assert handled == ["a1", "a2", "a3"]

    # One that is dead holds up those after it until it is discarded, and one that comes too late is
    # said to.
    for id_, sequence in (("a4", 4), ("a5", 5)):
        program.receive(body(id_, "a", sequence))
    dead = inbox.claim(10)[0]
    inbox.dead(dead, "no")
    program.make_due()
    assert inbox.claim(10) == []
    assert inbox.discard(dead.seq)
    (last,) = inbox.claim(10)
    assert last.event.id == "a5"
    program.complete(last)
    program.receive(body("a0", "a", 0))
    assert inbox.list()[0].is_late


def test_what_was_altered_is_not_believed(program: Program) -> None:
    for id_, column in (("e1", "body"), ("e2", "dedupe_key"), ("e3", "headers")):
        program.receive(body(id_))
        value = "'[]'" if column == "headers" else "digest"
        program.execute(
            f"UPDATE {{p}}delivery SET {column} = {value} WHERE seq = (SELECT MAX(seq) FROM {{p}}job)"
        )
    assert program.inbox.claim(10) == []
    assert program.states() == ["dead"] * 3


def test_a_secret_rotated_away_is_waited_for(program: Program) -> None:
    program.receive(body("e1"))
    other = program.make(hookseal.Webhook("coverkit", "whsec_another_0123456789"))
    assert other.claim(10) == []
    (entry,) = program.inbox.list()
    assert (entry.state, entry.attempts) == ("waiting", 0)
    assert entry.error.startswith("unknown key")
    program.make_due()
    assert len(program.inbox.claim(10)) == 1


def test_a_delivery_that_cannot_be_trusted_is_not_stored(program: Program) -> None:
    with pytest.raises(hookseal.SignatureMismatchError):
        program.inbox.receive(b"{}", WEBHOOK.sign(body("e1")))
    with pytest.raises(InboxError) as unknown:
        program.inbox.receive(b"{}", {}, source="other")
    assert (unknown.value.code, unknown.value.http_status) == ("unknown_source", 500)
    assert program.states() == []


def test_a_check_of_the_endpoint_is_not_stored(program: Program) -> None:
    webhook = hookseal.Webhook("claimport", "whsec_claims")
    inbox = program.make(webhook)
    check = b'{"type":"webhook.test","timestamp":"2024-01-15T10:00:00Z"}'
    assert inbox.receive(check, webhook.sign(check)).outcome == "check"
    assert program.states() == []


def test_a_duplicate_does_not_overtake_an_open_transaction(program: Program) -> None:
    event = program.event(body("e1"))
    with program.transaction(commits=False) as connection:
        assert program.inbox.once(connection, event)
        with pytest.raises(InboxError) as second:
            content = body("e1")
            other = program.make_impatient()
            program.elsewhere(lambda: other.receive(content, WEBHOOK.sign(content)))
        assert (second.value.code, second.value.http_status) == ("in_progress", 503)
        assert second.value.retry_after == 5
    assert program.receive(body("e1")).outcome == "stored"


def test_bodies_of_any_size_and_content_come_back(program: Program) -> None:
    notes = ["% %s ? ?? $1 \\ ' \" ;", "日本語 Adébáyọ̀ 𝔘", "x" * 700_000]
    for number, note in enumerate(notes):
        program.receive(body(f"e{number}", note=note))
    for number, claimed in enumerate(program.inbox.claim(10)):
        assert claimed.event.body == body(f"e{number}", note=notes[number])

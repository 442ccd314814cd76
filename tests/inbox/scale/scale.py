"""Receivers and workers in four languages on one inbox, which are killed and halted at random moments, and the server too.

On servers each language's workers have a clock that is hours from the database's.

scale.py ENGINE EVENTS KILLS: each event is sent up to three times, by receivers in different languages, and again until one
answers with success. Afterwards each event is done and has had exactly one effect. SEED in the environment repeats a run's
choices.
"""

from __future__ import annotations

import json
import os
import queue
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from process import SECRET, connecting

import hookseal
from hookseal.inbox import Inbox

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent
WEBHOOK = hookseal.Webhook("coverkit", SECRET)
PREFIX = f"scale{os.getpid()}_"
# Longer than the lease.
HALT = 1.5
# How many hours the clock of each language's workers is ahead of the server's.
CLOCKS = {"rust": -30, "python": 3, "node": -5, "php": 26}
# A hang, and not a slow machine: nothing happened for so many seconds.
HANG = 900

EXTENSIONS = ("pdo", "pdo_sqlite", "pdo_pgsql", "mysqlnd", "pdo_mysql")


# Held while the server is stopped: some programs connect when they start, and end if they cannot.
SERVER = threading.Lock()


def php() -> list[str]:
    command = ["php", "-n"]
    for name in EXTENSIONS:
        command += ["-d", f"extension={name}"]
    return [*command, "-d", f"extension={ROOT}/bindings-php/modules/hookseal.so", str(HERE / "process.php")]


COMMANDS = {
    "rust": [os.environ["HOOKSEAL_TEST_RUST"]],
    "python": [sys.executable, str(HERE / "process.py")],
    "node": ["node", str(HERE / "process.mjs")],
    "php": php(),
}


def check(holds: bool, what: object) -> None:
    if not holds:
        raise SystemExit(f"scale: {what}")


def with_clock(hours: int) -> dict[str, str]:
    """The environment of a process whose clock is so many hours ahead."""
    return {**os.environ, "LD_PRELOAD": str(ROOT / "build/scale/clock.so"), "CLOCK_AHEAD": str(hours)}


class Process:
    """A receiver or a worker, which is started again when it was killed."""

    def __init__(self, language: str, role: str, database: str) -> None:
        self.language = language
        self.role = role
        self._command = [*COMMANDS[language], role, database, PREFIX]
        # SQLite's clock is the process's.
        is_apart = role == "work" and not database.startswith("sqlite:")
        self._env = with_clock(CLOCKS[language]) if is_apart else dict(os.environ)
        self._lock = threading.Lock()
        self._killed: set[int] = set()
        self.start()

    def start(self) -> None:
        pipe = subprocess.PIPE if self.role == "receive" else None
        with SERVER:
            self.running = subprocess.Popen(self._command, env=self._env, stdin=pipe, stdout=pipe, text=True)

    def is_alive(self) -> None:
        is_ended = self.running.poll() is not None and self.running.pid not in self._killed
        check(not is_ended, f"{self.language} {self.role} ended by itself")

    def kill(self) -> None:
        with self._lock:
            self.is_alive()
            self._killed.add(self.running.pid)
            self.running.kill()
            self.running.wait()
            if self.role == "work":
                self.start()

    def halt(self) -> None:
        """Halts it for longer than a lease: what it does then, it does for nothing."""
        with self._lock:
            self.is_alive()
            self.running.send_signal(signal.SIGSTOP)
            time.sleep(HALT)
            self.running.send_signal(signal.SIGCONT)

    def send(self, delivery: str) -> str:
        """Returns the receiver's answer; none if it was killed."""
        with self._lock:
            self.is_alive()
            if self.running.poll() is not None:
                self.start()
            running = self.running
        assert running.stdin and running.stdout
        try:
            running.stdin.write(delivery + "\n")
            running.stdin.flush()
            return running.stdout.readline().strip()
        except BrokenPipeError:
            return ""

    def end(self) -> None:
        """Ends it as a service manager does; it must end well."""
        if self.role == "receive" and self.running.stdin:
            self.running.stdin.close()
        else:
            self.running.terminate()
        status = self.running.wait()
        check(status in (0, -signal.SIGKILL) and (status == 0 or self.running.pid in self._killed), f"{self.language} {self.role} ended with {status}")


class Scale:
    def __init__(self, engine: str, events: int, kills: int, seed: int) -> None:
        self.engine = engine
        self.events = events
        self.kills = kills
        self.random = random.Random(seed)
        self.folder = tempfile.TemporaryDirectory(prefix="hookseal-scale-")
        self.database = {
            "sqlite": f"sqlite:{self.folder.name}/inbox.sqlite",
            "postgresql": os.environ["HOOKSEAL_TEST_POSTGRESQL"],
            "mariadb": os.environ["HOOKSEAL_TEST_MYSQL"],
        }[engine]
        self.connect = connecting(self.database)
        if engine == "sqlite":
            connection = sqlite3.connect(f"{self.folder.name}/inbox.sqlite")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.close()
        Inbox(self.connect, WEBHOOK, prefix=PREFIX).migrate()
        self.query(f"CREATE TABLE {PREFIX}effect (event VARCHAR(20) NOT NULL, language VARCHAR(10) NOT NULL, clock BIGINT NOT NULL)")
        self.answers: Counter[str] = Counter()
        self.accepted: Counter[str] = Counter()

    def query(self, sql: str) -> list[Any]:
        connection = self.connect()
        try:
            cursor = connection.cursor()
            cursor.execute(sql)
            rows = list(cursor.fetchall()) if cursor.description else []
            connection.commit()
            return rows
        finally:
            connection.close()

    def delivery(self, event: str) -> str:
        body = json.dumps({"id": event, "type": "policy.created", "data": {}})
        return json.dumps({"body": body, "headers": dict(WEBHOOK.sign(body))})

    def server(self, action: str) -> None:
        subprocess.run([os.environ["HOOKSEAL_TEST_SERVER"], action, self.engine], check=True)

    def wait_for(self, what: str, number: Callable[[], int], wanted: int) -> None:
        last, since = -1, time.monotonic()
        while (now := number()) != wanted:
            if now != last:
                last, since = now, time.monotonic()
            check(time.monotonic() - since < HANG, f"{self.engine}: {what} stays at {now} of {wanted}")
            time.sleep(0.05)

    def count_done(self) -> int:
        return int(self.query(f"SELECT COUNT(*) FROM {PREFIX}job WHERE state = 'done'")[0][0])

    def send(self, receiver: Process, event: str) -> bool:
        answer = receiver.send(self.delivery(event))
        self.answers[answer or "killed"] += 1
        known = ("stored", "duplicate", "in_progress", "unavailable", "")
        check(answer in known, f"{receiver.language} answers {answer}")
        if answer in ("stored", "duplicate"):
            self.accepted[event] += 1
            return True
        return False

    def one_after_the_other(self) -> int:
        """Each language's worker handles, alone, what each language's receiver stores."""
        receivers = [Process(language, "receive", self.database) for language in COMMANDS]
        sent = 0
        for language in COMMANDS:
            worker = Process(language, "work", self.database)
            for receiver in receivers:
                check(self.send(receiver, f"{language}-{receiver.language}"), f"{receiver.language} stores nothing")
                sent += 1
            self.wait_for(f"what {language} has done", self.count_done, sent)
            worker.end()
        for receiver in receivers:
            receiver.end()
        rows = self.query(f"SELECT language, COUNT(*) FROM {PREFIX}effect GROUP BY language ORDER BY language")
        check([tuple(row) for row in rows] == [(language, 4) for language in sorted(COMMANDS)], rows)
        return sent

    def without_a_server(self) -> None:
        """Each language's receiver is told 503 while the server is stopped; then the sender comes again."""
        receivers = [Process(language, "receive", self.database) for language in COMMANDS]
        for receiver in receivers:
            check(self.send(receiver, f"{receiver.language}-before"), f"{receiver.language} stores nothing")
        self.server("stop")
        for receiver in receivers:
            answer = receiver.send(self.delivery(f"{receiver.language}-without"))
            check(answer == "unavailable", f"{receiver.language} answers {answer} without a server")
        self.server("start")
        for receiver in receivers:
            since = time.monotonic()
            while not self.send(receiver, f"{receiver.language}-without"):
                check(time.monotonic() - since < HANG, f"{receiver.language} has no server again")
            receiver.end()
        print(f"{self.engine}: stopped, four languages said 503, and started again", flush=True)

    def all_at_once(self) -> None:
        receivers = [Process(language, "receive", self.database) for language in COMMANDS]
        workers = [Process(language, "work", self.database) for language in COMMANDS]
        copies = [f"e{event}" for event in range(self.events) for _ in range(self.random.randint(1, 3))]
        self.random.shuffle(copies)
        waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        # Some are kept back until the last process is killed, so that there is work for as long.
        kept = copies[: len(copies) // 10]
        for event in copies[len(kept) :]:
            waiting.put(event)
        left = len(copies)
        lock = threading.Lock()

        def send_all(receiver: Process) -> None:
            nonlocal left
            while left > 0:
                try:
                    event = waiting.get(timeout=0.05)
                except queue.Empty:
                    continue
                if self.send(receiver, event):
                    with lock:
                        left -= 1
                else:
                    waiting.put(event)

        failures: list[BaseException] = []

        def guarded(work: Callable[[Process], None], process: Process) -> None:
            nonlocal left
            try:
                work(process)
            except BaseException as failure:
                failures.append(failure)
                left = 0

        senders = [threading.Thread(target=guarded, args=(send_all, receiver)) for receiver in receivers]
        for sender in senders:
            sender.start()
        halts = 0
        for number in range(self.kills):
            time.sleep(self.random.uniform(0.02, 0.4))
            if number == self.kills // 2 and self.engine != "sqlite":
                with SERVER:
                    self.server("stop")
                    self.server("start")
            process = self.random.choice([*workers, *workers, *receivers])
            if process.role == "work" and number % 4 == 3:
                process.halt()
                halts += 1
            else:
                process.kill()
        for event in kept:
            waiting.put(event)
        for sender in senders:
            sender.join()
        if failures:
            raise failures[0]
        self.wait_for("what is done", self.count_done, len(self.accepted))
        for process in (*receivers, *workers):
            process.end()
        print(f"{self.engine}: killed {self.kills - halts} times, halted {halts} times", flush=True)

    def verdict(self) -> None:
        events = set(self.accepted)
        stored = {bytes(row[0]).decode() for row in self.query(f"SELECT dedupe_key FROM {PREFIX}delivery")}
        check(stored == {f"coverkit:{event}" for event in events}, "what is stored is not what was accepted")
        effects = Counter(row[0] for row in self.query(f"SELECT event FROM {PREFIX}effect"))
        lost = sorted(events - set(effects))
        twice = sorted(event for event, times in effects.items() if times > 1)
        check(not lost, f"{self.engine}: {len(lost)} events have no effect: {lost[:5]}")
        check(not twice, f"{self.engine}: {len(twice)} events have more than one: {twice[:5]}")
        rows = self.query(f"SELECT language, MIN(clock), MAX(clock) FROM {PREFIX}effect GROUP BY language")
        for language, first, last in rows:
            hours = 0 if self.engine == "sqlite" else CLOCKS[language]
            ahead = [round((clock / 1000 - time.time()) / 3600) for clock in (int(first), int(last))]
            # Each effect is up to as old as the run, and the nearest clocks are three hours apart.
            check(hours - 2 <= ahead[0] <= ahead[1] <= hours, f"{language}'s clock is {ahead} hours ahead")
        taken = int(self.query(f"SELECT COUNT(*) FROM {PREFIX}job WHERE attempts > 1")[0][0])
        answers = ", ".join(f"{count} {answer}" for answer, count in sorted(self.answers.items()))
        print(f"{self.engine}: {len(events)} events, {sum(self.answers.values())} deliveries ({answers})")
        print(f"{self.engine}: exactly one effect each, {taken} after more than one attempt", flush=True)


def main(engine: str, events: int, kills: int) -> None:
    seed = int(os.environ.get("SEED") or random.SystemRandom().getrandbits(32))
    print(f"{engine}: SEED={seed}", flush=True)
    scale = Scale(engine, events, kills, seed)
    scale.one_after_the_other()
    if engine != "sqlite":
        scale.without_a_server()
    scale.all_at_once()
    own = len(COMMANDS) ** 2 + (0 if engine == "sqlite" else 2 * len(COMMANDS))
    check(len(scale.accepted) == events + own, "not every event was accepted")
    scale.verdict()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

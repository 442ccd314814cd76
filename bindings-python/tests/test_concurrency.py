"""One webhook in many threads, in forked processes and in other interpreters."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from deliveries import KASKO

import hookseal

THREADS = 32
ROUNDS = 400

PREFORK = """
import json
import hookseal

webhook = hookseal.Webhook("kasko", {secret!r})
# The parent has used it before it forks.
webhook.verify(b'{{"policy_id":"P-0"}}', webhook.sign(b'{{"policy_id":"P-0"}}', type="a")).data

def app(environ, start_response):
    body = environ["wsgi.input"].read()
    try:
        event = webhook.verify(body, environ)
        status, answer = "200 OK", {{"policy": event.data["policy_id"], "pid": __import__("os").getpid()}}
    except hookseal.HooksealError as error:
        status, answer = f"{{error.http_status}} Refused", {{"error": error.code}}
    start_response(status, [("Content-Type", "application/json")])
    return [json.dumps(answer).encode()]
"""


def test_threads_share_a_webhook_and_an_event() -> None:
    webhook = hookseal.Webhook("kasko", ["other", KASKO])
    shared_body = b'{"policy_id":"shared","list":[1,2,3]}'
    failures: list[str] = []
    barrier = threading.Barrier(THREADS)
    events = [
        webhook.verify(shared_body, webhook.sign(shared_body, type="a"))
        for _ in range(ROUNDS)
    ]
    seen: list[list[int]] = [[] for _ in events]

    def work(number: int) -> None:
        barrier.wait()
        for turn in range(ROUNDS):
            body = f'{{"policy_id":"P-{number}-{turn}","key{turn}":{{"ä{number}":[{turn}]}}}}'.encode()
            event = webhook.verify(body, webhook.sign(body, type="policy.created"))
            expected = {"policy_id": f"P-{number}-{turn}", f"key{turn}": {f"ä{number}": [turn]}}
            if event.data != expected or event.key_index != 0:
                failures.append(f"{number}/{turn}: {event.data}")
            try:
                webhook.verify(body + b" ", webhook.sign(body, type="policy.created"))
                failures.append(f"{number}/{turn}: a forgery")
            except hookseal.SignatureMismatchError:
                pass
            seen[turn].append(id(events[turn].data))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures[:3]
    # Data is built once, whoever asks.
    assert [len(ids) for ids in seen] == [THREADS] * ROUNDS
    assert all(len(set(ids)) == 1 for ids in seen)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system does not fork")
def test_gunicorn_prefork_under_load(tmp_path: Path) -> None:
    (tmp_path / "prefork.py").write_text(PREFORK.format(secret=KASKO))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--preload", "--workers", "3", "--threads", "4"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning", "prefork:app"]
    server = subprocess.Popen(command, cwd=tmp_path)
    webhook = hookseal.Webhook("kasko", KASKO)
    failures: list[str] = []
    workers: set[int] = set()

    def deliver(number: int) -> None:
        for turn in range(40):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
            body = json.dumps({"policy_id": f"P-{number}-{turn}", "text": "ä" * turn}).encode()
            headers = webhook.sign(body, type="policy.created")
            sent = body if turn % 5 else body + b" "
            connection.request("POST", "/", sent, headers)
            response = connection.getresponse()
            answer = json.loads(response.read())
            connection.close()
            if turn % 5:
                workers.add(answer.get("pid", 0))
                good = response.status == 200 and answer["policy"] == f"P-{number}-{turn}"
            else:
                good = response.status == 401 and answer == {"error": "signature_mismatch"}
            if not good:
                failures.append(f"{number}/{turn}: {response.status} {answer}")

    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        clients = [threading.Thread(target=deliver, args=(number,)) for number in range(12)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
    finally:
        server.terminate()
        server.wait(20)
    assert not failures, failures[:3]
    assert len(workers) > 1, "one process answered all"


def test_a_forked_child_verifies_while_the_parents_threads_do() -> None:
    code = """
import os, threading
import hookseal
webhook = hookseal.Webhook("kasko", "s")
body = b'{"a":{"b":[1,2,3]}}'
headers = webhook.sign(body, type="a")
stop = threading.Event()
def work():
    while not stop.is_set():
        webhook.verify(body, headers).data
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads: thread.start()
for _ in range(30):
    child = os.fork()
    if child == 0:
        right = all(webhook.verify(body, headers).data == {"a": {"b": [1, 2, 3]}} for _ in range(200))
        os._exit(0 if right else 1)
    assert os.waitpid(child, 0)[1] == 0
stop.set()
for thread in threads: thread.join()
"""
    if not hasattr(os, "fork"):
        pytest.skip("the system does not fork")
    # Python itself warns of forking with threads; that is what is tested.
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, timeout=600)


@pytest.mark.parametrize("isolated", [False, True])
def test_another_interpreter_gets_an_import_error(isolated: bool) -> None:
    code = f"""
import sys
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
import hookseal
script = '''
try:
    import hookseal
except ImportError as error:
    print("refused:", error)
else:
    print("imported", hookseal.Webhook("kasko", "s").provider)
'''
if sys.version_info >= (3, 13):
    made = interpreters.create("isolated" if {isolated} else "legacy")
else:
    made = interpreters.create(isolated={isolated})
run = getattr(interpreters, "run_string", None) or interpreters.exec
run(made, script)
sys.stdout.flush()
"""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, timeout=600
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("refused: "), ran.stdout + ran.stderr
    assert "interpreter" in ran.stdout, ran.stdout
    # From 3.12 on Python itself refuses for isolated ones. Those of mod_wsgi never are.
    if not isolated or sys.version_info < (3, 12):
        assert "daemon process group" in ran.stdout
        assert "WSGIApplicationGroup %{GLOBAL}" in ran.stdout

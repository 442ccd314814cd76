"""The examples run as their README says, and take what send.py sends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .deliveries import POLICY, kasko
from .serving import EXAMPLES, SECONDS, SECRET, Server, gunicorn, serving, uvicorn
from .test_aws_lambda import FrontEnd

LOGGED = "policy TEST-POLICY-12345, test: True"


def run(*command: str, secret: str = SECRET) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        env={**os.environ, "KASKO_SECRET": secret},
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )


def send(server: Server, secret: str = SECRET) -> subprocess.CompletedProcess[str]:
    url = f"http://127.0.0.1:{server.port}/webhooks/kasko"
    return run(str(EXAMPLES / "send.py"), url, secret=secret)


@pytest.mark.parametrize(
    ("framework", "command"),
    [
        ("django", gunicorn("app:application", EXAMPLES / "django")),
        ("flask", gunicorn("app:app", EXAMPLES / "flask")),
        ("fastapi", uvicorn("app:app", EXAMPLES / "fastapi")),
    ],
    ids=["django", "flask", "fastapi"],
)
def test_server(framework: str, command: list[str], tmp_path: Path) -> None:
    pytest.importorskip(framework)
    log = tmp_path / "log"
    with serving(command, log) as server:
        sent = send(server)
        assert (sent.stdout, sent.returncode) == ("204\n", 0), sent.stderr
        assert LOGGED in log.read_text()

        sent = send(server, secret="another secret")
        assert sent.stderr == '401 {"error": "signature_mismatch"}\n'
        assert server.send("/webhooks/kasko", POLICY, kasko()).status == 204


def test_lambda() -> None:
    body = POLICY.replace(b"true", b"false")
    invocation = FrontEnd("function_url").invocation(body, kasko(body))
    code = f"""
import sys
sys.path.insert(0, {str(EXAMPLES / "aws_lambda")!r})
from handler import handler
print(handler({invocation!r}, None))
"""
    ran = run("-c", code)
    assert ran.stdout == "{'statusCode': 200, 'body': '', 'isBase64Encoded': False}\n", ran.stderr

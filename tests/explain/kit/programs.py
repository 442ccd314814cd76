"""The real programs that deliveries go through: started once, stopped at the end."""

import base64
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from kit.http import HOST, arrival, post

HERE = Path(__file__).resolve().parent.parent
RECEIVERS = HERE / "receivers"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Programs:
    """Deliveries go in as `programs.express("/stringify", delivery)`, an `Arrival` comes out."""

    def __init__(self, build):
        self.environment = {
            **os.environ,
            "CORPUS_BUILD": str(build),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
        }
        self.stack = ExitStack()
        self.work = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.work.chmod(0o755)
        self.ports = {}

    def __enter__(self):
        try:
            for name in ("express", "fastify", "hono", "node_http"):
                self.ports[name] = self.start(["node", RECEIVERS / f"{name}.mjs"])
            for name in ("flask_app", "django_app"):
                self.ports[name] = self.start([sys.executable, RECEIVERS / f"{name}.py"])
            self.ports["gateway"] = self.start([sys.executable, RECEIVERS / "gateway.py", self.ports["express"]])
            self.ports["php"] = self.start_php()
            self.ports["nginx"] = self.start_nginx()
        except BaseException:
            self.stack.close()
            raise
        return self

    def __exit__(self, *_):
        self.stack.close()

    # Receivers.
    def express(self, path, delivery, **how):
        return arrival(post(self.ports["express"], path, delivery, **how))

    def fastify(self, path, delivery):
        return arrival(post(self.ports["fastify"], path, delivery))

    def hono(self, path, delivery):
        return arrival(post(self.ports["hono"], path, delivery))

    def node(self, path, delivery, **how):
        return arrival(post(self.ports["node_http"], path, delivery, **how))

    def flask(self, path, delivery, **how):
        return arrival(post(self.ports["flask_app"], path, delivery, **how))

    def django(self, path, delivery, **how):
        return arrival(post(self.ports["django_app"], path, delivery, **how))

    def php(self, path, delivery):
        return arrival(post(self.ports["php"], path, delivery))

    def nginx(self, path, delivery):
        return arrival(post(self.ports["nginx"], path, delivery))

    def nginx_with_underscores(self, delivery):
        return arrival(post(self.ports["nginx_underscores"], "/", delivery))

    def gateway(self, path, delivery):
        return arrival(post(self.ports["gateway"], path, delivery))

    def aws_lambda(self, path, delivery, *, binary, **called):
        event = {
            **called,
            "path": path,
            "headers": delivery.headers,
            "body": base64.b64encode(delivery.body).decode(),
            "binary": binary,
        }
        return arrival(self.run(["node", RECEIVERS / "lambda.mjs"], json.dumps(event).encode()))

    def curl(self, path, delivery, *options, form=False):
        """curl sends body.json to Express. `form`: with the content type that curl itself chooses."""
        headers = [(name, value) for name, value in delivery.headers if not form or name != "Content-Type"]
        given = [part for name, value in [("Host", HOST), *headers] for part in ("--header", f"{name}: {value}")]
        (self.work / "body.json").write_bytes(delivery.body)
        url = f"http://127.0.0.1:{self.ports['express']}{path}"
        return arrival(self.run(["curl", "--silent", "--show-error", "--fail", *given, *options, url]))

    # Programs that end.
    def run(self, command, given=b"", folder=None, environment=()):
        done = subprocess.run(
            [str(part) for part in command],
            input=given,
            capture_output=True,
            cwd=folder or self.work,
            env={**self.environment, **dict(environment)},
            timeout=600,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{command} failed: {done.stderr.decode(errors='replace')}")
        return done.stdout

    def shell(self, script, given=b"", **files):
        """What a shell script prints, in a folder with these files."""
        with tempfile.TemporaryDirectory(dir=self.work) as folder:
            for name, content in files.items():
                Path(folder, name.replace("_", ".", 1)).write_bytes(content)
            return self.run(["bash", "-c", script], given, folder, {"HOME": folder, "GIT_CONFIG_NOSYSTEM": "1"})

    def javascript(self, code, given=b""):
        """What a script for Node prints; `input` is what it is given, as bytes."""
        setup = "const input = require('node:fs').readFileSync(0);"
        return self.run(["node", "-e", setup + code], given)

    def php_code(self, code, given=b"", *options):
        """What PHP code prints; `$input` is what it is given."""
        return self.run(["php", "-n", *options, "-r", "$input = stream_get_contents(STDIN);" + code], given)

    # Starting.
    def start(self, command):
        """Starts a server that says its port on standard output."""
        server = self.spawn(command, stdout=subprocess.PIPE)
        ready, _, _ = select.select([server.stdout], [], [], 30)
        line = server.stdout.readline().decode() if ready else ""
        if not line.startswith("port "):
            raise RuntimeError(f"{command} did not start")
        return int(line.removeprefix("port "))

    def start_php(self):
        port = free_port()
        log = (self.work / "php.log").open("wb")
        self.stack.callback(log.close)
        self.spawn(["php", "-S", f"127.0.0.1:{port}", RECEIVERS / "php_app.php"], stdout=log, stderr=log)
        return self.listening(port)

    def start_nginx(self):
        port, self.ports["nginx_underscores"] = free_port(), free_port()
        words = {
            "PORT": port,
            "UNDERSCORES": self.ports["nginx_underscores"],
            "NODE": self.ports["node_http"],
            "EXPRESS": self.ports["express"],
            "WORK": self.work,
            "USER": "user root;" if os.geteuid() == 0 else "",
        }
        configuration = (RECEIVERS / "nginx.conf").read_text()
        for word, value in words.items():
            configuration = configuration.replace(word, str(value))
        (self.work / "nginx.conf").write_text(configuration)
        nginx = next((path for path in ("/usr/sbin/nginx", "/usr/local/sbin/nginx") if os.path.exists(path)), "nginx")
        self.spawn([nginx, "-c", self.work / "nginx.conf", "-e", self.work / "nginx.log"])
        return self.listening(port)

    def spawn(self, command, **pipes):
        server = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, env=self.environment, cwd=self.work, **pipes
        )
        self.stack.callback(stop, server)
        return server

    def listening(self, port):
        deadline = time.monotonic() + 300
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return port
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)


def stop(server):
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    if server.stdout:
        server.stdout.close()

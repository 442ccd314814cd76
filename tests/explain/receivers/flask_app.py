"""Handlers for Flask that verify something else than what came in."""

import base64
import json
import logging
import os
import unicodedata

from flask import Flask, jsonify, request
from werkzeug.serving import make_server

app = Flask(__name__)


def in_hand(body):
    body = body.encode() if isinstance(body, str) else body
    return {"body": base64.b64encode(body).decode(), "headers": list(request.headers.items())}


def receive(path, body_of):
    app.add_url_rule(path, path, lambda: in_hand(body_of()), methods=["POST"])


def parsed():
    return request.get_json(force=True)


receive("/raw", lambda: request.get_data())

# Parsed, and written again.
receive("/dumps", lambda: json.dumps(parsed()))
receive("/dumps-unicode", lambda: json.dumps(parsed(), ensure_ascii=False, separators=(",", ":")))
receive("/dumps-sorted", lambda: json.dumps(parsed(), sort_keys=True, separators=(",", ":")))
receive("/dumps-indent", lambda: json.dumps(parsed(), indent=4))
receive("/jsonify", lambda: jsonify(parsed()).get_data())



def without_none(value):
    """As a model that drops what is None."""
    if isinstance(value, list):
        return [without_none(element) for element in value]
    if isinstance(value, dict):
        return {key: without_none(member) for key, member in value.items() if member is not None}
    return value


receive(
    "/without-none", lambda: json.dumps(without_none(parsed()), ensure_ascii=False, separators=(",", ":"))
)

# What Python prints for an object.
receive("/str", lambda: str(parsed()))
receive("/str-bytes", lambda: str(request.get_data()))

# Decoded and encoded again.
receive("/latin1", lambda: request.get_data().decode("latin-1"))
receive("/cp1252", lambda: request.get_data().decode("cp1252"))
receive("/ascii", lambda: request.get_data().decode().encode("ascii", errors="replace"))
receive("/nfd", lambda: unicodedata.normalize("NFD", request.get_data().decode()))
receive("/replace", lambda: request.get_data().decode("ascii", errors="replace"))

# Read before, or read in part.
receive("/form-then-data", lambda: request.form and request.get_data())
receive("/read-512", lambda: request.stream.read(512))

# The URL, as Flask has it: decoded.
@app.post("/url/<path:rest>")
def url(rest):
    return in_hand(request.get_data()) | {"url": request.url}


# Forms.
receive("/form-payload", lambda: request.form["payload"])
receive("/form-dict", lambda: str(request.form.to_dict()))
receive("/form-key", lambda: next(iter(request.form)))


logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = make_server("127.0.0.1", 0, app, threaded=True)
os.write(1, f"port {server.port}\n".encode())
server.serve_forever()

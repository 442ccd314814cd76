"""A gateway on WSGI that passes the names of headers on as the environment has them: X_KASKO_SIGNATURE.

Usage: gateway.py PORT, to which it passes requests on.
"""

import http.client
import os
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server


def forward(environ, start_response):
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    headers = {name.removeprefix("HTTP_"): value for name, value in environ.items() if name.startswith("HTTP_")}
    headers |= {"Host": headers.pop("HOST"), "Connection": headers.pop("CONNECTION")}
    headers["Content-Type"] = environ["CONTENT_TYPE"]
    upstream = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=300)
    upstream.request("POST", environ["PATH_INFO"], body, headers)
    answer = upstream.getresponse().read()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [answer]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


server = make_server("127.0.0.1", 0, forward, handler_class=Quiet)
os.write(1, f"port {server.server_port}\n".encode())
server.serve_forever()

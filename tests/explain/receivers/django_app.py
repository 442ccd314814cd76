"""Views for Django that verify something else than what came in."""

import base64
import json
import os
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="none", DEBUG=True)


def receive(route, body_of, headers_of=lambda request: list(request.headers.items())):
    def view(request):
        body = body_of(request)
        body = body.encode() if isinstance(body, str) else body
        return JsonResponse({"body": base64.b64encode(body).decode(), "headers": headers_of(request)})

    return path(route, view)


def environment(request):
    """The part of `request.META` that is of the request."""
    return [(name, value) for name, value in request.META.items() if name.startswith(("HTTP_", "CONTENT_"))]


def read_twice(request):
    request.read()
    return request.read()


urlpatterns = [
    receive("raw", lambda request: request.body),
    receive("meta", lambda request: request.body, environment),
    receive("dumps", lambda request: json.dumps(json.loads(request.body))),
    receive("json-response", lambda request: JsonResponse(json.loads(request.body)).content),
    receive("dumps-indent", lambda request: json.dumps(json.loads(request.body), indent=2)),
    receive("read-twice", read_twice),
    receive("logged", lambda request: request.body),
    receive("form-lists", lambda request: json.dumps(dict(request.POST.lists()))),
    receive("form-payload", lambda request: request.POST["payload"]),
]


def logging_middleware(application):
    """Reads the body of every request to /logged, and leaves none to the application."""

    def middleware(environ, start_response):
        if environ["PATH_INFO"] == "/logged":
            environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        return application(environ, start_response)

    return middleware


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


server = make_server("127.0.0.1", 0, logging_middleware(get_wsgi_application()), handler_class=Quiet)
os.write(1, f"port {server.server_port}\n".encode())
server.serve_forever()

"""Exemption of class-based views from Django's CSRF protection.

Django looks for the exemption on the view that the URL leads to. The view of a class has only the
attributes of its method ``dispatch``, so decorating ``post`` exempts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, get_resolver

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["exempt", "require_exemption"]

MIDDLEWARE = "django.middleware.csrf.CsrfViewMiddleware"
MARK = "_hookseal_webhook"
HINT = (
    "Decorate the method dispatch, from which Django takes that a class-based view is exempt: "
    "@method_decorator(webhook_view(webhook), name=\"dispatch\") on the class."
)


def exempt(view: Any) -> None:
    """Marks a view as exempt, and as one that has to be."""
    # Django's own decorator hides in old versions that a view is async.
    view.csrf_exempt = True
    setattr(view, MARK, True)


def require_exemption(request: HttpRequest) -> None:
    """Refuses to work where deliveries would be answered with 403 before they get here.

    Only requests of Django's test client, which is exempt itself, and the like get this far.
    """
    match = request.resolver_match
    if match is not None and _is_protected(match.func):
        raise ImproperlyConfigured(f"{_message(match.func)} {HINT}")


def _message(callback: Any) -> str:
    view = getattr(callback, "view_class", callback)
    return f"CSRF protection answers deliveries to {view.__qualname__} with 403."


def _is_protected(callback: Any) -> bool:
    return not getattr(callback, "csrf_exempt", False) and MIDDLEWARE in settings.MIDDLEWARE


@checks.register(checks.Tags.security)
def _check(app_configs: object, **options: object) -> list[checks.CheckMessage]:
    """Finds decorated methods of classes that are not exempt, when Django checks its set-up."""
    if not settings.ROOT_URLCONF:
        return []
    return [
        checks.Error(_message(callback), hint=HINT, id="hookseal.E001")
        for callback in _callbacks(get_resolver())
        if _is_protected(callback) and _has_decorated_method(callback)
    ]


def _callbacks(resolver: Any) -> Iterator[Any]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.callback
        else:
            yield from _callbacks(pattern)


def _has_decorated_method(callback: Any) -> bool:
    view = getattr(callback, "view_class", None)
    names: list[str] = getattr(view, "http_method_names", [])
    return any(hasattr(getattr(view, name, None), MARK) for name in names)

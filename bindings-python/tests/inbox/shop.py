"""A Django project with the inbox's app, on one engine: `python -m inbox.shop ALIAS FOLDER`.

It migrates, receives, fails, and retries on the admin's page; then it asks what `makemigrations` would make.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.urls import path

from hookseal.inbox import Inbox

from .program import WEBHOOK, body
from .project import databases, pretend_to_be_mysqlclient

inbox: Any = Inbox(lambda: connections["default"], WEBHOOK)
urlpatterns: list[Any] = []


def configure(alias: str, folder: Path) -> None:
    pretend_to_be_mysqlclient()
    database = databases()[alias] | {"ATOMIC_REQUESTS": True}
    if alias == "sqlite":
        database["NAME"] = str(folder / "shop.sqlite")
    settings.configure(
        DATABASES={"default": database},
        INSTALLED_APPS=[
            "django.contrib.admin",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.messages",
            "django.contrib.sessions",
            "hookseal.inbox.django",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                        "django.template.context_processors.request",
                    ]
                },
            }
        ],
        ALLOWED_HOSTS=["testserver"],
        HOOKSEAL_INBOX=f"{__name__}.inbox",
        ROOT_URLCONF=__name__,
        SECRET_KEY="for the test",
        STATIC_URL="/static/",
        USE_TZ=True,
    )
    django.setup()


def main(alias: str, folder: str) -> None:
    configure(alias, Path(folder))
    from django.contrib import admin
    from django.contrib.auth.models import User
    from django.test import Client

    from hookseal.django import webhook_view
    from hookseal.inbox.django.models import Job

    # As its name in the settings.
    sys.modules["inbox.shop"] = sys.modules["__main__"]
    urlpatterns.extend(
        [path("admin/", admin.site.urls), path("webhook", webhook_view(inbox=inbox))]
    )
    call_command("migrate", verbosity=0)
    found: dict[str, Any] = {"made": inbox.migrate()}
    client = Client()
    statuses = []
    for number in (1, 2):
        content = body(f"e{number}", note="personal")
        response = client.post(
            "/webhook", content, content_type="application/json", headers=WEBHOOK.sign(content)
        )
        statuses.append(response.status_code)
    found["statuses"] = statuses
    dead = inbox.claim()[0]
    inbox.dead(dead, "ValueError")

    User.objects.create_superuser("anna", password="p")
    client.force_login(User.objects.get())
    page = client.get("/admin/hookseal_inbox/job/")
    listed = page.content.decode()
    found["listed"] = [page.status_code, listed.count("policy.created"), "ValueError" in listed]
    one = client.get(f"/admin/hookseal_inbox/job/{dead.seq}/change/").content.decode()
    found["one"] = ["ValueError" in one, "personal" in one + listed, "_save" in one]
    # A page's transaction is the request's, and the inbox commits its own.
    settings.DATABASES["default"]["ATOMIC_REQUESTS"] = False
    connections["default"].settings_dict["ATOMIC_REQUESTS"] = False
    chosen = {"action": "retry", "_selected_action": [str(job.pk) for job in Job.objects.all()]}
    done = client.post("/admin/hookseal_inbox/job/", chosen, follow=True).content.decode()
    found["retried"] = ["Retry: 1 of 2 deliveries" in done, [entry.state for entry in inbox.list()]]
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    call_command("migrate", "hookseal_inbox", "zero", verbosity=0)
    tables = connections["default"].introspection.table_names()
    found["left"] = [name for name in tables if name in ("hookseal_job", "hookseal_delivery", "hookseal_inbox")]
    call_command("flush", verbosity=0, interactive=False)
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The configuration of the app."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["InboxConfig"]


class InboxConfig(AppConfig):
    """The inbox as a Django app."""

    name = "hookseal.inbox.django"
    label = "hookseal_inbox"
    verbose_name = "Webhook inbox"
    default_auto_field = "django.db.models.BigAutoField"

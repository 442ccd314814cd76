"""The inbox in Django's admin: to be read, with actions that retry, replay and discard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin, messages
from django.utils.module_loading import import_string

from hookseal._exceptions import InboxError
from hookseal.inbox.django.models import Job

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from hookseal.inbox import Inbox

    _Admin = admin.ModelAdmin[Job]
else:
    _Admin = admin.ModelAdmin

__all__ = ["JobAdmin"]


@admin.register(Job)
class JobAdmin(_Admin):
    """The deliveries of an inbox, without what they carry."""

    list_display = ("pk", "source", "event_type", "state", "attempts", "received_at", "due", "error")
    list_filter = ("state", "source")
    list_select_related = ("delivery",)
    ordering = ("-pk",)
    fields = (
        *("source", "event_type", "state", "attempts", "error"),
        *("received_at", "due", "finished_at", "duplicates", "conflicts"),
    )
    readonly_fields = fields
    actions = ("retry", "replay", "discard")

    @admin.display(description="type", ordering="delivery__event_type")
    def event_type(self, job: Job) -> str:
        """The event's type."""
        return job.delivery.event_type

    @admin.display(description="duplicates")
    def duplicates(self, job: Job) -> int:
        """How often it came again."""
        return job.delivery.duplicates

    @admin.display(description="conflicts")
    def conflicts(self, job: Job) -> int:
        """How often it came again with another body."""
        return job.delivery.conflicts

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds a delivery by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        """Nobody changes one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        """Nobody removes one: `prune` does."""
        return False

    def has_work_permission(self, request: HttpRequest) -> bool:
        """Those who may change a delivery may let it be handled again, if the inbox is known."""
        user: Any = request.user
        return user.has_perm("hookseal_inbox.change_job") and hasattr(settings, "HOOKSEAL_INBOX")

    @admin.action(description="Try dead deliveries again", permissions=("work",))
    def retry(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        """Lets the chosen ones that are dead be tried again."""
        self._work(request, chosen, "retry")

    @admin.action(description="Handle done deliveries once more", permissions=("work",))
    def replay(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        """Lets the chosen ones that are done be handled once more."""
        self._work(request, chosen, "replay")

    @admin.action(description="Discard dead deliveries", permissions=("work",))
    def discard(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        """Takes the chosen ones that are dead for done."""
        self._work(request, chosen, "discard")

    def _work(self, request: HttpRequest, chosen: QuerySet[Job], name: str) -> None:
        inbox: Inbox[Any] = import_string(settings.HOOKSEAL_INBOX)
        numbers = [int(job.pk) for job in chosen]
        try:
            count = sum(int(getattr(inbox, name)(number)) for number in numbers)
        except InboxError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, f"{name}: {count} of {len(numbers)} deliveries")

"""The inbox's tables as Django sees them: to be read, and without what a delivery carries."""

from __future__ import annotations

from datetime import datetime, timezone

from django.db import models

__all__ = ["Delivery", "Job"]


def _moment(milliseconds: int | None) -> datetime | None:
    if milliseconds is None:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, timezone.utc)


class Delivery(models.Model):
    """What was received."""

    seq: models.BigIntegerField[int, int] = models.BigIntegerField(primary_key=True)
    received_ms: models.BigIntegerField[int, int] = models.BigIntegerField(db_column="received_at")
    event_type: models.TextField[str, str] = models.TextField()
    duplicates: models.IntegerField[int, int] = models.IntegerField()
    conflicts: models.IntegerField[int, int] = models.IntegerField()

    class Meta:
        managed = False
        db_table = "hookseal_delivery"
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"delivery {self.seq}"


class Job(models.Model):
    """What is to be done with it."""

    delivery: models.OneToOneField[Delivery, Delivery] = models.OneToOneField(
        Delivery, models.DO_NOTHING, primary_key=True, db_column="seq", db_constraint=False
    )
    source: models.TextField[str, str] = models.TextField()
    state: models.TextField[str, str] = models.TextField(
        choices=[(name, name) for name in ("waiting", "leased", "blocked", "done", "dead")]
    )
    due_ms: models.BigIntegerField[int | None, int | None] = models.BigIntegerField(db_column="due", null=True)
    attempts: models.IntegerField[int, int] = models.IntegerField()
    error: models.TextField[str | None, str | None] = models.TextField(null=True)
    finished_ms: models.BigIntegerField[int | None, int | None] = models.BigIntegerField(db_column="finished_at", null=True)

    class Meta:
        managed = False
        db_table = "hookseal_job"
        verbose_name = "delivery"
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"delivery {self.pk}"

    @property
    def due(self) -> datetime | None:
        """When a worker may take it."""
        return _moment(self.due_ms)

    @property
    def finished_at(self) -> datetime | None:
        """When it was done or died."""
        return _moment(self.finished_ms)

    @property
    def received_at(self) -> datetime | None:
        """When it was stored."""
        return _moment(self.delivery.received_ms)

"""Makes the tables, by what the core says for the database's engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import migrations, models

from hookseal.inbox import Inbox

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make_tables(_: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Makes the tables."""
    connection: Any = editor.connection
    for statement in connection.ops.prepare_sql_script(Inbox.schema(connection.vendor)):
        editor.execute(statement, params=None)


def drop_tables(_: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Removes the tables and all that is in them."""
    for name in ("hookseal_job", "hookseal_delivery", "hookseal_inbox"):
        editor.execute(f"DROP TABLE {editor.quote_name(name)}")


class Migration(migrations.Migration):
    """The tables' first version."""

    initial = True
    operations = [
        migrations.RunPython(make_tables, drop_tables, atomic=False),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("received_ms", models.BigIntegerField(db_column="received_at")),
                ("event_type", models.TextField()),
                ("duplicates", models.IntegerField()),
                ("conflicts", models.IntegerField()),
            ],
            options={
                "db_table": "hookseal_delivery",
                "managed": False,
                "verbose_name_plural": "deliveries",
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "delivery",
                    models.OneToOneField(
                        "hookseal_inbox.Delivery",
                        models.DO_NOTHING,
                        primary_key=True,
                        serialize=False,
                        db_column="seq",
                        db_constraint=False,
                    ),
                ),
                ("source", models.TextField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            (name, name)
                            for name in ("waiting", "leased", "blocked", "done", "dead")
                        ]
                    ),
                ),
                ("due_ms", models.BigIntegerField(db_column="due", null=True)),
                ("attempts", models.IntegerField()),
                ("error", models.TextField(null=True)),
                ("finished_ms", models.BigIntegerField(db_column="finished_at", null=True)),
            ],
            options={
                "db_table": "hookseal_job",
                "managed": False,
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
            },
        ),
    ]

"""The index of what can be found, and saved views. On SQLite the pairs are a table without row ids, half as large as one with."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PAIRS = migrations.CreateModel(
    name="SearchPair",
    fields=[
        ("pk", models.CompositePrimaryKey("pair", "number", blank=True, editable=False, primary_key=True, serialize=False)),
        ("pair", models.BigIntegerField()),
        ("number", models.IntegerField(db_index=True)),
    ],
)


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE TABLE records_searchpair (pair bigint NOT NULL, number integer NOT NULL, PRIMARY KEY (pair, number)) WITHOUT ROWID"
        )
        schema_editor.execute("CREATE INDEX records_searchpair_number ON records_searchpair (number)")
    else:
        schema_editor.create_model(apps.get_model("records", "SearchPair"))


def remove(apps, schema_editor):
    schema_editor.execute("DROP TABLE records_searchpair")


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0020_received"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[PAIRS]),
        migrations.RunPython(create, remove),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("number", models.AutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("row", models.CharField(max_length=80)),
                ("text", models.TextField()),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("kind", "row"), name="one_search_entry_of_a_row")]},
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("asked", models.CharField(max_length=600)),
                ("opens", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="saved_views", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("account", "name"), name="one_view_of_a_name")],
            },
        ),
    ]

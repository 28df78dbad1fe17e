"""The index of photographs. On SQLite the keys are a table without row ids, half as large as one with."""

import django.db.models.deletion
from django.db import migrations, models

KEYS = migrations.CreateModel(
    name="PhotoKey",
    fields=[
        ("pk", models.CompositePrimaryKey("key", "spot", blank=True, editable=False, primary_key=True, serialize=False)),
        ("key", models.BigIntegerField()),
        ("spot", models.BigIntegerField()),
    ],
)


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE TABLE records_photokey (key bigint NOT NULL, spot bigint NOT NULL, PRIMARY KEY (key, spot)) WITHOUT ROWID"
        )
    else:
        schema_editor.create_model(apps.get_model("records", "PhotoKey"))


def remove(apps, schema_editor):
    schema_editor.execute("DROP TABLE records_photokey")


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0017_access"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[KEYS]),
        migrations.RunPython(create, remove),
        migrations.CreateModel(
            name="IndexedPhoto",
            fields=[
                ("number", models.AutoField(primary_key=True, serialize=False)),
                ("marks", models.BinaryField()),
                ("longest", models.IntegerField()),
                (
                    "file",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="pictured", to="records.file"),
                ),
            ],
        ),
    ]

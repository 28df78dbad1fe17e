"""The index of submitted statements. On SQLite the postings are a table without row ids, half as large as one with."""

import django.db.models.deletion
from django.db import migrations, models

GRAMS = migrations.CreateModel(
    name="StatementGram",
    fields=[
        ("pk", models.CompositePrimaryKey("gram", "number", blank=True, editable=False, primary_key=True, serialize=False)),
        ("gram", models.BigIntegerField()),
        ("number", models.IntegerField()),
    ],
)


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE TABLE records_statementgram (gram bigint NOT NULL, number integer NOT NULL, PRIMARY KEY (gram, number)) WITHOUT ROWID"
        )
    else:
        schema_editor.create_model(apps.get_model("records", "StatementGram"))


def remove(apps, schema_editor):
    schema_editor.execute("DROP TABLE records_statementgram")


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0008_calendar_years"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[GRAMS]),
        migrations.RunPython(create, remove),
        migrations.CreateModel(
            name="IndexedStatement",
            fields=[
                ("number", models.AutoField(primary_key=True, serialize=False)),
                (
                    "statement",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="indexed", to="records.statement"),
                ),
            ],
        ),
    ]

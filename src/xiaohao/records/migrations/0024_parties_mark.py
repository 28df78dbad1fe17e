"""A mark that changes with the units, people and places, so that what is kept of them in memory knows its age."""

from django.db import migrations, models

from xiaohao.records import parties_triggers


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0023_api_tokens"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartiesMark",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=32)),
            ],
        ),
        migrations.RunPython(parties_triggers.install, parties_triggers.remove),
    ]

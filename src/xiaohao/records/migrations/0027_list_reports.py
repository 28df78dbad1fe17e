import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0026_visible_tasks"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListReport",
            fields=[
                ("id", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("more", models.JSONField(blank=True, default=dict)),
                ("version", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("date", models.CharField(max_length=25)),
                ("digest", models.CharField(max_length=64)),
                ("sha256", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("list", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="records.tasklist")),
                ("org", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.org")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("list", "org", "version"), name="one_version_of_a_report")],
            },
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0027_list_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="ComingParcel",
            fields=[
                ("id", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("stage", models.CharField(default="waiting", max_length=12)),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("wrong", models.JSONField(default=list)),
                ("received", models.CharField(blank=True, default="", max_length=80)),
                ("again", models.BooleanField(default=False)),
                ("sent_at", models.DateTimeField()),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]

"""The unit that gives the closing assessment, where the route of a place has one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0021_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
            name="assessor",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.org"),
        ),
    ]

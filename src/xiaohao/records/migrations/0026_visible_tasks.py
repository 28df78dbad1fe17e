"""Two indexes by which the tasks that a person may read are found without reading the others whole."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0025_pictured_anew"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=[
                    "address",
                    "owner",
                    "lead",
                    "supervisor",
                    "acceptor",
                    "reviewer",
                    "assessor",
                    "publisher",
                    "desk",
                    "closer",
                    "withdrawn",
                    "id",
                ],
                name="tasks_by_seats",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(condition=models.Q(("more__has_key", "co_owners")), fields=["id"], name="tasks_of_several_units"),
        ),
    ]

"""The keys of photographs are other ones (evidence.photo_keys): those that are kept find nothing any more. The worker makes the index anew."""

from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("records", "PhotoKey").objects.all().delete()
    apps.get_model("records", "IndexedPhoto").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0024_parties_mark"),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]

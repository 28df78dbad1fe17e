"""The guards of journal and status."""

from django.db import migrations

from xiaohao.records import triggers


class Migration(migrations.Migration):
    dependencies = [("records", "0001_rows")]
    operations = [migrations.RunPython(triggers.install, triggers.remove)]

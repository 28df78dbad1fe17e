"""The Django app that holds every table."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Tables only: no signals, no start-up work."""

    name = "xiaohao.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

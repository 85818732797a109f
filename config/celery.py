"""The Celery application: tasks are registered by each app's `tasks` module."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("registry")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect  # type: ignore[untyped-decorator]  # the library has no types
def keep_logging(**kwargs: Any) -> None:
    """Keep the log as the settings made it: Celery's own would write texts of exceptions."""


@worker_init.connect  # type: ignore[untyped-decorator]  # the library has no types
def refuse_powerful_role(**kwargs: Any) -> None:
    """Do not work as a database role that passes the policies."""
    from registry.tenancy.checks import require_plain_role  # noqa: PLC0415  (after Django is set up)

    require_plain_role()

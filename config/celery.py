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
def refuse_unsafe_start(**kwargs: Any) -> None:
    """End the worker that must not serve. Celery swallows every other exception of a signal and would go on."""
    from config.start import UnsafeStart, require_safe_start  # noqa: PLC0415  (after Django is set up)

    try:
        require_safe_start()
    except UnsafeStart as refusal:
        raise SystemExit(str(refusal)) from None

"""Wiring only: settings, addresses, and the entry points of web server and worker."""

import gc

from config.celery import app as celery_app

# Nothing that is loaded at the start is ever given back: looking through it for lost memory again and again, as much
# is loaded, costs a third of the start. `RegistryAdminConfig.ready`, with which all is loaded, ends it.
gc.disable()

__all__ = ["celery_app"]

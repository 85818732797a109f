"""The settings of service with the addresses of the peers beside those of the product."""

from config.settings.base import *  # noqa: F403  (a settings module is the other one with changes)

ROOT_URLCONF = "bench.urls"

"""The settings with invented addresses, for what reads settings and connects to nothing: the type checker."""

import os

OFFLINE = {
    "REGISTRY_DATABASE_URL": "postgresql://registry_app@127.0.0.1:1/none",
    "REGISTRY_BROKER_URL": "redis://127.0.0.1:1/0",
    "REGISTRY_SECRET_KEY": "offline" * 8,
    "REGISTRY_KEYRING": "{}",
}
os.environ.update(OFFLINE)

from config.settings.test import *  # noqa: E402, F403 the environment comes first; a settings module is another one with changes

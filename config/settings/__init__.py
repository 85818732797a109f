"""`config.settings` is the settings of service; `config.settings.test` changes a few for the suite."""

from config.settings.base import *  # noqa: F403  (a settings module is a list of names)

"""Settings of the test suite: those of service with a cheap password hasher, and jobs run when the test says so."""

from config.settings.base import *  # noqa: F403  (a settings module is the other one with changes)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_FAILURES_OF_AN_ADDRESS = 10_000  # all tests of a process come from one address

"""Somebody else who does something at the same moment, in a thread with a connection of its own."""

from collections.abc import Callable
from threading import Thread

from django.db import connection

from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.support.waiting import wait_for

_SECONDS = 20


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


class Meanwhile:
    """What the other one does; `outcome` gives the code of the refusal, or nothing where it was done."""

    def __init__(self, act: Callable[[], object], actor: Actor) -> None:
        self._act, self._actor = act, actor
        self._code = ""
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Let the other one begin."""
        self._thread.start()

    def start_and_wait_for_the_lock(self) -> None:
        """Let the other one begin, until they wait for a lock of this transaction."""
        self.start()
        wait_for(_somebody_waits, what="somebody who waits for a lock", seconds=_SECONDS)

    def outcome(self) -> str:
        """Wait until the other one has ended and tell how."""
        self._thread.join(_SECONDS)
        assert not self._thread.is_alive()
        return self._code

    def _run(self) -> None:
        try:
            with tenant_scope(self._actor):
                self._act()
        except DomainError as error:
            self._code = error.code
        finally:
            connection.close()

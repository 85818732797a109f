"""What a run of the tests leaves behind."""

import fcntl
import os
from pathlib import Path

import pytest

from tests.support.servers import PREFIX, remove_leftovers


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """The folder of a run that began long ago."""
    folder = tmp_path / f"{PREFIX}of-before"
    (folder / "postgres").mkdir(parents=True)
    (folder / "lock").touch()
    os.utime(folder / "lock", (0, 0))
    return folder


def test_folder_is_removed_when_its_run_was_killed(left: Path) -> None:
    remove_leftovers(left.parent)

    assert not left.exists()


def test_folder_stays_when_its_run_goes_on(left: Path) -> None:
    with (left / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        remove_leftovers(left.parent)

    assert (left / "postgres").exists()


def test_folder_stays_when_its_run_has_just_begun(left: Path) -> None:
    os.utime(left / "lock")

    remove_leftovers(left.parent)

    assert (left / "postgres").exists()

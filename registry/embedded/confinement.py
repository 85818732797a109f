"""PostgreSQL refuses to run as root or as a user without a name: how it runs when we are one."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

from registry.embedded.errors import EmbeddedError
from registry.embedded.guard import ORDINARY_USER
from registry.embedded.processes import GUARD

SELF, NAMESPACE, USER = "self", "namespace", "user"


def needed() -> str:
    """Return the mode of the guard for this user and machine.

    As an ordinary user nothing is to be done. As root an own user namespace, where files stay root's; where the machine
    forbids namespaces, as containers often do, the real user 65534. A namespace also gives a name to a user of a
    container who has a number only, which PostgreSQL refuses too.
    """
    is_root = os.geteuid() == 0
    if not is_root and has_name(os.geteuid()):
        return SELF
    command = [sys.executable, "-I", "-S", GUARD, str(os.getpid()), "15", NAMESPACE, "true"]
    works = subprocess.run(command, check=False, capture_output=True).returncode == 0
    if works:
        return NAMESPACE
    return USER if is_root else SELF


def has_name(user: int) -> bool:
    """Say whether the machine knows the user by a name."""
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True


def is_open_to_all(folder: Path) -> bool:
    """Say whether any user may enter the folder and all above it."""
    resolved = folder.resolve()
    return all(path.stat().st_mode & 0o001 for path in (resolved, *resolved.parents) if path.exists())


def reachable_programs(programs: Path, *, copy: Path, mode: str) -> Path:
    """Return a folder of the server programs that the confined user can enter: where they are, or a copy."""
    if mode != USER or is_open_to_all(programs):
        return programs
    if not copy.exists():
        draft = copy.with_name(copy.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(programs.parent, draft, symlinks=True)
        draft.rename(copy)
    return copy / programs.name


def hand_over(folder: Path, *, mode: str) -> None:
    """Give the server's folder to the confined user, where that is another one than ours.

    Raises: EmbeddedError when that user could not reach it.
    """
    if mode != USER:
        return
    if not is_open_to_all(folder.parent):
        raise EmbeddedError(
            f"PostgreSQL does not run as root and this machine allows no user namespaces, so that it must run as user "
            f"{ORDINARY_USER}, who may not enter {folder.parent}. Choose a data folder that everyone may enter, "
            "for example: make demo DEMO_DATA=/var/tmp/registry-demo. Or run as an ordinary user."
        )
    give(folder, mode=mode)


def give(path: Path, *, mode: str) -> None:
    """Make the confined user the owner of a file or folder within a folder handed over."""
    if mode == USER:
        os.chown(path, ORDINARY_USER, ORDINARY_USER)

"""Turn this process into another program that ends when its starter ends.

Run as a file, without the package: `python -I -S guard.py PARENT SIGNAL MODE PROGRAM ARGUMENT...`.

* PARENT is the process id of the starter; when that is gone already, nothing is started.
* SIGNAL is the number that the kernel sends to the program when the starter ends, however it ends.
* MODE is `self` (stay who we are), `namespace` (when root: look like an ordinary user inside an own user namespace,
  while files stay root's) or `user` (when root: really become the user 65534). PostgreSQL refuses to run as root.

A process in front of the program, not a `preexec_fn`, since that one is unsafe in a program with threads.
"""

import ctypes
import os
import sys
from pathlib import Path

ORDINARY_USER = 65534
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
CANNOT_CONFINE = 125
STARTER_GONE = 124


def enter_namespace() -> None:
    """Map the ordinary user inside a new user namespace to who we are outside.

    Raises: OSError when the machine does not allow user namespaces.
    """
    user, group = os.geteuid(), os.getegid()
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{ORDINARY_USER} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{ORDINARY_USER} {group} 1")


def become_ordinary() -> None:
    """Give up root for good.

    Raises: OSError when we are not root.
    """
    os.setgroups([])
    os.setgid(ORDINARY_USER)
    os.setuid(ORDINARY_USER)


def main(arguments: list[str]) -> int:
    """Confine, arm the death signal, and become the program; return a code when that cannot be."""
    parent, signal_number, mode, *program = arguments
    try:
        if mode == "namespace":
            enter_namespace()
        elif mode == "user":
            become_ordinary()
    except OSError as error:
        sys.stderr.write(f"guard: cannot run as an ordinary user ({error.strerror})\n")
        return CANNOT_CONFINE
    # After the change of user, which would clear it.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal_number))
    if os.getppid() != int(parent):
        return STARTER_GONE
    return os.execvp(program[0], program)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except FileNotFoundError as failure:
        sys.stderr.write(f"guard: {failure.filename} does not exist\n")
        sys.exit(127)

"""The command line: `python -m registry.embedded demo`, `mailbox` or `run`."""

import argparse
import asyncio
import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from registry.embedded import demo
from registry.embedded.errors import EmbeddedError
from registry.embedded.guard import PR_SET_PDEATHSIG
from registry.embedded.mailbox import MailFolder, serve_smtp
from registry.embedded.mailpage import MailPage
from registry.embedded.processes import guarded
from registry.embedded.servers import running_servers


def main(arguments: list[str]) -> int:
    """Parse the command line and run what it names; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m registry.embedded", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    site = commands.add_parser("demo", help="run the whole site; choices by the variables DEMO_DATA and DEMO_*PORT")
    site.add_argument("--end-with-parent", action="store_true", help="end when the program that started it ends")
    mail = commands.add_parser("mailbox", help="catch mails in a folder and show them on a page")
    mail.add_argument("--folder", type=Path, required=True)
    mail.add_argument("--port", type=int, required=True, help="of the page")
    mail.add_argument("--smtp-port", type=int, required=True)
    one = commands.add_parser("run", help="run one program with throwaway servers in its environment")
    one.add_argument("program", nargs=argparse.REMAINDER)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "demo":
            return start_demo(end_with_parent=chosen.end_with_parent)
        if chosen.command == "mailbox":
            return catch_mail(MailFolder(chosen.folder), chosen.port, chosen.smtp_port)
        return run_program([part for part in chosen.program if part != "--"])
    except EmbeddedError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def start_demo(*, end_with_parent: bool) -> int:
    """Run the whole site with the choices of the environment."""
    if end_with_parent:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))
    return demo.run(demo.options_from(dict(os.environ)))


def catch_mail(folder: MailFolder, port: int, smtp_port: int) -> int:
    """Catch mails and show them, until a signal ends it."""
    page = MailPage(folder, port)
    threading.Thread(target=page.serve_forever, daemon=True).start()
    asyncio.run(serve_smtp(folder, smtp_port))
    return 0


def run_program(program: list[str]) -> int:
    """Run one program with throwaway servers and return its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with (
        tempfile.TemporaryDirectory(prefix="registry-run-") as folder,
        running_servers(Path(folder), throwaway=True) as servers,
    ):
        environment = {**os.environ, **servers.environment()}
        return subprocess.run(guarded(program), check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

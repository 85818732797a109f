"""Take mails that came back."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from reports.domain.bounce_folder import read_folder
from reports.domain.bounces import Taken, take_bounce


class Command(BaseCommand):
    """`manage.py take_bounce < message`, as a mail server calls it; or with `--folder` for a Maildir folder."""

    help = "Note a mail that came back, read from standard input or from a Maildir folder."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", help="a Maildir folder; without it one message is read from standard input")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if options["folder"] is None:
            self.stdout.write(str(take_bounce(sys.stdin.buffer.read())))
            return
        try:
            counts = read_folder(Path(options["folder"]))
        except NotADirectoryError as error:
            message = "This is no Maildir folder: it has no new and cur. Name the folder in which the mails arrive."
            raise CommandError(message) from error
        self.stdout.write(", ".join(f"{taken}: {counts[taken]}" for taken in Taken))

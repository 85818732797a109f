"""A thousand mails by a real worker and broker, the worker killed in the middle and started again.

What is asked is no speed but that nobody is left out and nobody gets a mail twice: the catcher is asked for each
Message-ID, and the register for what it knows of each recipient. The county is a small one of its own, whose report
is soon made: its size says nothing of the mails.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.utils import timezone

from bench.boards import SMALL_CODE, SMALL_ID, small_county
from bench.measure import Result
from registry.embedded.mailbox import MailFolder
from registry.embedded.ports import LOCALHOST, free_port
from registry.enums import Role
from registry.lib.periods import start_of, today
from registry.models import Membership, User
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from reports.domain.occasions import send_now
from reports.domain.schedules import ScheduleDraft, set_schedule
from reports.models import Delivery, ReportRun
from reports.queries.runs import MailCounts, mail_counts

RECIPIENTS: Final = int(os.environ.get("BENCH_MAILS", "1000"))
PATIENCE_SECONDS: Final = 1800
GOAL: Final = "no mail twice, and sent + unclear + failed are all recipients"
ROOT: Final = Path(__file__).resolve().parent.parent


def run() -> list[Result]:
    """Queue the mails, kill the worker when a third are caught, and count when all is over."""
    prepare()
    with tempfile.TemporaryDirectory() as folder, _catcher(Path(folder)) as port:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            "REGISTRY_EMAIL_URL": f"smtp://{LOCALHOST}:{port}",
            "REGISTRY_MAIL_TIMEOUT": "2",
            "REGISTRY_JOB_LOST_SECONDS": "10",
            "REGISTRY_TICK_SECONDS": "1",
        }
        mails = MailFolder(Path(folder) / "mail")
        report = _ask()
        began = time.perf_counter()
        with _celery(environment, folder, "beat", "--schedule", f"{folder}/beat", "--pidfile="):
            with _worker(environment, folder) as worker:
                _wait(lambda: _caught(mails) >= RECIPIENTS // 3)
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()
            at_kill = _caught(mails)
            with _worker(environment, folder):
                _wait(lambda: _is_over(report))
        seconds = time.perf_counter() - began
        return [_judged(report, mails, at_kill=at_kill, seconds=seconds)]


def prepare() -> None:
    """Put the recipients on file, all of them holders of one post in the small county."""
    small_county()
    if User.objects.filter(username="mail-0").exists():
        return
    users = [
        User(
            username=f"mail-{number}",
            name="示例",
            email=f"mail-{number}@example.invalid",
            email_verified_at=timezone.now(),
        )
        for number in range(RECIPIENTS)
    ]
    for user in users:
        user.set_unusable_password()
    User.objects.bulk_create(users)
    posts = [
        Membership(user=user, tenant_id=SMALL_ID, role=Role.COUNTY_OFFICE, division_code=SMALL_CODE, starts_on=today())
        for user in users
    ]
    Membership.objects.bulk_create(posts)


def _ask() -> ReportRun:
    """Set a schedule for whoever holds the post, and ask for its report now."""
    posts = frozenset({(str(Role.COUNTY_OFFICE), SMALL_CODE)})
    draft = ScheduleDraft(REPORT_ID, 28, 23, is_active=True, posts=posts)
    with tenant_scope(small_county()) as actor:
        schedule = set_schedule(draft, actor=actor, now=start_of(today()))
        return send_now(schedule.pk, actor=actor, now=timezone.now())


@contextmanager
def _catcher(folder: Path) -> Iterator[int]:
    port = free_port()
    command = ["registry.embedded", "mailbox", "--folder", str(folder / "mail"), "--port", str(free_port())]
    with _process([*command, "--smtp-port", str(port)], dict(os.environ), folder / "catcher.log"):
        yield port


@contextmanager
def _worker(environment: Mapping[str, str], folder: str) -> "Iterator[subprocess.Popen[bytes]]":
    options = ("--concurrency", "2", "--loglevel", "WARNING", "--without-gossip", "--without-mingle")
    with _celery(environment, folder, "worker", *options) as process:
        yield process


@contextmanager
def _celery(environment: Mapping[str, str], folder: str, *command: str) -> "Iterator[subprocess.Popen[bytes]]":
    log = Path(folder) / f"{command[0]}.log"
    with _process(["celery", "-A", "config", *command], environment, log) as process:
        yield process


@contextmanager
def _process(module: list[str], environment: Mapping[str, str], log: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """Run a program in a group of its own, and end the group with the block."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", *module],
            cwd=ROOT,
            env=dict(environment),
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(60)


def _wait(is_done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_done():
        if time.monotonic() > until:
            raise TimeoutError("The mails are not over in time.")
        time.sleep(0.5)


def _caught(mails: MailFolder) -> int:
    return len(list(mails.folder.glob("*.eml")))


def _is_over(report: ReportRun) -> bool:
    counts = _counts(report)
    return counts.recipients >= RECIPIENTS and counts.open == 0


def _counts(report: ReportRun) -> MailCounts:
    with tenant_scope(small_county()):
        return mail_counts(report.pk)


def _judged(report: ReportRun, mails: MailFolder, *, at_kill: int, seconds: float) -> Result:
    counts = _counts(report)
    caught = Counter(str(mail.message["Message-ID"]) for mail in mails.mails())
    with tenant_scope(small_county()):
        sent = set(Delivery.objects.filter(run=report, state="sent").values_list("message_id", flat=True))
        known = set(Delivery.objects.filter(run=report).values_list("message_id", flat=True))
    twice = sum(number > 1 for number in caught.values())
    whole = counts.sent + counts.unclear + counts.failed == counts.recipients
    met = whole and not twice and sent <= set(caught) <= known and counts.recipients >= RECIPIENTS
    return Result(
        name="mails",
        ours=counts.recipients / seconds,
        peer=None,
        limit=None,
        unit="mails/s",
        ratio_to_peer=None,
        ratio_to_limit=None,
        goal=GOAL,
        met=met,
        rounds=1,
        spread=0.0,
        note=(
            f"{counts.recipients} recipients, the worker killed after {at_kill}: {counts.sent} sent, {counts.unclear} "
            f"unclear, {counts.failed} failed; {len(caught)} caught, {twice} of them twice"
        ),
    )

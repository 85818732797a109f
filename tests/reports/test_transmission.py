"""What is said of a mail is what the mail server did, against a real server."""

import ssl
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from reports.domain.transmission import Outcome, Verdict, transmit
from reports.enums import DeliveryReason
from tests.reports.mailserver import Behaviour, MailServer
from tests.support.certificates import self_signed

EncryptedServer = tuple[MailServer, Path]
MAIL = b"Subject: report\r\n\r\nFirst line\r\n.second line begins with a dot\r\n"


@pytest.fixture
def encrypted_server(mail_server: MailServer, settings: Settings, tmp_path: Path) -> EncryptedServer:
    """Let the server demand encryption, with a certificate of 127.0.0.1 that nobody trusts yet."""
    mail_server.stop()
    certificate, key = self_signed("127.0.0.1", tmp_path)
    mail_server.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    mail_server.tls.load_cert_chain(certificate, key)
    mail_server.start()
    settings.EMAIL_USE_TLS = True
    return mail_server, certificate


def test_mail_is_taken_whole_when_the_server_says_so(mail_server: MailServer) -> None:
    outcome = transmit(MAIL, recipient="office@example.invalid")

    assert (outcome, mail_server.taken) == (Outcome(Verdict.TAKEN, smtp_code=250), [MAIL])


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        (
            Behaviour(sender="451 try later"),
            Outcome(Verdict.REFUSED_FOR_NOW, DeliveryReason.REFUSED_FOR_NOW, 451),
        ),
        (Behaviour(recipient="550 no such user"), Outcome(Verdict.REFUSED, DeliveryReason.REFUSED, 550)),
        (
            Behaviour(recipient="450 greylisted"),
            Outcome(Verdict.REFUSED_FOR_NOW, DeliveryReason.REFUSED_FOR_NOW, 450),
        ),
        (Behaviour(before_content="554 no"), Outcome(Verdict.REFUSED, DeliveryReason.REFUSED, 554)),
        (Behaviour(content="554 spam"), Outcome(Verdict.REFUSED, DeliveryReason.REFUSED, 554)),
        (
            Behaviour(content="452 disk full"),
            Outcome(Verdict.REFUSED_FOR_NOW, DeliveryReason.REFUSED_FOR_NOW, 452),
        ),
    ],
)
def test_refusal_is_definite_when_the_server_answers(
    mail_server: MailServer, behaviour: Behaviour, outcome: Outcome
) -> None:
    mail_server.behaviour = behaviour

    found = transmit(MAIL, recipient="office@example.invalid")

    assert (found, mail_server.taken) == (outcome, [])


@pytest.mark.parametrize(
    "behaviour", [Behaviour(hang_up=True), Behaviour(fall_silent=True), Behaviour(content="what is this?")]
)
def test_outcome_is_unclear_when_no_answer_follows_the_content(mail_server: MailServer, behaviour: Behaviour) -> None:
    mail_server.behaviour = behaviour

    found = transmit(MAIL, recipient="office@example.invalid")

    assert (found, mail_server.read) == (Outcome(Verdict.UNCLEAR, DeliveryReason.CONNECTION_LOST), [MAIL])


@pytest.mark.parametrize("behaviour", [Behaviour(recipient="what is this?"), Behaviour(before_content="what is this?")])
def test_server_counts_as_not_reached_when_it_speaks_another_language(
    mail_server: MailServer, behaviour: Behaviour
) -> None:
    mail_server.behaviour = behaviour

    found = transmit(MAIL, recipient="office@example.invalid")

    assert (found, mail_server.read) == (Outcome(Verdict.REFUSED_FOR_NOW, DeliveryReason.NOT_REACHED), [])


def test_mail_goes_over_an_encrypted_line_when_the_server_proves_its_name(
    encrypted_server: EncryptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, authority = encrypted_server
    distrusted = transmit(MAIL, recipient="office@example.invalid")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))

    trusted = transmit(MAIL, recipient="office@example.invalid")

    assert distrusted == Outcome(Verdict.REFUSED_FOR_NOW, DeliveryReason.NOT_REACHED)
    assert (trusted.verdict, server.taken) == (Verdict.TAKEN, [MAIL])


def test_nothing_is_said_in_the_open_when_the_server_cannot_encrypt(
    mail_server: MailServer, settings: Settings
) -> None:
    settings.EMAIL_USE_TLS = True

    found = transmit(MAIL, recipient="office@example.invalid")

    assert (found.reason, mail_server.read) == (DeliveryReason.NOT_REACHED, [])


def test_refusal_is_for_good_when_no_server_could_be_told_the_address(mail_server: MailServer) -> None:
    taken = transmit(MAIL, recipient="office@example.invalid").verdict

    refused = transmit(MAIL, recipient="办公室@example.invalid").verdict

    assert (taken, refused) == (Verdict.TAKEN, Verdict.REFUSED)


def test_refusal_is_for_now_when_nobody_listens(mail_server: MailServer) -> None:
    mail_server.stop()

    found = transmit(MAIL, recipient="office@example.invalid")

    assert found == Outcome(Verdict.REFUSED_FOR_NOW, DeliveryReason.NOT_REACHED)

"""What is said of a mail is what the mail server did, against a real server."""

import pytest

from reports.domain.transmission import Outcome, Verdict, transmit
from reports.enums import DeliveryReason
from tests.reports.mailserver import Behaviour, MailServer

MAIL = b"Subject: report\r\n\r\nFirst line\r\n.second line begins with a dot\r\n"


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


@pytest.mark.parametrize("behaviour", [Behaviour(hang_up=True), Behaviour(fall_silent=True)])
def test_outcome_is_unclear_when_no_answer_follows_the_content(mail_server: MailServer, behaviour: Behaviour) -> None:
    mail_server.behaviour = behaviour

    found = transmit(MAIL, recipient="office@example.invalid")

    assert (found, mail_server.read) == (Outcome(Verdict.UNCLEAR, DeliveryReason.CONNECTION_LOST), [MAIL])


def test_refusal_is_for_good_when_no_server_could_be_told_the_address(mail_server: MailServer) -> None:
    taken = transmit(MAIL, recipient="office@example.invalid").verdict

    refused = transmit(MAIL, recipient="办公室@example.invalid").verdict

    assert (taken, refused) == (Verdict.TAKEN, Verdict.REFUSED)


def test_refusal_is_for_now_when_nobody_listens(mail_server: MailServer) -> None:
    mail_server.stop()

    found = transmit(MAIL, recipient="office@example.invalid")

    assert found == Outcome(Verdict.REFUSED_FOR_NOW, DeliveryReason.NOT_REACHED)

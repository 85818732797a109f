"""Accounts of before periods were frozen: what a county kept prints as it did, byte for byte."""

import json
from pathlib import Path
from typing import Final

from reports.definitions.figures import from_json, to_json
from reports.renderers.mail import mail_text
from reports.renderers.workbook import render_workbook

GOLDEN: Final = Path(__file__).parent / "golden"
# Kept by the release before: the figures of tests/reports/samples.py and the workbook that it made of them.
KEPT: Final = json.loads((GOLDEN / "account-format-1.json").read_text(encoding="utf-8"))


def test_workbook_is_the_one_of_then_when_figures_of_before_are_printed() -> None:
    assert render_workbook(from_json(KEPT)) == (GOLDEN / "account-format-1.xlsx").read_bytes()


def test_mail_still_notes_what_was_carried_over_and_shows_no_late_columns_when_it_is_of_before() -> None:
    text = mail_text(from_json(KEPT), language="zh-hans", link="")

    assert (text.shows_late, len(text.notes)) == (False, 2)
    assert text.notes[0].startswith("注意：")


def test_figures_of_before_keep_their_format_when_they_are_written_again() -> None:
    assert to_json(from_json(KEPT))["format"] == 1
    assert from_json(to_json(from_json(KEPT))) == from_json(KEPT)

"""Somebody at a desk: opens pages of the site, follows buttons, fills in what the form shows, and reads the answer."""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urljoin, urlparse

from tests.support.waiting import wait_for
from tests.support.web import Answer, Fields, Form, Reader, Upload

PATIENCE: Final = 60
# What a field is called inside, and never on a page.
INSIDE: Final = re.compile(r"\b[a-z]+_[a-z_]+: ")
_TAGS: Final = re.compile(r"<[^>]+>")
_ALERT: Final = re.compile(r'id="form-errors">(.*?)</div>', re.DOTALL)
_LINE: Final = re.compile(r"<li>(.*?)</li>", re.DOTALL)


def read(text: str) -> str:
    """Give what a reader reads of a piece of a page."""
    return re.sub(r"\s+", " ", html.unescape(_TAGS.sub(" ", text))).strip()


def main_of(page: Answer) -> str:
    """Give what a reader reads of a page below its navigation."""
    return read(re.sub(r"<(script|style).*?</\1>", "", page.text.split('id="content"', 1)[-1], flags=re.DOTALL))


def refusals(page: Answer) -> list[str]:
    """Give the sentences with which a form came back; none when it did not."""
    found = _ALERT.search(page.text)
    return [read(line) for line in _LINE.findall(found[1])] if found else []


class Desk:
    """One person with a browser. Whatever is filled in must be a field of the form that the page shows."""

    def __init__(self, address: str, username: str, password: str) -> None:
        """Log in."""
        self.reader = Reader(address)
        page = self.reader.log_in(username, password)
        assert "/login/" not in page.address, read(page.text)

    def open(self, path: str) -> Answer:
        """Open a page that there is."""
        page = self.reader.get(path)
        assert page.status == 200, (page.status, path, read(page.text)[:600])
        return page

    def links(self, page: Answer, pattern: str) -> list[str]:
        """Give the addresses of a page's links in which the pattern is found."""
        addresses = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page.text)]
        return [address for address in addresses if re.search(pattern, address)]

    def follow(self, page: Answer, pattern: str) -> Answer:
        """Follow the first link of a page in whose address the pattern is found."""
        for link in self.links(page, pattern):
            return self.open(urljoin(page.address, link))
        raise LookupError(f"{page.address} has no link with {pattern}")

    def row(self, list_path: str, *texts: str) -> Answer:
        """Open the record whose row of a list shows all these texts."""
        page = self.open(list_path)
        link = _row_link(page, texts)
        assert link, (page.address, texts, main_of(page)[-600:])
        return self.open(link)

    def wait_for_row(self, list_path: str, *texts: str) -> Answer:
        """Look at a list until it has a row with all these texts, and open its record."""
        found = wait_for(lambda: _row_link(self.open(list_path), texts), what=" ".join(texts), seconds=PATIENCE)
        return self.open(found)

    def main(self, path: str) -> str:
        """Give what a page says below its navigation."""
        return main_of(self.open(path))

    def buttons(self, page: Answer) -> list[str]:
        """Give the verbs whose buttons the page of a record has."""
        return re.findall(r'href="[^"]+/do/([a-z-]+)/"', page.text)

    def enter(self, path: str, fields: Fields | None = None, *, files: Mapping[str, Upload] | None = None) -> Answer:
        """Open a page, fill in its form and send it; it is taken, and the page that follows is given."""
        return self.send(self.open(path), fields, files=files)

    def send(self, page: Answer, fields: Fields | None = None, *, files: Mapping[str, Upload] | None = None) -> Answer:
        """Fill in the form of a page that is open and send it; it is taken, and the page that follows is given."""
        answer = self._send(page, fields, files)
        assert not refusals(answer), refusals(answer)
        assert answer.status == 200, (answer.status, main_of(answer)[:600])
        assert _path(answer.address) != _path(page.address), main_of(answer)[-900:]
        return answer

    def refuse(self, path: str, fields: Fields | None = None, *, files: Mapping[str, Upload] | None = None) -> str:
        """Open a page, fill in its form and send it; it comes back, and what it says is given."""
        return self.send_in_vain(self.open(path), fields, files=files)

    def send_in_vain(
        self, page: Answer, fields: Fields | None = None, *, files: Mapping[str, Upload] | None = None
    ) -> str:
        """Fill in the form of a page that is open and send it; it comes back, and what it says is given."""
        answer = self._send(page, fields, files)
        said = refusals(answer)
        assert said, (answer.address, main_of(answer)[:600])
        return " ".join(said)

    def ask(self, page: Answer, fields: Fields) -> Answer:
        """Fill in the form of a page that answers on itself."""
        answer = self._send(page, fields, None)
        assert answer.status == 200, (answer.status, main_of(answer)[:600])
        return answer

    def press(self, record: Answer, verb: str, fields: Fields | None = None, **more: Any) -> Answer:
        """Press a button of a record's page, and fill in the form behind it."""
        return self.enter(self._button(record, verb), fields, **more)

    def press_in_vain(self, record: Answer, verb: str, fields: Fields | None = None, **more: Any) -> str:
        """Press a button of a record's page; what is filled in is refused with the sentence that is given."""
        return self.refuse(self._button(record, verb), fields, **more)

    def _button(self, record: Answer, verb: str) -> str:
        fresh = self.open(record.address)
        found = re.search(rf'href="([^"]+/do/{verb}/)"', fresh.text)
        assert found, f"no button {verb}: {re.findall(r'/do/([a-z-]+)/', fresh.text)}"
        return found[1]

    def _send(self, page: Answer, fields: Fields | None, files: Mapping[str, Upload] | None) -> Answer:
        given = fields or {}
        form = _form_with(page, list(given))
        return self.reader.submit(
            form, {name: _chosen(form, name, value) for name, value in given.items()}, files=files
        )


def _row_link(page: Answer, texts: Sequence[str]) -> str | None:
    for line in re.findall(r"<tr.*?</tr>", page.text, re.DOTALL):
        link = re.search(r'href="([^"]+/change/[^"]*)"', line)
        if link and all(text in read(line) for text in texts):
            return html.unescape(link[1])
    return None


def _path(address: str) -> str:
    return urlparse(address).path


def _form_with(page: Answer, names: Sequence[str]) -> Form:
    """Give the form of the page that asks for all of these, else for nothing but to be sent."""
    wanted = [*names] or ["csrfmiddlewaretoken"]
    missing = []
    for form in page.forms():
        fields = form.values.keys() | form.choices.keys()
        if fields >= {*wanted} and (names or _path(form.action) == _path(page.address)):
            return form
        missing.append(sorted({*wanted} - fields))
    raise LookupError(f"{page.address}: the forms lack {missing}")


def _chosen(form: Form, name: str, value: str | Sequence[str]) -> str | Sequence[str]:
    """Give the choice whose words are those, where the field is a list and no choice has this value."""
    offered = form.choices.get(name, [])
    if not isinstance(value, str) or not offered or value in offered:
        return value
    named = dict(zip(offered, (label.strip() for label in form.labels.get(name, [])), strict=False))
    found = [code for code, label in named.items() if label == value] or [
        code for code, label in named.items() if value in label
    ]
    assert len(found) == 1, f"{name}: {value} is not one of {form.labels.get(name)}"
    return found[0]

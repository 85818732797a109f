"""A reader of the site who has nothing but HTTP: pages with their forms, and the REST API."""

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode, urljoin

from typing_extensions import override

Fields = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Upload:
    """A file in a form."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    address: str
    headers: Message
    content: bytes

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode()

    def json(self) -> Any:  # noqa: ANN401 JSON may be anything
        """The content as JSON."""
        return json.loads(self.content)

    def form(self, *, having: str = "") -> "Form":
        """Return the first form of the page, or the first with a field or an address of that name."""
        forms = self.forms()
        for form in forms:
            if not having or having in form.values or having in form.action:
                return form
        raise LookupError(f"{self.address} has no form with {having!r}; it has {[f.action for f in forms]}")

    def forms(self) -> "list[Form]":
        """Return the forms of the page, each with the whole address that it goes to."""
        reader = FormReader()
        reader.feed(self.text)
        return [Form(urljoin(self.address, one.action), one.values, one.choices, one.labels) for one in reader.forms]


@dataclass
class Form:
    """A form as the page showed it: where it goes, what its fields hold, and what may be chosen.

    `labels` has what stands before the reader for each choice of a list, in the order of `choices`.
    """

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)


class FormReader(HTMLParser):
    """Collects the forms of a page with what a browser would send for them."""

    def __init__(self) -> None:
        """Begin without forms."""
        super().__init__()
        self.forms: list[Form] = []
        self._select: str | None = None
        self._is_inside = False
        self._is_option = False
        self._text = ""

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms and their fields."""
        given = dict(attrs)
        if tag == "form":
            self.forms.append(Form(given.get("action") or ""))
            self._is_inside = True
        if not self._is_inside:
            return
        name = given.get("name")
        if tag == "select":
            self._select = name
        if tag == "option" and self._select:
            self._offer(self._select, given.get("value"), is_chosen="selected" in given)
            self.forms[-1].labels.setdefault(self._select, []).append("")
            self._is_option = True
        if tag == "textarea" and name:
            self._add(name, "")
            self._text = name
        kind = given.get("type") or "text"
        if tag == "input" and name and kind in {"checkbox", "radio"}:
            self._offer(name, given.get("value") or "on", is_chosen="checked" in given)
        elif tag == "input" and name and kind not in {"submit", "button", "file"}:
            self._add(name, given.get("value"))

    @override
    def handle_data(self, data: str) -> None:
        """Note what stands before the reader for a choice, and what a text of several lines holds."""
        if self._is_option and self._select:
            self.forms[-1].labels[self._select][-1] += data
        elif self._text:
            # A browser leaves out the line break that follows the tag.
            held = self.forms[-1].values[self._text]
            held[-1] = held[-1] + data if held[-1] else data.lstrip("\r\n")

    @override
    def handle_endtag(self, tag: str) -> None:
        """Note where a form or a choice ends."""
        if tag == "form":
            self._is_inside = False
        if tag == "option":
            self._is_option = False
        if tag == "textarea":
            self._text = ""
        if tag == "select" and self._select:
            # Without a choice a browser sends the first option.
            form = self.forms[-1]
            form.values.setdefault(self._select, form.choices.get(self._select, [])[:1])
            self._select = None

    def _add(self, name: str, value: str | None) -> None:
        self.forms[-1].values.setdefault(name, []).append(value or "")

    def _offer(self, name: str, value: str | None, *, is_chosen: bool) -> None:
        self.forms[-1].choices.setdefault(name, []).append(value or "")
        if is_chosen:
            self._add(name, value)


class Reader:
    """One session with cookies, or one program with a token."""

    def __init__(self, address: str, *, token: str = "") -> None:
        """Begin at the address of a site, without its last slash."""
        self._address = address
        self._headers = {"Authorization": f"Bearer {token}"} if token else {"Accept-Language": "zh-CN"}
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._send("GET", path)

    def submit(self, form: Form, fields: Fields | None = None, *, files: Mapping[str, Upload] | None = None) -> Answer:
        """Send a form as the page showed it, with some fields filled in."""
        values: dict[str, str | Sequence[str]] = {**form.values, **(fields or {})}
        return self.post(form.action, values, files=files)

    def post(self, path: str, fields: Fields | None = None, *, files: Mapping[str, Upload] | None = None) -> Answer:
        """Send fields, and files when there are any."""
        if files:
            kind, body = multipart(fields or {}, files)
        else:
            kind, body = "application/x-www-form-urlencoded", urlencode(fields or {}, doseq=True).encode()
        return self._send("POST", path, body, kind)

    def post_json(self, path: str, value: object) -> Answer:
        """Send JSON."""
        return self._send("POST", path, json.dumps(value).encode(), "application/json")

    def send_json(self, method: str, path: str, value: object, *, version: int) -> Answer:
        """Change a record that was read at a version."""
        body = json.dumps(value).encode()
        return self._send(method, path, body, "application/json", {"If-Match": f'"{version}"'})

    def log_in(self, username: str, password: str) -> Answer:
        """Log in on the login page, and return the page that follows."""
        form = self.get("/admin/login/").form(having="username")
        return self.submit(form, {"username": username, "password": password})

    def _send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        kind: str = "",
        further: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request and return the answer, whatever its status."""
        address = urljoin(f"{self._address}/", path)
        typed = {"Content-Type": kind} if kind else {}
        headers = {**self._headers, "Referer": address, **typed, **(further or {})}
        request = urllib.request.Request(address, data=body, method=method, headers=headers)  # noqa: S310 our own address
        try:
            with self._opener.open(request, timeout=120) as answer:
                return Answer(answer.status, answer.url, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.url, error.headers, error.read())


def multipart(fields: Fields, files: Mapping[str, Upload]) -> tuple[str, bytes]:
    """Return content type and body of a form with files."""
    mark = secrets.token_hex(16)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, values in fields.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    parts += [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{upload.name}"\r\n'
        f"Content-Type: {upload.media_type}\r\n\r\n".encode()
        + upload.content
        + b"\r\n"
        for name, upload in files.items()
    ]
    return f"multipart/form-data; boundary={mark}", b"".join(parts) + f"--{mark}--\r\n".encode()

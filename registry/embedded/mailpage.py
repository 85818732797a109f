"""A small web page on 127.0.0.1 that shows the caught mails."""

import base64
import html
import re
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

from typing_extensions import override

from registry.embedded.mailbox import CaughtMail, MailFolder
from registry.embedded.ports import LOCALHOST

LIST_LIMIT = 200
STYLE = """
body { font-family: system-ui, "Noto Sans CJK SC", sans-serif; margin: 2rem auto; max-width: 70rem; color: #1f2933 }
table { border-collapse: collapse; width: 100% }
td, th { border-bottom: 1px solid #d5dbe1; padding: .5rem; text-align: left }
iframe { border: 1px solid #d5dbe1; width: 100%; height: 60rem }
pre { background: #f4f6f8; padding: 1rem; white-space: pre-wrap }
dt { font-weight: bold; float: left; clear: left; width: 9rem } dd { margin-left: 10rem }
"""
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'"
# A mail may be anything: no script, nothing from elsewhere, no access to this page.
MAIL_POLICY = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'"


class MailPage(ThreadingHTTPServer):
    """Serves `/`, `/mail/<id>`, `/mail/<id>/html`, `/mail/<id>/source` and `/mail/<id>/part/<number>`."""

    daemon_threads = True

    def __init__(self, folder: MailFolder, port: int) -> None:
        """Listen on 127.0.0.1."""
        self.folder = folder
        super().__init__((LOCALHOST, port), MailRequest)


class MailRequest(BaseHTTPRequestHandler):
    """Answers one request."""

    server: MailPage

    def do_GET(self) -> None:
        """Find the page by its path."""
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        if host not in {LOCALHOST, "localhost"}:
            self._send(400, "text/plain", b"This page answers to 127.0.0.1 and localhost only.\n")
            return
        match self.path.strip("/").split("/"):
            case [""]:
                self._send_page("Caught mails · 收到的邮件", list_page(self.server.folder))
            case ["mail", identifier, *rest] if mail := self.server.folder.mail(identifier):
                self._send_mail(mail, rest)
            case _:
                self._send(404, "text/plain; charset=utf-8", "No such mail · 没有这封邮件\n".encode())

    def _send_mail(self, mail: CaughtMail, rest: list[str]) -> None:
        """Send what is asked of one mail."""
        match rest:
            case []:
                self._send_page(str(mail.message["Subject"] or "—"), mail_page(mail))
            case ["html"]:
                self._send(200, "text/html; charset=utf-8", html_part(mail.message).encode(), policy=MAIL_POLICY)
            case ["source"]:
                self._send(200, "text/plain; charset=utf-8", mail.message.as_bytes())
            case ["part", number] if number.isdigit() and int(number) < len(attachments(mail.message)):
                self._send_attachment(attachments(mail.message)[int(number)])
            case _:
                self._send(404, "text/plain; charset=utf-8", "No such part · 没有这个附件\n".encode())

    def _send_attachment(self, part: EmailMessage) -> None:
        """Send an attachment as a download, whatever it is."""
        name = quote(part.get_filename() or "attachment")
        disposition = f"attachment; filename*=UTF-8''{name}"
        self._send(200, "application/octet-stream", payload(part), extra={"Content-Disposition": disposition})

    def _send_page(self, title: str, body: str) -> None:
        """Send a page of our own."""
        text = (
            f'<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
            f"<style>{STYLE}</style></head><body><h1>{html.escape(title)}</h1>{body}</body></html>"
        )
        self._send(200, "text/html; charset=utf-8", text.encode())

    def _send(
        self, status: int, kind: str, body: bytes, *, policy: str = PAGE_POLICY, extra: dict[str, str] | None = None
    ) -> None:
        """Send one answer."""
        self.send_response(status)
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Content-Security-Policy": policy}
        headers |= {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
        for name, value in (headers | (extra or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: the mails are the record."""


def list_page(folder: MailFolder) -> str:
    """Return the table of mails, the newest first."""
    rows = [
        f"<tr><td>{html.escape(str(mail.message['Date'] or ''))}</td><td>{html.escape(', '.join(mail.recipients))}</td>"
        f'<td><a href="/mail/{mail.identifier}">{html.escape(str(mail.message["Subject"] or "—"))}</a></td></tr>'
        for mail in [mail for mail, _ in zip(folder.mails(), range(LIST_LIMIT), strict=False)]
    ]
    if not rows:
        return "<p>No mail yet. · 还没有邮件。</p>"
    head = "<tr><th>Date · 日期</th><th>To · 收件人</th><th>Subject · 主题</th></tr>"
    return f"<table>{head}{''.join(rows)}</table>"


def mail_page(mail: CaughtMail) -> str:
    """Return one mail: heads, attachments, HTML part in a sandbox, text part."""
    heads = [("From · 发件人", mail.message["From"]), ("To · 收件人", ", ".join(mail.recipients))]
    heads += [("Date · 日期", mail.message["Date"]), ("Message-ID", mail.message["Message-ID"])]
    listed = "".join(f"<dt>{name}</dt><dd>{html.escape(str(value or ''))}</dd>" for name, value in heads)
    files = "".join(
        f'<li><a href="/mail/{mail.identifier}/part/{number}">{html.escape(name)}</a></li>'
        for number, name in enumerate(part.get_filename() or "attachment" for part in attachments(mail.message))
    )
    frame = f'<iframe sandbox src="/mail/{mail.identifier}/html" title="HTML"></iframe>'
    text = mail.message.get_body(("plain",))
    return (
        f'<p><a href="/">← All mails · 全部邮件</a></p><dl>{listed}</dl>'
        + (f"<h2>Attachments · 附件</h2><ul>{files}</ul>" if files else "")
        + (f"<h2>HTML</h2>{frame}" if mail.message.get_body(("html",)) else "")
        + (f"<h2>Text · 文本</h2><pre>{html.escape(str(text.get_content()))}</pre>" if text else "")
        + f'<p><a href="/mail/{mail.identifier}/source">Source · 原文</a></p>'
    )


def attachments(message: EmailMessage) -> list[EmailMessage]:
    """Return the attached files; pictures shown inside the HTML part are none."""
    return [part for part in message.walk() if part.get_content_disposition() == "attachment"]


def html_part(message: EmailMessage) -> str:
    """Return the HTML part with the pictures it refers to by `cid:` put into it."""
    part = message.get_body(("html",))
    if part is None:
        return ""
    images = [part for part in message.walk() if part["Content-ID"] and part.get_content_maintype() == "image"]
    pictures = {str(image["Content-ID"]).strip("<> "): data_address(image) for image in images}
    return re.sub(r"cid:([^\"'\s)]+)", lambda match: pictures.get(match[1], "data:,"), str(part.get_content()))


def data_address(part: EmailMessage) -> str:
    """Return the content of a part as an address that holds it."""
    return f"data:{part.get_content_type()};base64,{base64.b64encode(payload(part)).decode()}"


def payload(part: EmailMessage) -> bytes:
    """Return the decoded content of a part."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else part.as_bytes()

"""Log lines as JSON on standard error: event names, ids, and where an error arose; never a person's data.

The text of an exception may quote a value, so it is never written: its class and the places it passed through are.
"""

import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

MOST_FRAMES = 12
ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def where_it_arose(logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by its class, those of its causes, and the frames it passed through."""
    record = event.get("_record")
    info = event.pop("exc_info", None) or getattr(record, "exc_info", None)
    if info:
        error = _error_of(info)
        if error is not None:
            event["error"] = [type(one).__name__ for one in _causes(error)]
            event["where"] = [
                f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ][-MOST_FRAMES:]
    if record is not None:
        record.exc_info = record.exc_text = record.stack_info = None
    return event


def _error_of(info: object) -> BaseException | None:
    if isinstance(info, BaseException):
        return info
    if isinstance(info, tuple):
        return info[1] if isinstance(info[1], BaseException) else None
    return sys.exc_info()[1]


def _causes(error: BaseException | None) -> list[BaseException]:
    causes: list[BaseException] = []
    while error is not None and error not in causes:
        causes.append(error)
        error = error.__cause__ or error.__context__
    return causes


def logging_settings(level: str) -> dict[str, Any]:
    """Give the dictConfig of the process and configure structlog to pass through it."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    where_it_arose,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
                "foreign_pre_chain": shared,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"level": "WARNING"},
            # Of a refused request Django would write the address or the host, where people type numbers of persons.
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "django.db.backends": {"level": "WARNING"},
            # Celery would write the text of a failed task's exception, arguments and all.
            "celery.app.trace": {"level": "CRITICAL"},
        },
    }

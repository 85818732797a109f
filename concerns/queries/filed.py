"""A line of a file with requests, as its cells have it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledLine:
    """The cells of one row; kind and channel are a code or a label of their lists."""

    row: int
    place: str
    kind: str
    channel: str
    told_on: str
    text: str

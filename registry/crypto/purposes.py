"""What a sealed value is for; each purpose has its own keys, so that one value says nothing about another."""

from enum import StrEnum


class Purpose(StrEnum):
    """What a value is sealed or indexed for. The texts are part of the keys and never change."""

    DOCUMENT = "document"
    PHONE = "phone"
    ACCOUNT = "account"
    FILE = "file"
    LETTER = "letter"
    AUDIT = "audit"
    CLAIM = "claim"

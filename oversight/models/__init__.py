"""The tables of the oversight."""

from oversight.models.look import LookGrant

__all__ = ["LookGrant"]

"""The rules as data: TOML files with one SQL condition a rule, read once."""

from quality.definitions.rules import Rule, rule, rules

__all__ = ["Rule", "rule", "rules"]

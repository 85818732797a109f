"""The policies as data: TOML with three SQL conditions a policy, read once."""

from entitlements.definitions.policies import Policy, policies

__all__ = ["Policy", "policies"]

"""How a file comes in: as the kernel says."""

from registry.api.files import BODIES

__all__ = ["BODIES"]

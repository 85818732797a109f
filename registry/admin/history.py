"""What pages say of their records' fields; the readable form itself lies in the domain, where REST reads it too."""

from registry.domain.readable import History

__all__ = ["History"]

"""What a file is, as the kernel tells it; the papers of dossiers are files like all others."""

from registry.domain.files import MEDIA_TYPES, MOST_BYTES, MOST_PARTS, media_type_of, neutral_name

__all__ = ["MEDIA_TYPES", "MOST_BYTES", "MOST_PARTS", "media_type_of", "neutral_name"]

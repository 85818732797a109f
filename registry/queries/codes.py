"""Code lists as the database holds them."""

from django.db.models import QuerySet

from registry.models import Code


def all_codes() -> QuerySet[Code]:
    """Give every entry of every list and edition, in the order of the lists."""
    return Code.objects.order_by("scheme", "edition", "position", "code")

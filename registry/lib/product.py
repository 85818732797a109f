"""The apps of the product, from the kernel upwards: each may import from those before it."""

from typing import Final

PRODUCT_APPS: Final = (
    "registry",
    "villages",
    "households",
    "dossiers",
    "assistance",
    "partners",
    "livelihoods",
    "credit",
    "economy",
    "planning",
    "funds",
    "entitlements",
    "concerns",
    "quality",
    "periods",
    "reports",
    "sampling",
    "oneform",
    "oversight",
    "dashboards",
    "exchange",
)

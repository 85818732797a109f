"""Django's `migrate`, which keeps the picture of the models up to date for a fraction of the time."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate
from typing_extensions import override

from registry.tenancy.picturing import models_drawn_alone


class Command(DjangoMigrate):
    """Migrate the database; after a change only the changed model is drawn anew."""

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate."""
        with models_drawn_alone():
            super().handle(*args, **options)

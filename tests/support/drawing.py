"""Play some migrations and print what the database got: `python -m tests.support.drawing [alone]`, as the owner role.

With `alone` only the changed model is drawn anew, as the product's `migrate` does; without it, all, as Django does.
"""

import json
import os
import sys
from contextlib import nullcontext
from typing import Any


def main(*, alone: bool) -> None:
    """Play them in a schema of their own, forwards and back, and print columns, keys and what Python read."""
    os.environ["REGISTRY_DATABASE_ROLE"] = "owner"
    import django  # noqa: PLC0415 the role is chosen before Django loads

    django.setup()
    from django.db import connection  # noqa: PLC0415 as above
    from django.db.migrations.state import ProjectState  # noqa: PLC0415 as above

    from registry.tenancy.picturing import models_drawn_alone  # noqa: PLC0415 as above

    noted: list[Any] = []
    with connection.cursor() as cursor, models_drawn_alone() if alone else nullcontext():
        cursor.execute("CREATE SCHEMA drawing; SET search_path = drawing")
        state, passed = ProjectState(), []
        _ = state.apps
        for operation in _operations(noted):
            before = state.clone()
            operation.state_forwards("sample", state)
            with connection.schema_editor() as editor:
                operation.database_forwards("sample", editor, before, state)
            passed.append((operation, before, state.clone()))
        found = _shape(cursor)
        for operation, before, after in reversed(passed[-4:]):
            with connection.schema_editor() as editor:
                operation.database_backwards("sample", editor, after, before)
        back = _shape(cursor)
        cursor.execute("DROP SCHEMA drawing CASCADE; RESET search_path")
    sys.stdout.write(json.dumps({"noted": noted, "found": found, "back": back}))


def _operations(noted: list[Any]) -> list[Any]:
    from django.db import migrations, models  # noqa: PLC0415 settings are ready only here

    def link(to: str) -> Any:  # noqa: ANN401 (a field of a model yet unknown)
        return models.ForeignKey(f"sample.{to}", models.PROTECT, null=True)

    def write(apps: Any, editor: Any) -> None:  # noqa: ANN401 (Django's historical apps)
        house, person = apps.get_model("sample", "House"), apps.get_model("sample", "Person")
        first = house.objects.create(code="a", size=2)
        person.objects.create(house=first, name="x")
        noted.append(list(person.objects.values_list("house__code", "house__size", "house__plot__area", "name")))
        noted.append([one.person_set.count() for one in house.objects.all()])

    number = models.AutoField(primary_key=True)
    return [
        migrations.CreateModel("Plot", [("id", number), ("area", models.IntegerField(default=0))]),
        migrations.CreateModel("House", [("id", number), ("code", models.CharField(max_length=2, unique=True))]),
        migrations.CreateModel("Person", [("id", number), ("house", link("House"))]),
        migrations.AddField("House", "size", models.IntegerField(default=1)),
        migrations.AddConstraint("House", models.CheckConstraint(condition=models.Q(size__gt=0), name="size_counts")),
        migrations.AddField("House", "plot", link("Plot")),
        migrations.AddField("Person", "name", models.CharField(max_length=5, default="")),
        migrations.AddIndex("Person", models.Index(fields=["name"], name="by_name")),
        migrations.AddField("House", "rooms", models.IntegerField(default=0)),
        migrations.RunPython(write, migrations.RunPython.noop),
        migrations.AddField("Plot", "slope", models.IntegerField(default=0)),
        migrations.AlterField("Plot", "id", models.BigAutoField(primary_key=True)),
        migrations.AlterField("House", "id", models.BigAutoField(primary_key=True)),
        migrations.AlterField("House", "size", models.BigIntegerField(default=1)),
        migrations.RenameField("House", "code", "number"),
        migrations.RenameModel("House", "Home"),
        migrations.AddField("Plot", "owner", link("Person")),
        migrations.RemoveField("Person", "house"),
        migrations.AddField("Person", "home", link("Home")),
        migrations.RemoveConstraint("Home", "size_counts"),
    ]


def _shape(cursor: Any) -> list[Any]:  # noqa: ANN401 (Django's cursor)
    cursor.execute(
        """SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
        WHERE table_schema = 'drawing' ORDER BY 1, 2"""
    )
    columns = cursor.fetchall()
    cursor.execute(
        """SELECT conrelid::regclass::text, contype::text, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'drawing'::regnamespace ORDER BY 1, 2, 3"""
    )
    return [*columns, *cursor.fetchall()]


if __name__ == "__main__":
    main(alone="alone" in sys.argv[1:])

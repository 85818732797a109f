# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""The checksum of a picture: SHA-256 over what its rows say.

Each row is written as JSON without its own id and the picture's, and without columns that hold nothing: a column that
a later release adds is empty in older pictures, whose checksum stays. The rows are hashed one by one and their hashes
once more, table by table, in the order of household, person and village, so that little memory is needed.
"""

from typing import Final

from periods.models import FrozenHousehold, FrozenPerson, FrozenVillage

_LEFT_OUT: Final = "'{id,tenant_id,snapshot_id,scope_code}'::text[]"


def _of_table(table: str, key: str) -> str:
    return f"""(
    SELECT encode(sha256(coalesce(string_agg(
        sha256(convert_to((jsonb_strip_nulls(to_jsonb(r)) - {_LEFT_OUT})::text, 'UTF8')), ''::bytea ORDER BY r.{key}
    ), ''::bytea)), 'hex')
    FROM {table} r WHERE r.tenant_id = %(tenant)s AND r.snapshot_id = %(snapshot)s
)"""


CHECKSUM: Final = f"""SELECT encode(sha256(convert_to(
    {_of_table(FrozenHousehold._meta.db_table, "household_id")} || {_of_table(FrozenPerson._meta.db_table, "person_id")}
    || {_of_table(FrozenVillage._meta.db_table, "village_id")}, 'UTF8')), 'hex')"""

"""Ids that follow from another one, where one draft gives two rows of the same table."""


def sibling_id_sql(column: str) -> str:
    """Write the id that differs from the UUID in `column` in its last bit.

    The other bits stay, so the sibling lies beside the first in the index. The last 32 bits of a version 7 UUID are
    random (RFC 9562, 5.7), so that two ids made at once are no siblings by chance.
    """
    as_bytes = f"uuid_send({column})"
    return f"encode(set_byte({as_bytes}, 15, get_byte({as_bytes}, 15) # 1), 'hex')::uuid"

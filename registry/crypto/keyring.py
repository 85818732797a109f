"""The key ring: numbered keys of which one seals, and versioned keys of the blind index.

As JSON, where each key is 32 random bytes in base64 and `former` may be left out:

    {"current": 2, "keys": {"1": "…", "2": "…"}, "index": {"version": 2, "key": "…", "former": {"1": "…"}}}
"""

import base64
import binascii
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

KEY_BYTES: Final = 32
_FEWEST_DISTINCT_BYTES: Final = 16  # 32 random bytes hold about 30 different ones
_KEY_NUMBERS: Final = range(1, 65_536)
_INDEX_VERSIONS: Final = range(1, 256)


class KeyRingRefused(ValueError):
    """The key ring is missing, malformed or weak; the text says which part, never its content."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Master keys by number; keys for use are derived from them. Keys stay out of the representation."""

    current: int
    keys: Mapping[int, bytes] = field(repr=False)
    index_version: int
    index_keys: Mapping[int, bytes] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key ring and refuse a weak one.

        Raises: KeyRingRefused.
        """
        ring = _mapping(_json(text), "key ring")
        index = _mapping(ring.get("index"), "index")
        version = _number(index.get("version"), _INDEX_VERSIONS, "index.version")
        keys = _keys(ring.get("keys"), _KEY_NUMBERS, "keys")
        index_keys = _keys(index.get("former", {}), _INDEX_VERSIONS, "index.former")
        if version in index_keys:
            raise KeyRingRefused("index.former holds the version that is in use.")
        index_keys[version] = _key(index.get("key"), "index.key")
        current = _number(ring.get("current"), _KEY_NUMBERS, "current")
        if current not in keys:
            raise KeyRingRefused("current names a key that keys does not hold.")
        every = [*keys.values(), *index_keys.values()]
        if len(set(every)) < len(every):
            raise KeyRingRefused("one key stands in two places; make a new one for each.")
        return cls(current, keys, version, index_keys)


def generate_keyring(former: str = "") -> str:
    """Make a key ring of new random keys as JSON; with the text of a former one, add a sealing key and make it current.

    The key of the blind index stays: `with_new_index_key` changes it.
    Raises: KeyRingRefused when the former one is malformed or weak.
    """
    if not former:
        ring = {"current": 1, "keys": {"1": _new_key()}, "index": {"version": 1, "key": _new_key()}}
        return json.dumps(ring)
    number = max(KeyRing.parse(former).keys) + 1
    ring = json.loads(former)
    return json.dumps(ring | {"current": number, "keys": ring["keys"] | {str(number): _new_key()}})


def with_new_index_key(former: str) -> str:
    """Give the ring with a new key of the blind index under the next version; the one before stays among the former.

    Raises: KeyRingRefused when the ring is malformed or weak, or holds the last version that there can be.
    """
    version = max(KeyRing.parse(former).index_keys) + 1
    if version not in _INDEX_VERSIONS:
        raise KeyRingRefused("index.version has reached its end.")
    ring = json.loads(former)
    index = ring["index"]
    kept = index.get("former", {}) | {str(index["version"]): index["key"]}
    return json.dumps(ring | {"index": {"version": version, "key": _new_key(), "former": kept}})


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        # The cause is left out on purpose: the decoder's error carries the whole text.
        raise KeyRingRefused("the text is not JSON.") from None


def _mapping(value: object, name: str) -> dict[str, object]:
    if not isinstance(value, dict) or not value:
        raise KeyRingRefused(f"{name} must be an object with entries.")
    return value


def _number(value: object, allowed: range, name: str) -> int:
    text = str(value)
    if isinstance(value, bool) or not text.isdecimal() or int(text) not in allowed:
        raise KeyRingRefused(f"{name} must be a whole number from {allowed.start} to {allowed.stop - 1}.")
    return int(text)


def _keys(value: object, allowed: range, name: str) -> dict[int, bytes]:
    if value == {} and name == "index.former":
        return {}
    return {_number(number, allowed, name): _key(key, name) for number, key in _mapping(value, name).items()}


def _key(value: object, name: str) -> bytes:
    try:
        key = base64.b64decode(str(value), validate=True)
    except (binascii.Error, ValueError):
        raise KeyRingRefused(f"a key of {name} is not base64.") from None
    if len(key) != KEY_BYTES:
        raise KeyRingRefused(f"a key of {name} does not have {KEY_BYTES} bytes.")
    if len(set(key)) < _FEWEST_DISTINCT_BYTES or all(0x20 <= byte < 0x7F for byte in key):
        raise KeyRingRefused(f"a key of {name} is not random; make one with generate_keyring.")
    return key

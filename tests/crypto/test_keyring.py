"""The key ring: what is refused, what is made, and that nothing shows a key."""

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from registry.crypto import KeyRing, KeyRingRefused, check_key_ring, generate_keyring
from registry.crypto.ring import current_ring
from registry.embedded.siteenv import new_keyring

KEYS = [base64.b64encode(bytes(range(start, start + 32))).decode() for start in (0, 110, 150, 200)]


def a_ring(**changes: Any) -> str:
    """Give a sound key ring as JSON, with the changes."""
    ring = {"current": 2, "keys": {"1": KEYS[0], "2": KEYS[1]}, "index": {"version": 2, "key": KEYS[2]}}
    return json.dumps(ring | changes)


def test_parse_reads_keys_and_versions_when_the_ring_is_sound() -> None:
    ring = KeyRing.parse(a_ring(index={"version": 2, "key": KEYS[2], "former": {"1": KEYS[3]}}))

    assert (ring.current, sorted(ring.keys), ring.index_version, sorted(ring.index_keys)) == (2, [1, 2], 2, [1, 2])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("{}", "key ring must be"),
        ("[1]", "key ring must be"),
        (a_ring(keys={}), "keys must be"),
        (a_ring(index={}), "index must be"),
        (a_ring(current=3), "current names a key"),
        (a_ring(current=True), "current must be a whole number"),
        (a_ring(current=0), "from 1 to 65535"),
        (a_ring(keys={"2": "no base64!"}), "not base64"),
        (a_ring(keys={"2": base64.b64encode(bytes(range(16))).decode()}), "32 bytes"),
        (a_ring(keys={"2": base64.b64encode(bytes(32)).decode()}), "not random"),
        (a_ring(keys={"2": base64.b64encode(b"a passphrase is not a random key").decode()}), "not random"),
        (a_ring(keys={"1": KEYS[1], "2": KEYS[1]}), "two places"),
        (a_ring(index={"version": 1, "key": KEYS[1]}), "two places"),
        (a_ring(index={"version": 1, "key": KEYS[2], "former": {"1": KEYS[3]}}), "index.former"),
        (a_ring(index={"version": 256, "key": KEYS[2]}), "from 1 to 255"),
    ],
)
def test_parse_refuses_without_showing_a_key_when_the_ring_is_unsound(text: str, said: str) -> None:
    with pytest.raises(KeyRingRefused, match=said) as refused:
        KeyRing.parse(text)

    assert not [key for key in KEYS if key in str(refused.value)]
    assert refused.value.__cause__ is None


def test_key_ring_hides_its_keys_when_it_is_represented() -> None:
    assert repr(KeyRing.parse(a_ring())) == "KeyRing(current=2, index_version=2)"


def test_generate_keyring_makes_a_sound_ring_when_there_was_none() -> None:
    first, second = generate_keyring(), generate_keyring()

    assert KeyRing.parse(first).current == 1
    assert first != second


def test_generate_keyring_adds_a_current_key_when_there_is_a_former_ring() -> None:
    former = generate_keyring()

    ring = KeyRing.parse(generate_keyring(former))

    assert ring.current == 2
    assert ring.keys[1] == KeyRing.parse(former).keys[1]
    assert ring.index_keys == KeyRing.parse(former).index_keys


def test_parse_takes_the_ring_that_a_demonstration_makes_for_itself() -> None:
    assert KeyRing.parse(json.dumps(new_keyring())).current == 1


def test_current_ring_reads_a_file_when_the_setting_names_one(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    path.write_text(a_ring())

    with override_settings(REGISTRY_KEYRING=str(path)):
        assert current_ring() == KeyRing.parse(a_ring())


def test_check_is_silent_when_the_ring_is_sound() -> None:
    with override_settings(REGISTRY_KEYRING=a_ring(), REGISTRY_CIPHER="sm4-gcm"):
        assert check_key_ring() == []


@pytest.mark.parametrize(
    ("ring", "cipher", "said"),
    [
        ("", "aes-256-gcm", "not set"),
        ("/nowhere/keyring.json", "aes-256-gcm", "cannot be read"),
        (a_ring(current=3), "aes-256-gcm", "current names"),
        (a_ring(), "rot13", "REGISTRY_CIPHER must be one of"),
    ],
)
def test_check_refuses_to_run_when_the_ring_or_cipher_is_unsound(ring: str, cipher: str, said: str) -> None:
    with override_settings(REGISTRY_KEYRING=ring, REGISTRY_CIPHER=cipher):
        (error,) = check_key_ring()

    assert error.id == "registry.E020"
    assert said in str(error.msg)


def test_command_line_makes_a_ring_and_adds_to_it_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    command = [sys.executable, "-m", "registry.crypto"]

    path.write_text(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    added = subprocess.run([*command, str(path)], capture_output=True, text=True, check=True).stdout

    assert KeyRing.parse(added).current == 2


def test_command_line_adds_an_index_key_and_keeps_the_former_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    path.write_text(a_ring())
    command = [sys.executable, "-m", "registry.crypto", "--index", str(path)]

    ring = KeyRing.parse(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    assert (ring.index_version, ring.index_keys[2], ring.current) == (3, KeyRing.parse(a_ring()).index_keys[2], 2)


def test_command_line_says_why_when_the_former_ring_is_unsound(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    path.write_text("{}")

    done = subprocess.run(
        [sys.executable, "-m", "registry.crypto", str(path)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "The former key ring cannot be used: key ring must be an object with entries.\n"

"""Make a key ring, or add a key to one.

python -m registry.crypto                       a new ring
python -m registry.crypto keyring.json          the ring with a new sealing key
python -m registry.crypto --index keyring.json  the ring with a new key of the blind index
"""

import argparse
import sys
from pathlib import Path

from registry.crypto.keyring import KeyRingRefused, generate_keyring, with_new_index_key


def main(arguments: list[str]) -> int:
    """Write a key ring to the standard output; give 0, or 2 with a sentence when the former one cannot be used."""
    asked = _asked(arguments)
    try:
        former = asked.former.read_text(encoding="utf-8") if asked.former else ""
        sys.stdout.write((with_new_index_key(former) if asked.index else generate_keyring(former)) + "\n")
    except (KeyRingRefused, OSError, UnicodeDecodeError) as refusal:
        reason = str(refusal) if isinstance(refusal, KeyRingRefused) else "the file cannot be read."
        sys.stderr.write(f"The former key ring cannot be used: {reason}\n")
        return 2
    return 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m registry.crypto", description="Make a key ring, or add a key.")
    parser.add_argument("former", nargs="?", type=Path, help="file of the ring to which a key is added")
    parser.add_argument("--index", action="store_true", help="add a key of the blind index instead of a sealing key")
    asked = parser.parse_args(arguments)
    if asked.index and asked.former is None:
        parser.error("--index needs the file of the ring to which the key is added")
    return asked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

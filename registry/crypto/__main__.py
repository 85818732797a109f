"""Make a key ring: `python -m registry.crypto > keyring.json`, or with a former ring's file to add a sealing key."""

import sys
from pathlib import Path

from registry.crypto.keyring import KeyRingRefused, generate_keyring


def main(arguments: list[str]) -> int:
    """Write a key ring to the standard output; give 0, or 2 with a sentence when the former one cannot be used."""
    try:
        former = Path(arguments[0]).read_text(encoding="utf-8") if arguments else ""
        sys.stdout.write(generate_keyring(former) + "\n")
    except (KeyRingRefused, OSError, UnicodeDecodeError) as refusal:
        reason = str(refusal) if isinstance(refusal, KeyRingRefused) else "the file cannot be read."
        sys.stderr.write(f"The former key ring cannot be used: {reason}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

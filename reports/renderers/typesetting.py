"""Sets one PDF: reads data from its standard input and writes the file to its standard output.

It runs as a process of its own (`pdf.py` starts it), since the typesetter keeps hundreds of megabytes from one file to
the next, and about 10 kB for each cell of a table while it works. It knows nothing of the rest of the product.
"""

import sys
from pathlib import Path
from typing import Final

import typst

HERE: Final = Path(__file__).resolve().parent
FONTS: Final = HERE.parent / "fonts"


def main() -> None:
    """Set the file; without tags for reading aloud, which make a list twenty times as big: HTML is for that."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    made = typst.compile(
        str(HERE / "report.typ"),
        root=str(HERE),
        font_paths=fonts,
        format="pdf",
        sys_inputs={"data": sys.stdin.buffer.read().decode()},
        timestamp=0,
        pdf_tags=False,
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()

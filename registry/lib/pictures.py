"""Read the frame of a photograph, not its pixels: is it whole, and how large is it once it is unpacked."""

import re
import struct
import zlib
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_CHUNK: Final = struct.Struct(">I4s")
_JPEG: Final = b"\xff\xd8"
# A marker that ends a run of coded pixels: neither a byte 0xFF that belongs to them nor a restart within them.
_NEXT_MARKER: Final = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
# Frames: baseline, extended and progressive, with Huffman or arithmetic codes; 0xC4, 0xC8 and 0xCC are none.
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_SCAN: Final = 0xDA
_END: Final = 0xD9
# Padding, and then nothing, one more picture, or a film, whose length stands before its mark.
_ADDED: Final = re.compile(rb"[\x00\r\n\t ]*(?:\Z|\xff\xd8\xff|.?ftyp)", re.DOTALL)


def size_of_png(content: bytes) -> tuple[int, int] | None:
    """Give width and height of a whole .png with nothing after its end; None for anything else.

    Source: W3C Portable Network Graphics (Third Edition), 5 (chunks, their checksums, IHDR first, IEND last).
    """
    if not content.startswith(_PNG):
        return None
    place, size, has_pixels = len(_PNG), None, False
    while place + 12 <= len(content):
        length, kind = _CHUNK.unpack_from(content, place)
        end = place + 12 + length
        if end > len(content) or (size is None) != (kind == b"IHDR"):
            return None
        if zlib.crc32(memoryview(content)[place + 4 : end - 4]) != int.from_bytes(content[end - 4 : end], "big"):
            return None
        if kind == b"IHDR":
            size = struct.unpack_from(">II", content, place + 8) if length == 13 else (0, 0)
        has_pixels = has_pixels or kind == b"IDAT"
        place = end
        if kind == b"IEND":
            return size if has_pixels and place == len(content) else None
    return None


def size_of_jpeg(content: bytes) -> tuple[int, int] | None:
    """Give width and height of a .jpg that runs to its end mark; None for anything else.

    After the end a telephone may add a second picture or the film of a moving one, and nothing else may stand there.
    Source: ITU-T T.81, annex B (markers and their lengths, frame, scan).
    """
    if not content.startswith(_JPEG):
        return None
    place, size, has_scan = len(_JPEG), None, False
    while found := _marker_at(content, place):
        mark, place = found
        if mark == _END:
            return size if has_scan and _is_of_a_telephone(content[place:]) else None
        length = int.from_bytes(content[place : place + 2], "big")
        if length < 2 or place + length > len(content):
            return None
        if mark in _FRAMES and length >= 8:
            height, width = struct.unpack_from(">HH", content, place + 3)
            size = width, height
        place += length
        if mark == _SCAN:
            has_scan = True
            following = _NEXT_MARKER.search(content, place)
            place = following.start() if following else len(content)
    return None


def _marker_at(content: bytes, place: int) -> tuple[int, int] | None:
    """Give the marker that stands here and the place after it."""
    found = _NEXT_MARKER.match(content, place)
    return (found[1][0], found.end()) if found else None


def _is_of_a_telephone(rest: bytes) -> bool:
    """Tell whether what follows the picture is padding, one more picture, a film, or a maker's block with its mark."""
    return _ADDED.match(rest) is not None or rest.endswith(b"SEFT")

"""Small whole pictures, made byte by byte."""

import struct
import zlib


def png(width: int = 2, height: int = 2, *, tail: bytes = b"") -> bytes:
    """Give a whole .png that says it is of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\x00" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"") + tail


def jpeg(width: int = 2, height: int = 2, *, tail: bytes = b"") -> bytes:
    """Give a whole .jpg that says it is of this size: a note with a thumbnail's end mark, two scans, a restart."""

    def segment(mark: int, data: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, mark, len(data) + 2) + data

    frame = segment(0xC2, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + segment(0xE1, b"Exif\xff\xd8\xff\xd9") + frame + scan + b"\xff" + scan + b"\xff\xd9" + tail

"""Pictures that are whole, cut short, forged, or followed by something else."""

import pytest

from registry.lib.pictures import size_of_jpeg, size_of_png
from tests.factories.pictures import jpeg, png

FILM = b"\x00\x00\x00\x18ftypmp42" + b"film"


@pytest.mark.parametrize("tail", [b"", b"\x00\r\n", jpeg(), FILM, b"block of a maker SEFT"])
def test_photograph_is_read_when_it_ends_as_telephones_end_it(tail: bytes) -> None:
    assert size_of_jpeg(jpeg(640, 480, tail=tail)) == (640, 480)


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"PK\x03\x04", b"%PDF-1.4", b"MZ\x00\x00"])
def test_picture_is_none_when_something_else_follows_it(tail: bytes) -> None:
    assert (size_of_jpeg(jpeg(tail=tail)), size_of_png(png(tail=tail))) == (None, None)


@pytest.mark.parametrize("end", range(len(jpeg())))
def test_photograph_is_none_when_it_is_cut_short(end: int) -> None:
    assert size_of_jpeg(jpeg()[:end]) is None


@pytest.mark.parametrize("end", range(len(png())))
def test_picture_is_none_when_it_is_cut_short(end: int) -> None:
    assert size_of_png(png()[:end]) is None


def test_picture_gives_its_size_when_it_is_whole() -> None:
    assert (size_of_png(png(50_000, 50_000)), size_of_jpeg(jpeg(65_535, 65_535))) == ((50_000,) * 2, (65_535,) * 2)


@pytest.mark.parametrize("content", [b"", b"GIF89a", png().replace(b"IDAT", b"IDAX"), png()[:8] + png()[33:]])
def test_picture_is_none_when_a_part_is_forged_or_missing(content: bytes) -> None:
    assert (size_of_png(content), size_of_jpeg(content)) == (None, None)


def test_photograph_is_none_when_it_shows_nothing() -> None:
    assert size_of_jpeg(b"\xff\xd8\xff\xd9") is None

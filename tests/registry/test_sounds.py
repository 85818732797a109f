"""How names sound: what is folded to one, what stays apart."""

import pytest

from registry.lib.sounds import MOST, Sound, sound_of


@pytest.mark.parametrize(
    "spellings",
    [
        ("次仁", "才仁", "泽仁", "才让", "Tsering", "ciren", "ཚེ་རིང་"),
        ("旦增平措", "丹增彭措", "登增朋措", "旦增·平措", "Tenzin Phuntsok", "བསྟན་འཛིན་ཕུན་ཚོགས།"),
        ("尼玛扎西", "尼马札西", "nyima-tashi"),
        ("曲珍", "却珍"),
        ("次仁曲", "才仁却"),
        ("白玛", "边玛", "班玛", "Pema"),
        ("边巴", "班巴"),
        ("王伟", "王玮", "Wang Wei", "WÁNG WÉI"),
        ("吕布", "Lü Bu"),
        ("单雄", "shan xiong"),
        ("阿卜杜拉·买买提", "阿卜杜拉买买提"),
    ],
)
def test_spellings_of_one_name_sound_alike(spellings: tuple[str, ...]) -> None:
    assert len({sound_of(name).key for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("卓嘎", "卓玛"), ("边巴", "白玛"), ("仁青", "仁增"), ("王伟", "王伟民"), ("达瓦", "尼玛"), ("吕布", "鲁布")],
)
def test_names_that_differ_stay_apart(one: str, other: str) -> None:
    assert sound_of(one).key != sound_of(other).key


@pytest.mark.parametrize(
    ("name", "key", "start"),
    [
        ("扎西次仁", "zha xi ci ren", "zha xi"),
        ("扎西", "zha xi", "zha xi"),
        ("曾才让", "zeng ci ren", "zeng ci"),
        ("旺", "wang", "wang"),
        ("·", "", ""),
        ("", "", ""),
    ],
)
def test_keys_are_syllables_without_tones(name: str, key: str, start: str) -> None:
    assert sound_of(name) == Sound(key, start)


def test_key_fits_its_column_when_the_name_is_as_long_as_it_may_be() -> None:
    assert len(sound_of("双" * 60).key) < len(sound_of("双" * 61).key) <= MOST + 7

"""Groups of words with one meaning, from the table and from a user's own."""

from __future__ import annotations

from assistant.synonyms import Synonyms


def test_a_word_comes_first_then_its_group(tmp_path):
    path = tmp_path / "synonyms.txt"
    path.write_text("滯洪池 蓄洪池  雨水池 # 註解\n\n# 整列註解\n", encoding="utf-8")
    synonyms = Synonyms.load(path)
    assert synonyms.of("蓄洪池") == ("蓄洪池", "滞洪池", "雨水池")
    assert synonyms.of("滞洪池")[0] == "滞洪池"
    assert synonyms.of("註解") == ("註解",)


def test_a_word_in_two_groups_has_both(tmp_path):
    path = tmp_path / "synonyms.txt"
    path.write_text("甲詞 乙詞\n甲詞 丙詞\n", encoding="utf-8-sig")
    synonyms = Synonyms.load(path)
    assert synonyms.of("甲词") == ("甲词", "乙词", "丙词")
    assert synonyms.of("乙词") == ("乙词", "甲词")


def test_the_users_groups_are_added_to_the_built_in_ones(tmp_path):
    path = tmp_path / "synonyms.txt"
    path.write_text("捷運 MRT\n", encoding="utf-8")
    assert {"地铁", "mrt"} <= set(Synonyms.load(path).of("捷运"))
    assert "mrt" not in Synonyms.load().of("捷运")


def test_an_unknown_word_means_itself():
    assert Synonyms.load().of("荒滨小学校") == ("荒滨小学校",)
    assert Synonyms({}).of("") == ("",)

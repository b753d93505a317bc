"""Groups of words with one meaning, from the table and from a user's own."""

from __future__ import annotations

from assistant.synonyms import Synonyms


def test_a_word_comes_first_then_its_group(tmp_path):
    path = tmp_path / "synonyms.txt"
    path.write_text("甲池 乙池  丙池 # 註解\n\n# 整列註解\n", encoding="utf-8")
    synonyms = Synonyms.load(path)
    assert synonyms.of("乙池") == ("乙池", "甲池", "丙池")
    assert synonyms.of("甲池")[0] == "甲池"
    assert synonyms.of("丁池") == ("丁池",)


def test_a_word_in_two_groups_has_both(tmp_path):
    path = tmp_path / "synonyms.txt"
    path.write_text("甲詞 乙詞\n甲詞 丙詞\n", encoding="utf-8-sig")
    synonyms = Synonyms.load(path)
    assert synonyms.of("甲词") == ("甲词", "乙词", "丙词")
    assert synonyms.of("乙词") == ("乙词", "甲词")


def test_the_users_groups_are_added_to_the_built_in_ones(tmp_path):
    path = tmp_path / "synonyms.txt"
    path.write_text("捷運 都會鐵道\n", encoding="utf-8")
    assert Synonyms.load(path).of("捷运")[1] == "都会铁道"
    assert "地铁" in Synonyms.load(path).of("捷运")
    assert "都会铁道" not in Synonyms.load().of("捷运")


def test_an_unknown_word_means_itself():
    assert Synonyms.load().of("荒滨小学校") == ("荒滨小学校",)
    assert Synonyms({}).of("") == ("",)

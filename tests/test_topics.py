"""What recommendations are about, and that only topics of the table are known."""

from __future__ import annotations

import pytest

from assistant.topics import OTHER, Topics, UnknownTopic

TOPICS = Topics.load()


@pytest.mark.parametrize(
    ("heading", "text", "topic"),
    [
        ("爭取國際論壇演講機會", "建議派員登臺發表。", "國際參與"),
        ("培訓英語同仁", "建議人事處開設課程。", "人才培育"),
        ("編製自願檢視報告", "", "永續與SDGs"),
        ("建立開放資料平臺", "", "智慧城市"),
        ("選定避難所", "建議消防局辦理地震演練。", "防災韌性"),
        ("改善路口", "建議交通局增設自行車停車位。", "交通"),
        ("廚餘分類", "", "環境"),
        ("失智友善店家", "", "長照社福"),
        ("古蹟導覽", "", "文化觀光"),
        ("與姊妹市互訪", "", "城市外交"),
        ("大型活動的報名動線", "", "活動辦理"),
        ("媒合新創廠商", "", "經濟產業"),
        ("讓學童認識水費單", "建議學校納入課程。", "教育青年"),
        ("改用較厚的紙", "", OTHER),
        ("", "", OTHER),
    ],
)
def test_the_topic_of_a_recommendation(heading: str, text: str, topic: str) -> None:
    assert TOPICS.of(heading, text) == topic


def test_topics_are_found_by_name() -> None:
    assert TOPICS.find(" 永續與sdgs ") == "永續與SDGs" and TOPICS.names[-1] == OTHER
    with pytest.raises(UnknownTopic, match="沒有「水」這個主題；可用的是：國際參與、人才培育"):
        TOPICS.find("水")

"""An invented archive of six documents as files: two editions of one forum, two trips to Japan, slides, news.

Written for the tests. The two forum reports never use the forum's abbreviation.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from shapes import report_of

from assistant.assistant import Assistant
from assistant.llm import Model
from assistant.settings import Settings
from corpus.report import Report
from corpus.rows import ReportRow
from index.archive import Archive

DAKAR = """\
出國報告（出國類別：國際會議）

出席第九屆世界水論壇報告

服務機關：範例市政府水利局
姓名職稱：高以寧 局長、涂志安 科長
派赴國家/地區：塞內加爾
出國期間：111年3月21日至111年3月25日
報告日期：111年5月20日

第一章 目的
本次應主辦單位邀請與會，目的在於介紹本市的雨水回收制度，並了解乾旱城市的供水調度。

第二章 過程
111年3月21日（星期一）
代表團出席開幕式，開幕式由塞內加爾總統主持。
111年3月22日（星期二）
高以寧局長於水與城市分論壇以「把雨水留在城市」為題發表演說，現場約有 150 人聆聽。
111年3月23日（星期三）
參訪卡耶湖抽水站，該站每日供水 38 萬噸，由凱塔站長接待。

第三章 心得
一、缺水城市以資料調度供水
達卡把三十二處水井的水位即時公開，停水前三天就通知居民，民怨因此大減。
二、青年是節水的推手
會場由青年志工設計節水遊戲，讓學童在十分鐘內學會看水費單。

第四章 建議
一、公開水庫與淨水場的即時水位（立即可行）
建議水利局建立即時水位網頁，並於停水前三天發送簡訊。
主辦機關：水利局
二、設置節水體驗教室（中長期）
建議教育局於三所國小設置節水體驗教室。
主辦機關：教育局
"""

BALI = """\
出國報告（出國類別：國際會議）

出席第十屆世界水論壇報告

服務機關：範例市政府環境保護局
姓名職稱：羅文佑 副局長、江品妤 專員
派赴國家/地區：印尼
出國期間：113年5月18日至113年5月24日
報告日期：113年8月1日

第一章 目的
本次與會是為了發表本市河川水質監測的成果，並爭取主辦周邊會議。

第二章 過程
113年5月19日（星期日）
羅文佑副局長主持河川感測器工作坊，共有 42 名學員參加。
113年5月20日（星期一）
參觀蘇巴克梯田水利組織，由村長說明分水規則。

第三章 心得
一、傳統組織也能管理水權
蘇巴克組織以祭典決定放水日期，千年來少有爭水糾紛，值得我們借鏡。
二、感測器要有人維護
多個城市的感測器兩年後失效四成，原因是沒有編列維護經費。

第四章 建議
一、感測器採購應一併編列五年維護費
建議環境保護局於採購時編列五年維護費用。
主辦機關：環境保護局
"""

SENDAI = """\
出國報告（出國類別：考察）

赴日本仙台考察地震防災教育報告

服務機關：範例市政府消防局
姓名職稱：杜承翰 大隊長
派赴國家/地區：日本
出國期間：108年10月7日至108年10月11日
報告日期：108年12月2日

第一章 目的
考察仙台市的地震防災教育，作為本市防災公園改善的參考。

第二章 過程
108年10月8日（星期二）
拜會仙台市消防局，由佐佐木課長簡報防災地圖的製作。
108年10月9日（星期三）
參觀荒濱小學校遺構，該校 320 名師生與居民在屋頂獲救。

第三章 心得
一、遺構是最好的教材
保留受損校舍讓參觀者看見海嘯的高度，比任何海報都有說服力。

第四章 建議
一、選定一處災害現場保存為教材
建議消防局會同文化局選定一處災害現場，保存為防災教材。
"""

KUMAMOTO = """\
出國報告（出國類別：考察）

赴日本熊本考察地下水保育報告

服務機關：範例市政府水利局
姓名職稱：涂志安 科長
派赴國家/地區：日本
出國期間：112年11月13日至112年11月17日
報告日期：113年1月15日

第一章 目的
考察熊本市以水田涵養地下水的制度，評估引進本市的可行性。

第二章 過程
112年11月14日（星期二）
拜會熊本市水保全課，由後藤課長說明補助農民放水入田的辦法。

第三章 心得
一、下游付錢給上游
熊本市付費請上游農民在休耕期引水入田，地下水位十年回升一公尺。

第四章 建議
一、試辦水田涵養補助
建議水利局選定五十公頃休耕水田，試辦涵養補助。
"""

BRIEFING = """\
範例市政府城市外交成果簡報
報告人：秘書處 程雅筑處長
113年12月10日
城市外交數字
接待外賓 87 團
締結姊妹市 6 座
來年重點
青年外交
培訓 30 名青年大使
簡報結束 敬請指教
"""

NEWS = """\
各城市國際交流新聞摘要
中華民國114年2月14日

記者林小芸／高雄報導。高雄市長於港口接待釜山訪團，雙方同意每年互派 12 名實習生。

記者吳大同／臺南報導。臺南市長宣布與大阪合辦古蹟論壇，首場訂於四月舉行。
"""

FILES = {
    "111達卡世界水論壇.txt": DAKAR,
    "113峇里島世界水論壇.txt": BALI,
    "108仙台防災考察.txt": SENDAI,
    "112熊本地下水考察.txt": KUMAMOTO,
    "113城市外交簡報.txt": BRIEFING,
    "114新聞摘要.txt": NEWS,
}


def write(folder: Path) -> Path:
    """The six documents as files in `folder`."""
    for file, text in FILES.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def fill(home: Path, papers: Path) -> Path:
    """`home` as an archive of the six documents."""
    with Archive.open(home) as archive:
        assert len(archive.add([write(papers)]).added) == len(FILES)
    return home


@contextmanager
def assistant_of_six(folder: Path, model: Model | None = None) -> Iterator[Assistant]:
    """An assistant over the six documents, which may write with a model."""
    home, papers = folder / "home", folder / "papers"
    papers.mkdir()
    fill(home, papers)
    with closing(Assistant.open(Settings(home=home), model)) as assistant:
        yield assistant


def report(file: str) -> Report:
    """One of the six as the pipeline reads it, with an id of its own."""
    number = list(FILES).index(file) + 1
    return replace(report_of(FILES[file], file), id=f"r{number:010}")


def row_of(source: Report, **changes: Any) -> ReportRow:
    """What the archive lists of a report."""
    shared = {f.name: getattr(source, f.name) for f in fields(ReportRow) if hasattr(source, f.name)}
    counts = {"number": 1, "pages": len(source.pages), "passages": 1}
    kinds = {"chapters": tuple(chapter.kind for chapter in source.chapters)}
    return ReportRow(**{**shared, **counts, **kinds, **changes})


def row(id: str, **known: Any) -> ReportRow:
    """A row of which only `known` is known."""
    blank: dict[str, Any] = dict(
        number=1, id=id, file=f"{id}.txt", sha256="", doc_type="trip_report", title="", agency="",
        countries=(), cities=(), events=(), category="", start_date=None, end_date=None, report_date=None,
        people=(), keywords=(), classification="", pages=1, passages=1, chapters=(),
    )  # fmt: skip
    return ReportRow(**{**blank, **known})

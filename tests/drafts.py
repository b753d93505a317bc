"""An invented report that passes every rule of the review, in parts that a test can replace."""

from __future__ import annotations

from typing import Any

from shapes import report_of

from assistant.flaws import Flaw, Standards, Subject
from assistant.manuscript import Manuscript
from assistant.review import RULES

COVER = """\
出國報告（出國類別：考察）

赴瑞典馬爾摩考察水岸更新出國報告

服務機關：範例市政府水利局
姓名職稱：杜承翰 科長
派赴國家/地區：瑞典
出國期間：113年5月14日至113年5月18日
報告日期：113年8月1日
"""
SUMMARY = "摘要\n" + "範例市河岸公園多年未整建，水利局派員赴瑞典馬爾摩考察水岸更新。" * 8 + "\n"
PURPOSE = """\
第一章 目的
考察馬爾摩市水岸更新的作法與經費來源，作為本市河岸公園改善的參考，並了解居民參與規劃的方式與限制。
"""
PROCESS = """\
第二章 過程
113年5月15日（星期三）
上午拜會馬爾摩市都市計畫處，該處每年編列 3,500 萬克朗維護水岸，並由 24 位居民組成監督小組。
113年5月16日（星期四）
下午考察西港住宅區，該區 1,200 戶的雨水都流入露天水道，水道沿路設有座椅與淺灘，孩童可以下水。
"""
REFLECTION = (
    "馬爾摩市把維護經費寫進開發契約，業者在取得執照之前就須提撥往後的維護費用，西港的水道因此從未停水。"
    "該市由居民組成監督小組，每季查看水質與座椅並公布結果，損壞的設施平均在一週內修好。"
    "本市河岸公園的維護向來仰賴年度預算，颱風過後常因經費不足而封閉數月，這樣的安排可以避免設施落成之後乏人照顧，值得各局處在訂約時一併考量。"
)
ADVICE = (
    "建議{who}於新辦的水岸開發案中增列維護經費的條款，由開發者在取得使用執照之前提撥基金，並設置居民監督小組，"
    "每季查看設施並公布結果，藉此確保公園在颱風過後能儘速修復開放，減少市民的不便，並節省公帑的支出。"
)
REFLECTIONS = f"""\
第三章 心得
一、維護經費應在開發之初就有著落
{REFLECTION}
二、居民監督使設施得以長久使用
{REFLECTION}
"""
RECOMMENDATIONS = f"""\
第四章 建議
一、將維護經費納入水岸開發契約
{ADVICE.format(who="水利局")}
二、成立水岸設施的居民監督小組
{ADVICE.format(who="工務局")}
三、公開水岸設施的檢查與修復紀錄
{ADVICE.format(who="研考會")}
"""
PARTS = {
    "cover": COVER,
    "summary": SUMMARY,
    "purpose": PURPOSE,
    "process": PROCESS,
    "reflections": REFLECTIONS,
    "recommendations": RECOMMENDATIONS,
}


def text_of(**changed: str) -> str:
    """The report with some of its parts replaced; an empty one is left out."""
    return "\n".join(part for part in {**PARTS, **changed}.values() if part)


def subject_of(standards: Standards | None = None, **changed: str) -> Subject:
    """The report as the rules are given it."""
    return Subject(Manuscript.of(report_of(text_of(**changed))), standards or Standards())


def flaws(rule: str, standards: Standards | None = None, **changed: Any) -> list[Flaw]:
    """What one rule finds in the report with some of its parts replaced."""
    check = next(row.check for row in RULES if row.name == rule)
    return list(check(subject_of(standards, **changed)))

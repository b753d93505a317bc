"""Sentences that recommend and sentences that do not, whom they tell, and who is to act."""

from __future__ import annotations

import pytest

from assistant.advice import Advice

ADVICE = Advice.load()
CITY, MINISTRY = "範例市政府秘書處", "交通部運輸研究所"


@pytest.mark.parametrize(
    ("kind", "sentence", "addressee"),
    [
        ("process", "本市可借鏡該館以遊戲教導避難的作法。", "own"),
        ("process", "這種分批排班的方式，值得本府在辦理園遊會時參考。", "own"),
        ("process", "该馆的预约制度值得本市参考。", "own"),
        ("reflections", "未來本局招募志工時，應先說明任務內容。", "own"),
        ("reflections", "若能在設計階段邀請里長參與，日後的陳情將可減少。", "own"),
        ("reflections", "與其增加場次，不如把一場辦好。", "own"),
        ("reflections", "本市步道的指標仍有改善空間。", "own"),
        ("reflections", "今後大會如能縮短開幕式，與會者將更有時間交流。", "others"),
        ("reflections", "希望主辦單位提供字幕。", "others"),
        ("reflections", "我國應檢討這項規定。", "others"),
        ("process", "此種手繪地圖，本市老街可資仿效。", "own"),
        ("reflections", "里民信箱的回覆格式，似可一併簡化。", "own"),
        ("reflections", "解說牌的維護，實有提高頻率之必要。", "own"),
        ("reflections", "巷弄照明或許能從鄰里提案做起。", "own"),
        ("reflections", "溫泉區的排水，不容再拖。", "own"),
        ("reflections", "簽約一事，仍以先行試辦為宜。", "own"),
        # Not advice: what is so, what somebody else says, what closes the report, what only asks.
        ("reflections", "如何兼顧發展與保存，是本市共同的課題。", None),
        ("reflections", "住戶必須於晚上十點前返回。", None),
        ("reflections", "這項補助須經議會同意，方能動支。", None),
        ("reflections", "當地人常說，與其擋水，不如讓水。", None),
        ("process", "本市代表團應邀出席晚宴。", None),
        ("process", "館長表示，各館應先盤點人力。", None),
        ("process", "該中心採預約制，旅客應先上網登記。", None),
        ("process", "圖 3 本市可借鏡的展示方式", None),
        ("reflections", "與會城市開始討論未來應如何訂定指標。", None),
        ("reflections", "整體而言，本次考察讓本市未來應走的路更清楚。", None),
        ("reflections", "本市未來應怎麼做？", None),
        ("reflections", "展館的動線清楚，參觀者都能找到出口。", None),
    ],
)
def test_whom_a_sentence_tells_to_act(kind: str, sentence: str, addressee: str | None) -> None:
    assert ADVICE.addressee(sentence, kind, CITY) == addressee


@pytest.mark.parametrize(
    ("kind", "sentence", "addressee"),
    [
        # A modal word and an act, a model worth following, a lack, what we shall do.
        ("reflections", "此種由社區自主管理的模式，殊值本市借鏡。", "own"),
        ("reflections", "本局似可比照此一方式，先於兩處公園試行。", "own"),
        ("process", "該館的導覽志工制度相當完善，可供本市博物館參採。", "own"),
        ("reflections", "爾後辦理類似展覽，宜預留整備時間。", "own"),
        ("reflections", "後續本府將參考首爾作法，規劃設置青年諮詢會。", "own"),
        ("reflections", "本市在跨局處資料整合上仍有待加強。", "own"),
        ("reflections", "我們可以學習他們把失敗經驗公開的勇氣。", "own"),
        ("reflections", "政府部門有責任提供清楚的資訊，不能只靠廠商自律，應建立查核機制。", "own"),
        ("reflections", "其垃圾費隨袋徵收並搭配社區稽查的做法，足供本市參酌。", "own"),
        ("reflections", "本市日後若要爭取主辦國際賽事，就必須及早培訓志工。", "own"),
        ("reflections", "地方創生計畫宜由在地青年主導，政府從旁協助。", "own"),
        ("reflections", "建議日後出國考察前先與受訪單位確認議題。", "own"),
        ("reflections", "可參考其作法，於校園周邊劃設慢行區。", "own"),
        ("reflections", "有必要建立跨區域的聯防機制。", "own"),
        ("reflections", "此一做法可資本市借鏡。", "own"),
        ("process", "其分流動線的規劃，可做為本府日後辦理跨年活動之參考。", "own"),
        ("reflections", "臺灣若要發展夜間經濟，須先解決噪音問題。", "own"),
        ("reflections", "本園未來將逐步汰換老舊欄舍。", "own"),
        ("reflections", "本校可嘗試與當地大學合作開設課程。", "own"),
        ("reflections", "先從小處做起，讓居民看得到改變，再談全面推動。", "own"),
        ("reflections", "布拉格以手機導引分流遊客的方式，本市老街於連假期間亦可參考辦理。", "own"),
        ("reflections", "本所同仁應具備基本的急救能力。", "own"),
        ("process", "簡易型共享儲物櫃占地小、造價低，適合本市捷運站試辦。", "own"),
        ("reflections", "後續在推動淨零社區時，應將租屋族群納入考量。", "own"),
        ("reflections", "本縣農會如能成立共同品牌，有助於提高小農議價能力。", "own"),
        (
            "reflections",
            "推展國際交流，語言以外更需要對自身城市有充分認識，因此行前訓練應納入市政簡介。",
            "own",
        ),
        ("reflections", "公園改造之前，不妨先請孩子們畫出心目中的遊戲場。", "own"),
        ("reflections", "綠建築標章的審查流程應予簡化。", "own"),
        ("reflections", "此類老屋修復補助，可供本局研擬相關要點時參考。", "own"),
        ("reflections", "本局將以此為鑑，全面檢視現有滅火設備。", "own"),
        ("reflections", "未來參展宜提前半年完成攤位設計招標。", "own"),
        ("reflections", "讓年輕人有發聲的管道，是本市青年政策可以努力的方向。", "own"),
        ("reflections", "期待本府未來能建立常態性的國際志工培訓制度。", "own"),
        ("reflections", "倘本市捷運公司亦採此種驗票方式，尖峰時段的人潮將明顯紓解。", "own"),
        ("reflections", "社區防災演練不能流於形式。", "own"),
        ("process", "導覽機採租借押證方式，本館亦可採行。", "own"),
        ("reflections", "各局處出國計畫應避免重複。", "own"),
        ("reflections", "在地食材的採購，宜給學校更大彈性。", "own"),
        ("reflections", "這也提醒我們，智慧照護不能忽略長者的數位落差。", "own"),
        ("reflections", "如何讓青年留鄉，是本縣必須面對的課題。", "own"),
        ("reflections", "此一營運模式，或許可以提供本府青年局另一種思考。", "own"),
        ("reflections", "圖資更新若無專責人員，終將失準，因此務須編列人力。", "own"),
        ("reflections", "本局刻正研議之智慧路燈計畫，可納入此類開放介面。", "own"),
        ("reflections", "仙台將震災遺構保存為教育場所，對本縣推動防災教育具有參考價值。", "own"),
        ("reflections", "國際會議的參與人選，宜兼顧業務專長與語言能力。", "own"),
        ("reflections", "我方對外簡報的篇幅偏長，日後可再精簡。", "own"),
        ("process", "其廚餘堆肥回饋農友的循環模式，適合在本鄉推廣。", "own"),
        ("reflections", "出國前應先蒐集受訪單位的年報，以免提問流於表面。", "own"),
        ("reflections", "如何運用既有的里民活動中心，值得民政單位研議。", "own"),
        ("reflections", "與其另建新館，不如活化閒置廳舍。", "own"),
        ("reflections", "災害資訊的多語化，是本市亟待補強的一環。", "own"),
        ("reflections", "未來若有機會參展，建議提早向主辦單位爭取中央展位。", "own"),
        # What the visited city does, what is said by others, what we did, wishes, general truths.
        ("reflections", "里斯本的坡道多，行走其間別有風味。", None),
        ("reflections", "從他們的眼神可以看出對工作的熱愛。", None),
        ("reflections", "這正是韌性城市的精神所在。", None),
        ("reflections", "會議讓各城市得以相互學習。", None),
        ("reflections", "雪梨港的夜景令人難忘。", None),
        ("reflections", "本市獲邀發表，是對過去努力的肯定。", None),
        ("reflections", "日方的接待十分周到。", None),
        ("reflections", "每個城市都有自己的答案。", None),
        ("reflections", "本館可容納三百人。", None),
        ("process", "首爾市規定新建大樓必須設置雨水貯留槽。", None),
        ("reflections", "館長認為博物館應該走入社區。", None),
        ("reflections", "期盼兩市友誼長存。", None),
        ("reflections", "本局曾於108年推動類似計畫，惟成效有限。", None),
        ("reflections", "溝通需要時間，也需要信任。", None),
        ("process", "代表團應大會邀請出席開幕式。", None),
        ("reflections", "丹麥政府將減碳目標納入法律，各市必須每年公布進度。", None),
        ("process", "市長致詞時強調，城市應共同面對氣候變遷。", None),
        ("reflections", "阿姆斯特丹可以做到，是因為停車費夠高。", None),
        ("process", "中心提供輪椅租借，長者可以免費使用。", None),
        ("process", "廠商須於兩年內完成汰換，否則將處以罰款。", None),
        ("reflections", "這座橋的設計考量到未來擴充的可能。", None),
        ("reflections", "雖然預算有限，團隊仍努力完成任務。", None),
        ("process", "館方預計明年將增設親子閱讀區。", None),
        ("process", "車站內設置輔助犬休息區，旅客可以自由使用。", None),
        ("process", "研究團隊建議政府提高補助上限，目前仍在審議中。", None),
        ("reflections", "這樣的成果並非一蹴可幾，背後是二十年的堅持。", None),
        ("process", "局長回應，明年將擴大辦理。", None),
        ("reflections", "本次行程緊湊，未能深入瞭解其財務制度，殊為可惜。", None),
        ("process", "我國代表處協助安排，並陪同參訪。", None),
        ("process", "簡報最後，主持人邀請各城市分享如何提升公共運輸使用率。", None),
        ("reflections", "展場雖小，卻處處可見巧思。", None),
        ("reflections", "當地政府認為補助應以三年為限。", None),
        ("reflections", "應變中心的空間寬敞，令人印象深刻。", None),
        ("reflections", "本市應對疫情的經驗，獲得與會者肯定。", None),
        ("reflections", "新加坡人習慣把垃圾分類視為應盡的義務。", None),
        ("process", "兩市將於明年共同舉辦青年交流活動。", None),
        ("reflections", "這座圖書館更像是市民的客廳，可以聊天、可以做夢。", None),
        ("reflections", "日本的經驗告訴我們，災害不會等待任何人準備好。", None),
        ("reflections", "計畫成功，可從使用人數看出。", None),
        ("reflections", "本次考察雖短，卻可說是收穫豐碩。", None),
        ("reflections", "首爾市認為，資料應屬於市民。", None),
        ("reflections", "十年前的決定，如今證明是正確的。", None),
        ("process", "本府自104年起推動該計畫，並持續檢討修正。", None),
        ("process", "參加者可先在線上填寫資料，以縮短等候時間。", None),
        ("process", "未來五年，該集團將投入十億美元建置儲能設備。", None),
    ],
)
def test_ways_of_recommending_in_passing(kind: str, sentence: str, addressee: str | None) -> None:
    assert ADVICE.addressee(sentence, kind, CITY) == addressee


def test_for_an_agency_of_the_central_government_that_is_no_other() -> None:
    assert ADVICE.addressee("我國應檢討這項規定。", "reflections", MINISTRY) == "own"


@pytest.mark.parametrize(
    ("text", "sums_up"),
    [
        ("整體而言，本次出訪拓展了視野。", True),
        ("以上建議，謹供參考。", True),
        ("本次無建議。", True),
        ("無", True),
        ("無障礙設施應逐年改善。", False),
        ("整體而言，設施應逐年改善。", False),
    ],
)
def test_what_only_sums_up(text: str, sums_up: bool) -> None:
    assert ADVICE.sums_up(text) is sums_up


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("建議水利局建立即時水位網頁。\n主辦機關：環境保護局", "環境保護局"),
        ("先行試辦。（主辦：交通局；協辦：工務局）", "交通局"),
        ("建議水利局會同體育處選定二處滯洪池。", "水利局"),
        ("建議由教育局於三所國小試辦。", "教育局"),
        ("未來本府應培養翻譯人員。", "本府"),
        ("建議每年辦理一次調查。", ""),
    ],
)
def test_who_is_to_act(text: str, actor: str) -> None:
    assert ADVICE.actor(text) == actor

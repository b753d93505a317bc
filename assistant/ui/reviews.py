"""What happens when somebody has a report reviewed: files are read, the report is held to the rules.

Values in, values out; every error ends here as a sentence. Stores nothing; knows nothing of Gradio or HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from assistant.answer import Citation
from assistant.flaws import Standards
from assistant.review import Review
from assistant.reviewing import read_given, review_report, standards_of
from assistant.settings import Settings
from assistant.ui.chat import unexpected
from assistant.ui.uploads import Upload
from corpus.limits import Limits
from corpus.report import XindeError
from index.archive import Archive
from index.reading import ReadingPool

NO_FILE = "還沒有要檢核的檔案。請上傳報告或草稿（docx、odt、pdf、txt、md），再按「開始檢核」。"
FEWEST, MOST = 0, 50
BAD_NUMBER = "建議至少幾項「{number}」不行；請填 {fewest} 到 {most} 的整數。"


class Reviews:
    """Reviews files with the standards of the settings, compared with one archive."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._archive = archive
        self._limits = Limits(file_mb=settings.max_file_mb)
        names = settings.names or settings.home / "names"
        self._names = names if names.is_dir() else None
        self.standards = standards_of(settings)

    def review(self, upload: Upload | None, sources: Sequence[Upload], number: object) -> Review | str:
        """The review of a file, or the sentence why there is none."""
        try:
            if upload is None:
                return NO_FILE
            standards = replace(self.standards, recommendations=_read(number, self.standards))
            with closing(ReadingPool(1, self._limits, names=self._names)) as reader:
                report = read_given(upload.data, upload.name, reader)
                others = [read_given(one.data, one.name, reader) for one in sources]
            return review_report(report, standards, archive=self._archive, sources=others)
        except XindeError as error:
            # The readers speak of adding to the archive, which is not what is done here.
            return str(error).replace("再加入", "再試")
        except Exception as error:
            return unexpected(error)


def _read(number: object, standards: Standards) -> int:
    """The number of recommendations; that of the settings where nothing was filled in."""
    if number is None:
        return standards.recommendations
    if not isinstance(number, int | float) or number != int(number) or not FEWEST <= number <= MOST:
        raise XindeError(BAD_NUMBER.format(number=number, fewest=FEWEST, most=MOST))
    return int(number)


def find_twin(done: Review, n: int) -> Citation | None:
    """The passage number `n` of all that were copied, counted through from 1."""
    passages = [twin.passage for overlap in done.overlaps for twin in overlap.twins]
    return passages[n - 1] if 0 < n <= len(passages) else None

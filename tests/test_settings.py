"""Where settings come from, which wins, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import FIELDS, Settings, SettingsError


def load(tmp_path: Path, toml: str = "", env: dict[str, str] | None = None, **arguments: object) -> Settings:
    if toml:
        (tmp_path / "xinde.toml").write_text(toml, encoding="utf-8")
    return Settings.load(arguments, env or {}, tmp_path)


def test_nothing_given_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings(Path("var"), None, None, "127.0.0.1", 7860, 100)


@pytest.mark.parametrize(
    ("toml", "env", "arguments", "port"),
    [
        ("", {}, {}, 7860),
        ("port = 1", {}, {}, 1),
        ("port = 1", {"XINDE_PORT": "2"}, {}, 2),
        ("port = 1", {"XINDE_PORT": "2"}, {"port": "3"}, 3),
        ("port = 1", {"XINDE_PORT": ""}, {"port": None}, 1),
    ],
)
def test_argument_beats_environment_beats_file(
    tmp_path: Path, toml: str, env: dict[str, str], arguments: dict[str, str], port: int
) -> None:
    assert load(tmp_path, toml, env, **arguments).port == port


def test_the_file_in_the_home_folder_counts_where_there_is_none_here(tmp_path: Path) -> None:
    home = tmp_path / "archive"
    home.mkdir()
    (home / "xinde.toml").write_text('embedder = "/models/e5"\nmax_file_mb = 9\n', encoding="utf-8")
    settings = load(tmp_path, home=home)
    assert (settings.home, settings.embedder, settings.max_file_mb) == (home, "/models/e5", 9)


def test_the_file_here_may_name_the_home_folder(tmp_path: Path) -> None:
    assert load(tmp_path, 'home = "/srv/reports"').home == Path("/srv/reports")


@pytest.mark.parametrize(
    ("toml", "env", "arguments", "part"),
    [
        ("prot = 1", {}, {}, "不認得的設定：prot。可以設定的是：" + "、".join(FIELDS)),
        ("port = 0", {}, {}, "設定 port = 0 不對：應是 1 到 65535 的整數"),
        ("port = true", {}, {}, "port = True 不對"),
        ("port = 1.5", {}, {}, "port = 1.5 不對"),
        ("host = 3", {}, {}, "設定 host = 3 不對：應是一段文字"),
        ("names = ''", {}, {}, "names = '' 不對：應是資料夾的路徑"),
        ("port = ", {}, {}, "讀不進來"),
        ("", {"XINDE_MAX_FILE_MB": "many"}, {}, "環境變數裡的設定 max_file_mb = 'many' 不對"),
        ("", {}, {"port": "http"}, "命令列裡的設定 port = 'http' 不對"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, toml: str, env: dict[str, str], arguments: dict[str, str], part: str
) -> None:
    with pytest.raises(SettingsError) as error:
        load(tmp_path, toml, env, **arguments)
    assert part in str(error.value)


def test_variables_of_others_are_left_alone(tmp_path: Path) -> None:
    assert load(tmp_path, env={"XINDE_SOMETHING": "1"}) == Settings()

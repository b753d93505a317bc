"""Imports point one way, stay at the top of their module, and heavy libraries sit in one place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("app", "assistant", "corpus", "evals", "index", "prompts")
MAY_IMPORT = {
    "corpus": {"corpus"},
    "index": {"index", "corpus"},
    "prompts": set(),
    "assistant": {"assistant", "index", "corpus", "prompts"},
    "assistant.ui": {"assistant", "assistant.ui", "index", "corpus"},
    "evals": {"evals", "assistant", "index", "corpus"},
    "app": {"assistant", "assistant.ui"},
}
# Where a library may be imported: a module, or everything below a folder that ends in "/".
HOMES = {
    "chromadb": ("index/vectors.py", "index/probe.py"),
    "tantivy": ("index/lexical.py",),
    "rjieba": ("index/tokenise.py",),
    "jieba": ("index/tokenise.py",),
    "opencc": ("index/tokenise.py",),
    "sentence_transformers": ("index/embed.py", "index/train_embedding.py"),
    "torch": ("index/embed.py", "index/train_embedding.py"),
    "tokenizers": ("index/static_model.py", "index/train_embedding.py"),
    "gradio": ("assistant/ui/",),
    "jinja2": ("assistant/ui/",),
    "starlette": ("assistant/ui/",),
    "sqlalchemy": (
        "corpus/engine.py", "corpus/store.py", "corpus/changes.py", "corpus/migrations.py",
        "assistant/conversations.py",
        "assistant/feedback.py", "assistant/ledger.py",
    ),
    "pypdfium2": ("corpus/readers/pdf.py", "corpus/readers/pdf_lines.py"),
    "docx": ("corpus/readers/word.py", "assistant/export/docx_writer.py"),
    "pptx": ("corpus/readers/slides.py",),
    "odfdo": ("corpus/readers/odf.py", "assistant/export/odt_writer.py", "assistant/export/sheet_writer.py"),
    "openpyxl": ("assistant/export/sheet_writer.py",),
    "lxml": ("corpus/readers/",),
    "llama_index": ("assistant/retriever.py", "assistant/llm.py"),
    "openai": ("assistant/llm.py",),
    "httpx": ("assistant/llm.py", "assistant/wire.py"),
    "httpcore": ("assistant/wire.py",),
    "mcp": ("assistant/mcp_server.py",),
}  # fmt: skip
MODULES = sorted(
    path
    for name in OURS
    for path in [
        *(ROOT / name).rglob("*.py"),
        *([ROOT / f"{name}.py"] if (ROOT / f"{name}.py").is_file() else []),
    ]
)


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """Every module name that the file imports, with its node."""
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: 相對匯入"
            assert node.module is not None
            yield node.module, node
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def layer(module: str) -> str:
    """assistant.ui.page -> assistant.ui; corpus.store -> corpus."""
    return "assistant.ui" if module.startswith("assistant.ui") else module.split(".")[0]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    allowed = MAY_IMPORT[layer(name_of(path))]
    wrong = {name for name, _ in imports(path) if name.split(".")[0] in OURS and layer(name) not in allowed}
    assert not wrong


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_our_own_modules_are_imported_at_the_top(path: Path) -> None:
    top = set(parse(path).body)
    inside = {name for name, node in imports(path) if name.split(".")[0] in OURS and node not in top}
    assert not inside


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_heavy_libraries_stay_at_home(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    strays = {
        library
        for library in {name.split(".")[0] for name, _ in imports(path)} & set(HOMES)
        if not any(place == home or home.endswith("/") and place.startswith(home) for home in HOMES[library])
    }
    assert not strays


def test_there_is_no_import_cycle() -> None:
    names = {name_of(path).removesuffix(".__init__"): path for path in MODULES}
    graph = {
        name: {other for other, _ in imports(path) if other in names and other != name}
        for name, path in names.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join([*trail[trail.index(name) :], name])
        if name not in done:
            for other in graph[name]:
                visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())

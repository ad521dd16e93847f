"""Rules of the house that no linter knows."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parent.parent
LONGEST_FUNCTION = 40  # lines
GROUND_FLOOR = {"history", "images", "letters"}
LISTINGS = GROUND_FLOOR | {"regions", "accounts", "stakeholders"}
ROOMS = {
    "history": set(),
    "images": set(),
    "letters": set(),
    "regions": {"history", "images"},
    "accounts": {"history", "letters", "regions"},
    "stakeholders": GROUND_FLOOR | {"regions", "accounts"},
    "collaborations": LISTINGS,
    "upkeep": LISTINGS | {"collaborations"},  # the digest counts proposals
    "transfers": LISTINGS,
    "workspace": LISTINGS | {"collaborations", "upkeep", "transfers"},
}
HOUSE = [*ROOMS, "iccn_network", "tests", "benchmarks"]
PYTHON_FILES = sorted(
    path
    for folder in HOUSE
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES_AND_SCRIPTS = sorted([*(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")])

CONFLICT = re.compile(r"^\s*(?:<{7} |>{7} )", re.MULTILINE)
INLINE_CODE = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without src": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.IGNORECASE
    ),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
}
LOADED_FROM_ELSEWHERE = re.compile(
    r"""<(?:script|img|iframe|source|use|image)\b[^>]*\s(?:src|srcset|href)=["'](?:https?:)?//"""
    r"""|<link\b(?![^>]*rel="(?:canonical|alternate)")[^>]*href=["'](?:https?:)?//"""
    r"""|url\(\s*["']?(?:https?:)?//|@import\s"""
    r"""|(?:fetch|import)\(\s*["'`](?:https?:)?//""",
    re.IGNORECASE,
)


def name_of(path):
    return str(path.relative_to(ROOT))


def imported_rooms(path):
    """Yield the line and the room of every import, also of those inside functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        yield from ((node.lineno, name.partition(".")[0]) for name in names)


@pytest.mark.parametrize("room", ROOMS)
def test_imports_point_one_way(room):
    allowed = ROOMS[room] | {room}

    assert [
        f"{name_of(path)}:{line} imports {imported}"
        for path in PYTHON_FILES
        if path.relative_to(ROOT).parts[0] == room
        for line, imported in imported_rooms(path)
        if imported in HOUSE and imported not in allowed
    ] == []


def test_relations_point_one_way():
    """A foreign key named by a string is an import, too; who signs in is a setting."""
    assert [
        f"{model._meta.label}.{field.name} points to {field.related_model._meta.label}"
        for room, allowed in ROOMS.items()
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model
        if field.swappable_setting != "AUTH_USER_MODEL"
        if field.related_model._meta.app_label in ROOMS
        if field.related_model._meta.app_label not in allowed | {room}
    ] == []


def test_nothing_is_left_of_a_merge():
    folders = [*HOUSE, "templates", "static", "locale", "docs", "requirements"]
    files = (path for folder in folders for path in (ROOT / folder).rglob("*"))

    assert [name_of(path) for path in files if path.suffix in {".orig", ".rej"}] == []
    assert [name_of(path) for path in TEMPLATES if CONFLICT.search(path.read_text())] == []


def test_no_function_is_long():
    functions = (
        (path, node)
        for path in PYTHON_FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )

    assert [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path, node in functions
        if node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ] == []


@pytest.mark.parametrize("what", INLINE_CODE)
def test_templates_hold_no_inline_code(what):
    assert [
        f"{name_of(path)}: {found.group()[:60]}"
        for path in TEMPLATES
        for found in INLINE_CODE[what].finditer(path.read_text())
    ] == []


def test_style_sheets_close_what_they_open():
    """A merge may drop a brace: browsers then silently leave out all that follows."""
    for path in (ROOT / "static").rglob("*.css"):
        sections = re.split(r"^(?=@layer)", path.read_text(), flags=re.MULTILINE)
        assert [s[:60] for s in sections if s.count("{") != s.count("}")] == [], name_of(path)


def test_nothing_is_loaded_from_elsewhere():
    assert [
        f"{name_of(path)}: {found.group()[:60]}"
        for path in TEMPLATES + STYLES_AND_SCRIPTS
        for found in LOADED_FROM_ELSEWHERE.finditer(path.read_text())
    ] == []


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ("<style>p{}</style>", "a style element"),
        ("<script>go()</script>", "a script without src"),
        ('<p class="x" style="color:red">', "a style attribute"),
        ('<a\n  onclick="go()">', "an event handler"),
    ],
)
def test_the_rules_on_inline_code_catch_it(markup, what):
    assert [rule for rule, pattern in INLINE_CODE.items() if pattern.search(markup)] == [what]


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="https://another.example/x.js"></script>',
        '<link rel="stylesheet" href="//another.example/x.css">',
        "background: url(https://another.example/x.png)",
        '@import "x.css"',
        'fetch("https://another.example/")',
    ],
)
def test_the_rule_on_other_origins_catches_it(markup):
    assert LOADED_FROM_ELSEWHERE.search(markup)


def test_every_requirement_says_why_it_is_here():
    for file in sorted((ROOT / "requirements").glob("*.in")):
        for line in file.read_text().splitlines():
            assert re.fullmatch(r"\S+\s+# .+", line), f"{file.name}: {line}"


def test_every_pinned_file_has_a_hash_and_no_address():
    for file in sorted((ROOT / "requirements").glob("*.txt")):
        text = file.read_text()
        pins = re.split(r"^(?=\S+==)", text, flags=re.MULTILINE)[1:]
        assert pins
        assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
        assert re.findall(r"://|--(?:index|extra|find)|@ ", text) == []


def test_a_page_that_is_no_html_has_the_icon_too(client):
    assert client.get("/favicon.ico").url == "/static/img/mark.svg"

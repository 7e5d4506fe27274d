"""The house rules: which way imports go, how long things may be, what is installed."""

from __future__ import annotations

import ast
import configparser
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "framing"
MODULES = sorted(PACKAGE.rglob("*.py"))
# a module imports only from what stands to its left
ORDER = (
    "errors", "_data", "corpus", "text", "lexicon", "measures", "classify", "analysis", "events", "stats",
    "comparison", "figures", "render", "classroom", "cli", "__main__",
)  # fmt: skip
_MOST_LINES, _MOST_LINES_OF_FUNCTION = 400, 60
_NOT_OURS = re.compile(r"^(?:\.(?!ci$|gitignore$).*|__pycache__|build|dist|framing-demo|.*\.egg-info)$")
# where things lie on one machine; somebody is nobody
_MACHINE = re.compile(r"(?<![\w.:/])/(?:root|home(?!/somebody/)|Users|work|tmp|mnt|scratch)/\w|\b[A-Z]:\\Users")

pytestmark = pytest.mark.skipif(not (ROOT / "setup.cfg").is_file(), reason="the tests run without their checkout")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def part_of(path: Path) -> str:
    """Return the part of the house that a module stands in."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the part of the house of each import, wherever it stands."""
    inside = path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = list(inside[: -node.level]) if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            targets = [f"{module}.{alias.name}" for alias in node.names] if module == "framing" else [module]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "framing":
            # behind a plain `import framing`
            targets = [f"framing.{node.attr}"]
        else:
            continue
        for target in targets:
            package, _, rest = target.partition(".")
            if package == "framing" and rest not in {"", "__version__"}:
                yield node.lineno, rest.split(".")[0]


def files() -> Iterator[Path]:
    """Yield the files of the repository."""
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if _NOT_OURS.match(path.name):
                continue
            if path.is_dir():
                folders.append(path)
            else:
                yield path


def setup() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def test_every_part_has_its_place() -> None:
    assert {part_of(path) for path in MODULES} - {"__init__"} <= set(ORDER)


@pytest.mark.parametrize("path", [path for path in MODULES if path != PACKAGE / "__init__.py"], ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    part = part_of(path)
    allowed = {*ORDER[: ORDER.index(part)], part}
    assert [f"{name_of(path)}:{line} imports {other}" for line, other in imported(path) if other not in allowed] == []


def test_statistics_know_no_text() -> None:
    found = {other for path in (PACKAGE / "stats").rglob("*.py") for _, other in imported(path)}
    assert found <= {"stats", "errors"}


def test_imports_are_seen_wherever_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "framing" / "stats" / "_x.py"
    module.parent.mkdir(parents=True)
    module.write_text(
        "import framing.cli\nfrom framing import text, __version__\nfrom . import _y\nfrom ..lexicon import load\n"
        "def f():\n    from framing.render import annotate\nimport framing, numpy\n"
        "framing.compare(framing.__version__)\n",
        encoding="utf-8",
    )
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    assert sorted(other for _, other in imported(module)) == ["cli", "compare", "lexicon", "render", "stats", "text"]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_can_be_read_at_once(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= _MOST_LINES


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_can_be_read_at_once(path: Path) -> None:
    """Their docstrings do not count."""
    long = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            documented = ast.get_docstring(node) is not None
            described = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
            length = (node.end_lineno or 0) - node.lineno + 1 - described
            if length > _MOST_LINES_OF_FUNCTION:
                long.append(f"{name_of(path)}:{node.lineno} {node.name} has {length} lines")
    assert long == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_printed(path: Path) -> None:
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    assert [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"] == []


def public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_whatever_is_public_says_what_it_is(path: Path) -> None:
    tree = tree_of(path)
    assert ast.get_docstring(tree)
    assert [node.name for node in public(tree.body) if not ast.get_docstring(node)] == []


def test_no_file_names_a_place_of_one_machine() -> None:
    found = []
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}: {match.group()}" for match in _MACHINE.finditer(text)]
    assert found == []


def test_every_package_is_installed() -> None:
    listed = setup()["options"]["packages"].split()
    code = [".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("__init__.py")]
    assert sorted(listed) == sorted([*code, "framing.lexicons", "framing.reports"])
    assert (ROOT / "lexicons" / "__init__.py").is_file()
    assert (ROOT / "reports" / "__init__.py").is_file()


@pytest.mark.parametrize("package", ["framing", "framing.lexicons", "framing.reports"])
def test_every_data_file_is_installed(package: str) -> None:
    folder = ROOT / package.rpartition(".")[2]
    patterns = [pattern.strip() for pattern in setup()["options.package_data"][package].split(",")]
    covered = {path for pattern in patterns for path in folder.glob(pattern)}
    data = {path for path in files() if folder in path.parents and path.suffix != ".py"}
    assert sorted(map(name_of, data - covered)) == []


def test_no_test_shares_its_file_name_with_another() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))

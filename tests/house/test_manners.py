"""How the source is written: docstrings, imports, names, nothing that waits for a dialog."""

from __future__ import annotations

import ast
import re

from tests.house.source import BELOW_UI, PACKAGE, ROOT, Function, Source, sources

DRAWERS = {"utils", "util", "common", "helpers", "helper", "manager", "managers", "base", "misc"}
# Where everything is caught: the tops of processes and lanes, nowhere else.
CATCHES_BUGS = {
    "chairside/cli.py", "chairside/ui/work.py", "chairside/ui/bugs.py",
    "chairside/record/check_child.py",  # whatever a hostile file does to a parser is a verdict
}  # fmt: skip


def _public(body: list[ast.stmt], inside: str = "") -> list[tuple[str, Function | ast.ClassDef]]:
    """Public functions, classes and methods, with their dotted names."""
    found: list[tuple[str, Function | ast.ClassDef]] = []
    for node in body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        found.append((inside + node.name, node))
        if isinstance(node, ast.ClassDef):
            found += _public(node.body, f"{inside}{node.name}.")
    return found


def test_a_module_begins_by_saying_what_it_is() -> None:
    silent = [s.name for s in sources(PACKAGE) if s.lines and not (ast.get_docstring(s.tree) or "").strip()]
    assert not silent, "\n".join(silent)


def test_what_is_public_below_the_glass_says_what_it_is() -> None:
    """Every public function, method and class of the floors below ui has its sentence."""
    silent = [
        f"{source.name}:{name}"
        for source in sources(PACKAGE)
        if source.floor in BELOW_UI
        for name, node in _public(source.tree.body)
        if not ast.get_docstring(node)
    ]
    assert not silent, "\n".join(silent)


def test_annotations_are_never_evaluated() -> None:
    late = [
        source.name
        for source in sources(PACKAGE)
        if len(source.tree.body) > 2
        and not any(isinstance(n, ast.ImportFrom) and n.module == "__future__" for n in source.tree.body)
    ]
    assert not late, "\n".join(late)


def _imported(node: ast.AST) -> list[str]:
    """Return the modules an import names."""
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    if isinstance(node, ast.ImportFrom) and not node.level:
        return [node.module or "", *(f"{node.module}.{each.name}" for each in node.names)]
    return []


def test_nothing_reaches_for_a_network() -> None:
    """Field complaint 15: signed in person, offline. What the product imports holds no way out."""
    ways = ("socket", "ssl", "http", "urllib.request", "requests", "PySide6.QtNetwork")
    found = [
        f"{source.name}: {module}"
        for source in sources(PACKAGE)
        for node in ast.walk(source.tree)
        for module in _imported(node)
        if any(module == way or module.startswith(f"{way}.") for way in ways)
    ]
    assert not found, "\n".join(found)


def test_no_star_import() -> None:
    starred = [
        source.name
        for source in sources(PACKAGE)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    ]
    assert not starred, "\n".join(starred)


def test_no_drawer() -> None:
    """No module or folder whose name says only that things are in it."""
    drawers = [
        source.name
        for source in sources(PACKAGE)
        if DRAWERS & {part.removesuffix(".py") for part in source.path.relative_to(ROOT).parts}
    ]
    assert not drawers, "\n".join(drawers)


def _is_said(lines: list[str], at: int) -> bool:
    """Tell whether a comment stands on this import, on one in the same run of imports, or just above them."""
    while at > 0:
        if "#" in lines[at]:
            return True
        if not lines[at].strip().startswith(("import ", "from ")):
            return False
        at -= 1
    return False


def _unsaid_imports(source: Source) -> list[str]:
    if "Imports stand inside" in (ast.get_docstring(source.tree) or ""):
        return []
    lines = source.text.splitlines()
    return [
        f"{source.name}:{node.lineno}"
        for function in source.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and not _is_said(lines, node.lineno - 1)
    ]


def test_an_import_inside_a_function_says_why() -> None:
    """Beside it, or for a whole module in its docstring: "Imports stand inside ... because ..."."""
    found = [place for source in sources(PACKAGE) for place in _unsaid_imports(source)]
    assert not found, "\n".join(found)


def _calls(*names: str) -> list[tuple[str, str]]:
    """Return where in the package methods of these names are called, and on what."""
    return [
        (f"{source.name}:{node.lineno}", ast.unparse(node.func.value))
        for source in sources(PACKAGE)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names
    ]


def test_nothing_waits_for_a_dialog() -> None:
    """No `.exec()` but the application's own loop."""
    calls = [place for place, on in _calls("exec", "exec_") if on != "application"]
    assert not calls, "\n".join(calls)


def test_no_layout_is_asked_for_its_items() -> None:
    """Qt for Python keeps a shell of the item and takes it for whatever is made at its address next."""
    calls = [place for place, _ in _calls("itemAt")]
    assert not calls, "\n".join(calls)


def test_what_is_put_off_goes_with_the_object_it_is_for() -> None:
    """`singleShot` calls a method after its object has gone, unless it is told whose time it is."""
    found = [
        f"{source.name}:{node.lineno}"
        for source in sources(PACKAGE)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr == "singleShot" and len(node.args) < len(("time", "whose", "what"))
    ]
    assert not found, "\n".join(found)


_EXCEPTION = re.compile(r"# (?:noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*|type: ignore\[[a-z-]+\])(?P<reason>.*)")


def _unreasoned(source: Source) -> list[str]:
    """Exceptions from the rules with no word of why: on the line, or as a comment within two lines of it."""
    lines = source.text.splitlines()
    found = ((at, match) for at, line in enumerate(lines) if (match := _EXCEPTION.search(line)))
    return [
        f"{source.name}:{at + 1}"
        for at, match in found
        if not match["reason"].strip(" ,#")
        and not any(line.strip().startswith("# ") for line in lines[max(0, at - 2) : at + 3])
    ]


def test_an_exception_from_the_rules_says_why() -> None:
    """Each `noqa` and each ignored type has its reason beside it; no lambda bears a name."""
    found = [place for source in sources(PACKAGE) for place in _unreasoned(source)]
    assert not found, "\n".join(found)
    named = [source.name for source in sources(PACKAGE) if "E731" in source.text]
    assert not named, "\n".join(named)


def _swallows(node: ast.AST) -> bool:
    """Tell whether this catches everything and does not raise again."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    caught = "BaseException" if node.type is None else ast.unparse(node.type)
    raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    return caught in {"Exception", "BaseException"} and not raises


def test_trouble_is_never_swallowed() -> None:
    """Everything is caught only where the house catches bugs, at the top; elsewhere it is raised again."""
    swallowed = [
        f"{source.name}:{getattr(node, 'lineno', 0)}"
        for source in sources(PACKAGE)
        if source.name not in CATCHES_BUGS
        for node in ast.walk(source.tree)
        if _swallows(node)
    ]
    assert not swallowed, "\n".join(swallowed)

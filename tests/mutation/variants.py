"""The mutants of one source file: each is the file with one expression said differently.

What makes no rule is left alone: annotations, docstrings, imports, classes of mere fields, `__all__`.
"""

from __future__ import annotations

import ast
import copy
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

Scope = ast.FunctionDef | ast.Assign | ast.AnnAssign
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}
SKIPPED = ("annotation", "returns", "decorator_list")


@dataclass(frozen=True)
class Mutant:
    """One change: in which function or constant, on which line, from what to what, and the file's new code.

    `lines` are those of its statement, `span` those of the function. The code of a changed constant is only
    that of the module's values, without its classes and functions.
    """

    scope: str
    constant: bool
    line: int
    lines: range
    span: range
    old: str
    new: str
    code: CodeType

    def __str__(self) -> str:
        return f"{self.scope}: {self.old}  ->  {self.new}"


def _put(node: ast.expr, **fields: object) -> ast.expr:
    made = copy.copy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def _swapped(operator: ast.AST) -> ast.AST | None:
    other = SWAPPED.get(type(operator))
    return other() if other else None


def _of_constant(node: ast.Constant) -> Iterator[ast.expr]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, str) and value:
        yield ast.Constant("XX" + value)
    elif value is None:
        yield ast.Constant("XX")


def _of_operator(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(ops=[operator]) if made := _swapped(operator):
            yield _put(node, ops=[made])
        case ast.BinOp(op=operator) if made := _swapped(operator):
            yield _put(node, op=made)
        case ast.BoolOp(op=operator, values=values):
            yield _put(node, op=_swapped(operator))
            for place in range(len(values)):
                rest = values[:place] + values[place + 1 :]
                yield _put(node, values=rest) if len(rest) > 1 else rest[0]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand


def _of_shape(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.IfExp(body=body, orelse=orelse):
            yield from (body, orelse)
        case ast.Call(func=ast.Name(id=name)) if name in NAMES:
            yield _put(node, func=ast.Name(NAMES[name], ast.Load()))
        case ast.Tuple(elts=elements, ctx=ast.Load()) | ast.Set(elts=elements) if len(elements) > 1:
            for place in range(len(elements)):
                yield _put(node, elts=elements[:place] + elements[place + 1 :])
        case ast.GeneratorExp() | ast.ListComp() | ast.SetComp() | ast.DictComp():
            for place, loop in enumerate(node.generators):
                if loop.ifs:
                    every = list(node.generators)
                    every[place] = ast.comprehension(loop.target, loop.iter, [], loop.is_async)
                    yield _put(node, generators=every)


def variants(node: ast.expr) -> Iterator[ast.expr]:
    """What this expression may be said as instead."""
    if isinstance(node, ast.Constant):
        yield from _of_constant(node)
    else:
        yield from _of_operator(node)
        yield from _of_shape(node)


def _hung(parent: ast.AST, name: str, child: ast.expr) -> Iterator[ast.expr]:
    """What it may be for where it stands: a condition the other way around, an answer that is none."""
    if name in ("test", "guard") and isinstance(child, ast.Name | ast.Attribute | ast.Call | ast.Subscript):
        yield ast.UnaryOp(ast.Not(), child)
    if isinstance(parent, ast.Return) and not isinstance(child, ast.Constant):
        yield ast.Constant(None)


def _plain(node: ast.AST) -> bool:
    """Tell whether the expressions inside may be changed: no docstring's, no piece of an f-string."""
    return not isinstance(node, ast.JoinedStr | ast.ClassDef) and not (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def _places(parent: ast.AST, lines: range) -> Iterator[tuple[ast.AST, str, int | None, ast.expr, range]]:
    """Every expression below, with where it hangs and the lines of its statement, up to what is indented."""
    for name, value in ast.iter_fields(parent):
        if name in SKIPPED:
            continue
        several = isinstance(value, list)
        for place, child in enumerate(value if several else [value]):
            if isinstance(child, ast.expr):
                yield parent, name, place if several else None, child, lines
            if isinstance(child, ast.AST) and _plain(child):
                yield from _places(child, _lines(child) if isinstance(child, ast.stmt) else lines)


def _lines(node: ast.stmt) -> range:
    below = [each.lineno for each in ast.iter_child_nodes(node) if isinstance(each, ast.stmt)]
    return range(node.lineno, min(below, default=(node.end_lineno or node.lineno) + 1))


def _scopes(tree: ast.Module) -> Iterator[tuple[str, Scope]]:
    """Functions, methods, and what the module itself sets, each by name."""
    for node in tree.body:
        match node:
            case ast.FunctionDef():
                yield node.name, node
            case ast.ClassDef():
                methods = (each for each in node.body if isinstance(each, ast.FunctionDef))
                yield from ((f"{node.name}.{each.name}", each) for each in methods)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                if name != "__all__" and not _is_type(node):
                    yield name, node


def _is_type(node: ast.Assign | ast.AnnAssign) -> bool:
    """Tell whether this only gives a type a name: `X = A | B`, `X: TypeAlias = ...`, `X = Literal[...]`."""
    aliased = isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias"
    inner = node.value
    while isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.BitOr):
        inner = inner.left
    named = ast.unparse(inner.value if isinstance(inner, ast.Subscript) else inner) if inner else "X"
    return (
        aliased
        or named == "Literal"
        or (inner is not node.value and named[:1].isupper() and not named.isupper())
    )


def _compiled(tree: ast.Module, path: str) -> CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # `x is "XX"` is as good a mutant as any
        return compile(tree, path, "exec")


def mutants(source: str, path: str) -> Iterator[Mutant]:
    """Every mutant of the file, from its top to its end."""
    tree = ast.parse(source)
    values = ast.Module([node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)], [])
    for scope, within in _scopes(tree):
        constant = not isinstance(within, ast.FunctionDef)
        span = range(within.lineno, (within.end_lineno or within.lineno) + 1)
        for parent, name, place, child, lines in list(_places(within, _lines(within))):
            for new in (*variants(child), *_hung(parent, name, child)):
                made, old = ast.fix_missing_locations(ast.copy_location(new, child)), ast.unparse(child)
                held = getattr(parent, name)
                setattr(parent, name, made if place is None else [*held[:place], made, *held[place + 1 :]])
                code = _compiled(values if constant else tree, path)
                setattr(parent, name, held)
                yield Mutant(scope, constant, child.lineno, lines, span, old, ast.unparse(made), code)

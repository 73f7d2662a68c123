"""A lint for the rooms that must compute the same world everywhere.

It reads source only, so it is a net and not a proof: it refuses what makes one machine, day or process differ from
another - shared chance, clocks, the environment, hash order, fractions in state, encodings left to the platform.
A line that must do such a thing says why it is harmless: `# sameness: <reason>`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

BANNED_MODULES = {
    "random": "chance is keyed (engine.luck), never shared",
    "secrets": "chance is keyed (engine.luck), never shared",
    "uuid": "ids come from counters",
    "time": "the engine knows game minutes only",
    "locale": "the same in every locale",
    "faker": "names are drawn once, when a game is cast",
}
BANNED_NAMES = {
    ("os", "environ"): "the environment differs",
    ("os", "getenv"): "the environment differs",
    ("os", "urandom"): "chance is keyed (engine.luck), never shared",
    ("os", "getpid"): "process ids differ",
    ("datetime", "now"): "the engine knows game minutes only",
    ("datetime", "today"): "the engine knows game minutes only",
    ("datetime", "utcnow"): "the engine knows game minutes only",
    ("date", "today"): "the engine knows game minutes only",
}
# What takes a collection in whatever order and gives the same answer.
ORDER_FREE = {"sorted", "set", "frozenset", "len", "sum", "any", "all", "min", "max"}
ORDERED_COPY = {"list", "tuple", "enumerate", "iter", "next", "zip", "map", "filter", "reversed", "dict"}
SET_METHODS = {"union", "intersection", "difference", "symmetric_difference", "copy"}
SET_NAMES = {"set", "frozenset", "Set", "FrozenSet", "AbstractSet", "MutableSet"}
REASON = re.compile(r"#\s*sameness:\s*\S+")


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that may differ from run to run."""

    line: int
    rule: str
    message: str


def check(source: str) -> list[Finding]:
    """What one module does that may differ from run to run, unless its line gives a reason."""
    tree = ast.parse(source)
    lines = source.splitlines()
    walker = _Walker(_set_attributes(tree))
    walker.visit(tree)
    return sorted({each for each in walker.findings if not REASON.search(lines[each.line - 1])})


def _is_set_annotation(node: ast.expr | None) -> bool:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        node = ast.parse(node.value, mode="eval").body
    if isinstance(node, ast.Subscript):
        name = node.value
        if getattr(name, "id", getattr(name, "attr", "")) in {"ClassVar", "Final", "Annotated"}:
            inner = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) else node.slice
            return _is_set_annotation(inner)
        node = name
    return getattr(node, "id", getattr(node, "attr", "")) in SET_NAMES


def _set_attributes(tree: ast.Module) -> set[str]:
    """Names of attributes that this module declares to be sets, in a class body or on self."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for each in node.body:
                if isinstance(each, ast.AnnAssign) and _is_set_annotation(each.annotation):
                    found.add(getattr(each.target, "id", ""))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Attribute):
            if _is_set_annotation(node.annotation):
                found.add(node.target.attr)
    return found


def _own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a scope without those of functions and classes inside it."""
    for child in ast.iter_child_nodes(scope):
        yield child
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            yield from _own_nodes(child)


@dataclass
class _Scope:
    names: set[str] = field(default_factory=set)
    """Everything bound here."""
    sets: set[str] = field(default_factory=set)
    """What is bound to a set here."""


class _Walker(ast.NodeVisitor):
    def __init__(self, set_attributes: set[str]) -> None:
        self.set_attributes = set_attributes
        self.findings: list[Finding] = []
        self.scopes: list[_Scope] = []
        self.order_free: set[ast.AST] = set()

    def refuse(self, node: ast.AST, rule: str, message: str) -> None:
        self.findings.append(Finding(getattr(node, "lineno", 1), rule, message))

    # scopes

    def visit_Module(self, node: ast.Module) -> None:
        self._in_scope(node, None)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._in_scope(node, node.args)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._in_scope(node, node.args)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._in_scope(node, node.args)

    def _in_scope(self, node: ast.AST, arguments: ast.arguments | None) -> None:
        scope = _Scope()
        self.scopes.append(scope)
        if arguments is not None:
            listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
            for each in listed:
                if each is not None:
                    scope.names.add(each.arg)
                    if _is_set_annotation(each.annotation):
                        scope.sets.add(each.arg)
        for each in _own_nodes(node):
            self._bind(scope, each)
        self.generic_visit(node)
        self.scopes.pop()

    def _bind(self, scope: _Scope, node: ast.AST) -> None:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            scope.names.add(node.id)
        elif isinstance(node, ast.Assign) and self.is_set(node.value):
            scope.sets.update(each.id for each in node.targets if isinstance(each, ast.Name))
        elif isinstance(node, ast.NamedExpr) and self.is_set(node.value):
            scope.sets.add(node.target.id)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            if _is_set_annotation(node.annotation):
                scope.sets.add(node.target.id)

    def is_set(self, node: ast.AST) -> bool:
        """Whether an expression is known to be a set."""
        if isinstance(node, (ast.Set, ast.SetComp)):
            return True
        if isinstance(node, ast.Name):
            for scope in reversed(self.scopes):
                if node.id in scope.names | scope.sets:
                    return node.id in scope.sets
            return False
        if isinstance(node, ast.Attribute):
            return node.attr in self.set_attributes
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitOr, ast.BitAnd, ast.Sub, ast.BitXor)):
            return self.is_set(node.left) or self.is_set(node.right)
        if isinstance(node, ast.IfExp):
            return self.is_set(node.body) or self.is_set(node.orelse)
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute):
                return function.attr in SET_METHODS and self.is_set(function.value)
            return isinstance(function, ast.Name) and function.id in {"set", "frozenset"}
        return False

    # chance, clocks, environment

    def visit_Import(self, node: ast.Import) -> None:
        for each in node.names:
            self._module(node, each.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.level == 0 and node.module:
            self._module(node, node.module)
            for each in node.names:
                if reason := BANNED_NAMES.get((node.module, each.name)):
                    self.refuse(node, "environment", f"from {node.module} import {each.name}: {reason}")
                if node.module == "builtins" and each.name in {"id", "hash"}:
                    self.refuse(node, "identity", f"{each.name}() differs from process to process")

    def _module(self, node: ast.AST, name: str) -> None:
        if reason := BANNED_MODULES.get(name.partition(".")[0]):
            self.refuse(node, "import", f"{name}: {reason}")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        owner = getattr(node.value, "id", getattr(node.value, "attr", ""))
        if reason := BANNED_NAMES.get((owner, node.attr)):
            self.refuse(node, "environment", f"{owner}.{node.attr}: {reason}")
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        known = any(node.id in scope.names for scope in self.scopes)
        if node.id in {"hash", "id"} and isinstance(node.ctx, ast.Load) and not known:
            self.refuse(node, "identity", f"{node.id}() differs from process to process")

    # order of sets

    def visit_For(self, node: ast.For) -> None:
        self._ordered(node.iter)
        self.generic_visit(node)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> None:
        self._ordered(node.iter)
        self.generic_visit(node)

    def visit_YieldFrom(self, node: ast.YieldFrom) -> None:
        self._ordered(node.value)
        self.generic_visit(node)

    def visit_Starred(self, node: ast.Starred) -> None:
        if node not in self.order_free:
            self._ordered(node.value)
        self.generic_visit(node)

    def visit_Set(self, node: ast.Set) -> None:
        self.order_free.update(node.elts)
        self.generic_visit(node)

    def visit_ListComp(self, node: ast.ListComp) -> None:
        self._comprehension(node, node.generators)

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._comprehension(node, node.generators)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self._comprehension(node, node.generators)

    def _comprehension(self, node: ast.expr, generators: list[ast.comprehension]) -> None:
        if node not in self.order_free:
            for each in generators:
                self._ordered(each.iter)
        self.generic_visit(node)

    def _ordered(self, node: ast.expr) -> None:
        if self.is_set(node):
            self.refuse(node, "order", "a set has no order that repeats: sorted() it, or keep a list or a dict")

    # calls

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        name = function.id if isinstance(function, ast.Name) else ""
        if name in {"min", "max"} and any(each.arg == "key" for each in node.keywords):
            for each in node.args:
                self._ordered(each)  # among equals the first met wins
        elif name in ORDER_FREE:
            self.order_free.update(node.args)
        elif name in ORDERED_COPY:
            for each in node.args:
                self._ordered(each)
        elif isinstance(function, ast.Attribute):
            self._method(node, function)
        if name == "open":
            self._encoding(node, mode_at=1, encoding_at=3)
        self.generic_visit(node)

    def _method(self, node: ast.Call, function: ast.Attribute) -> None:
        if function.attr in {"join", "extend", "fromkeys"}:
            for each in node.args:
                self._ordered(each)
        elif function.attr == "pop" and not node.args and self.is_set(function.value):
            self.refuse(node, "order", "which member pop() takes from a set differs")
        elif function.attr == "open":
            self._encoding(node, mode_at=0, encoding_at=2)
        elif function.attr in {"read_text", "write_text"}:
            self._encoding(node, mode_at=None, encoding_at=1 if function.attr == "write_text" else 0)

    def _encoding(self, node: ast.Call, mode_at: int | None, encoding_at: int) -> None:
        named = {each.arg: each.value for each in node.keywords}
        mode = named.get("mode") or (node.args[mode_at] if mode_at is not None and len(node.args) > mode_at else None)
        binary = isinstance(mode, ast.Constant) and "b" in str(mode.value)
        if not binary and "encoding" not in named and len(node.args) <= encoding_at:
            self.refuse(node, "encoding", "the platform would choose the encoding: name it")

    # fractions in state

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for each in node.body:
            if isinstance(each, ast.AnnAssign) and _mentions_float(each.annotation):
                self.refuse(each, "float", "state is whole numbers: fen, minutes, parts per million")
        self.generic_visit(node)


def _mentions_float(annotation: ast.expr) -> bool:
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name) and node.id == "ClassVar":
            return False
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"\bfloat\b", node.value):
            return True
    return any(isinstance(node, ast.Name) and node.id == "float" for node in ast.walk(annotation))

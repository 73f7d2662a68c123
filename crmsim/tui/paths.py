"""The textbook's menu, as a tree: tables and actions where the handouts say they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.style import Style
from rich.text import Text
from textual.message import Message as Signal
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from crmsim.engine.action import Action
from crmsim.engine.desk import Table
from crmsim.engine.words import _
from crmsim.tui.speech import tell, tell_action, tell_label


class Paths(Tree[Any]):
    """Menu paths of the seat's tables and actions. Actions that cannot be chosen now are dimmed."""

    class Chosen(Signal):
        """A table, an action, or (None) the home list was chosen."""

        def __init__(self, thing: Table | type[Action] | None) -> None:
            super().__init__()
            self.thing = thing

    class Looked(Signal):
        """The cursor stands on something: its help may be shown."""

        def __init__(self, thing: Table | type[Action] | None) -> None:
            super().__init__()
            self.thing = thing

    def __init__(self) -> None:
        super().__init__(Text(" "), id="paths")
        self.show_root = self.auto_expand = False
        self.guide_depth = 2
        self._shape: tuple[Any, ...] = ()

    def show(self, tables: Iterable[Table], actions: dict[type[Action], bool]) -> None:
        """These tables, and these actions with whether each may be chosen now."""
        tables = list(tables)
        shape = (self.app, getattr(self.app, "lang", ""), tuple(each.id for each in tables), tuple(actions.items()))
        if shape == self._shape:
            return
        self._shape, kept = shape, self.cursor_line
        closed = {self._path(each) for each in self._places() if each.children and not each.is_expanded}
        self.border_title = tell(self, _("Menu"))
        self.clear()
        self.root.add_leaf(Text("⌂ " + tell(self, _("To do"))), None)
        places: dict[tuple[str, ...], TreeNode[Any]] = {}
        for table in tables:
            self._place(places, table.menu or table.label).data = table
        for action, open_now in actions.items():
            place = self._place(places, action.menu) if action.menu else self.root
            place.add_leaf(Text(tell_action(self, action), "" if open_now else "dim"), action)
        for node in self._places():
            node.allow_expand = bool(node.children)
            if node.children and self._path(node) not in closed:
                node.expand()
        self.call_after_refresh(self._go_to, max(0, kept))

    def render_label(self, node: TreeNode[Any], base_style: Style, style: Style) -> Text:
        """A name that is too long for its place says that it goes on."""
        text, depth, parent = super().render_label(node, base_style, style), 0, node.parent
        while parent is not None and parent is not self.root:
            depth, parent = depth + 1, parent.parent
        room = self.scrollable_content_region.width - depth * self.guide_depth
        if room > 0:
            text.truncate(room, overflow="ellipsis")
        return text

    def _go_to(self, line: int) -> None:
        self.cursor_line = min(line, self.last_line)

    def _places(self) -> list[TreeNode[Any]]:
        found, queue = [], list(self.root.children)
        while queue:
            node = queue.pop(0)
            found.append(node)
            queue += node.children
        return found

    def _path(self, node: TreeNode[Any]) -> str:
        return str(node.label) if node.parent is None else f"{self._path(node.parent)}/{node.label}"

    def _place(self, places: dict[tuple[str, ...], TreeNode[Any]], menu: str) -> TreeNode[Any]:
        """The node of a menu path, made when it is not there yet."""
        node, parts = self.root, tuple(tell_label(self, menu).split("/"))
        for depth in range(len(parts)):
            path = parts[: depth + 1]
            if path not in places:
                places[path] = node.add(Text(path[-1]))
            node = places[path]
        return node

    def on_tree_node_selected(self, event: Tree.NodeSelected[Any]) -> None:
        """Enter or a click on a leaf or on a table's name."""
        event.stop()
        if event.node.data is not None or not event.node.children:
            self.post_message(self.Chosen(event.node.data))
        else:
            event.node.toggle()

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Any]) -> None:
        """The cursor moved."""
        event.stop()
        self.post_message(self.Looked(event.node.data))

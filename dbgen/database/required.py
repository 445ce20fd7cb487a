"""Which columns of views are never NULL: those that come straight from a column that is not, and that no
outer join can empty. As `supabase gen types` sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from functools import cached_property
from typing import Any

from dbgen.database.node_tree import Node, is_node

#: Kinds of entries of a query's range table (RTEKind of parsenodes.h), and of joins (JoinType of nodes.h).
_RELATION, _SUBQUERY, _JOIN, _CTE, _GROUP = "0", "1", "2", "6", "9"
_INNER, _LEFT, _RIGHT = "0", "1", "3"


class Required:
    """The answer for views by oid, each with its query; `columns`: those of tables that are NOT NULL."""

    def __init__(self, queries: Mapping[int, Any], columns: Set[tuple[int, int]]) -> None:
        self._queries = queries
        self._columns = columns
        self._found: dict[int, frozenset[int]] = {}

    def of(self, view: int) -> frozenset[int]:
        """The numbers of the view's columns that are never NULL."""
        if view not in self._found:
            self._found[view] = frozenset()
            self._found[view] = frozenset(self._view(self._queries.get(view)))
        return self._found[view]

    def _view(self, tree: Any) -> Iterable[int]:
        first = tree[0] if isinstance(tree, list) and tree else tree
        if not isinstance(first, Node) or not _is_plain(first):
            return
        query = _Query(first)
        for entry in first.nodes("targetList", "TARGETENTRY"):
            if entry.fields.get("resjunk") != "true" and self._value(entry.fields.get("expr"), (query,)):
                yield entry.number("resno")

    def _value(self, value: Any, queries: tuple[_Query, ...]) -> bool:
        """Whether an expression of the last of the nested queries is a column that is never NULL."""
        if not is_node(value, "VAR") or value.fields.get("varlevelsup") != "0":
            return False
        entry, column = value.number("varno"), value.number("varattno")
        query = queries[-1]
        if column <= 0 or entry in query.emptied:
            return False
        source = query.source(entry)
        return source is not None and self._column(source, column, queries)

    def _column(self, source: Node, column: int, queries: tuple[_Query, ...]) -> bool:
        match source.fields.get("rtekind"):
            case kind if kind == _RELATION:
                return self._relation(source.number("relid"), column)
            case kind if kind == _SUBQUERY:
                return self._inner(source.fields.get("subquery"), column, queries)
            case kind if kind == _JOIN:
                return self._value(_at(source.list("joinaliasvars"), column - 1), queries)
            case kind if kind == _GROUP:
                return self._value(_at(source.list("groupexprs"), column - 1), queries)
            case kind if kind == _CTE:
                return self._with(source, column, queries)
        return False

    def _relation(self, oid: int, column: int) -> bool:
        return column in self.of(oid) if oid in self._queries else (oid, column) in self._columns

    def _with(self, source: Node, column: int, queries: tuple[_Query, ...]) -> bool:
        up = source.number("ctelevelsup")
        if up >= len(queries):
            return False
        outer = queries[: len(queries) - up]
        for expression in outer[-1].node.nodes("cteList", "COMMONTABLEEXPR"):
            if expression.fields.get("ctename") == source.fields.get("ctename"):
                recursive = expression.fields.get("cterecursive") == "true"
                return not recursive and self._inner(expression.fields.get("ctequery"), column, outer)
        return False

    def _inner(self, query: Any, column: int, queries: tuple[_Query, ...]) -> bool:
        if not isinstance(query, Node) or not _is_plain(query):
            return False
        for entry in query.nodes("targetList", "TARGETENTRY"):
            if entry.number("resno") == column:
                return self._value(entry.fields.get("expr"), (*queries, _Query(query)))
        return False


class _Query:
    """A query with what its outer joins may empty."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def source(self, entry: int) -> Node | None:
        """What an entry of the range table is."""
        found = _at(self.node.list("rtable"), entry - 1)
        return found if is_node(found, "RANGETBLENTRY") else None

    @cached_property
    def emptied(self) -> frozenset[int]:
        """The entries whose columns an outer join may fill with NULL."""
        return frozenset(_emptied(self.node.fields.get("jointree"), False))


def _emptied(node: Any, outer: bool) -> Iterable[int]:
    if not isinstance(node, Node):
        return
    if node.label == "FROMEXPR":
        for one in node.list("fromlist"):
            yield from _emptied(one, outer)
    elif node.label == "RANGETBLREF" and outer:
        yield node.number("rtindex")
    elif node.label == "JOINEXPR":
        kind = node.fields.get("jointype")
        if outer:
            yield node.number("rtindex")
        yield from _emptied(node.fields.get("larg"), outer or kind not in (_INNER, _LEFT))
        yield from _emptied(node.fields.get("rarg"), outer or kind not in (_INNER, _RIGHT))


def _is_plain(query: Node) -> bool:
    united = query.fields.get("setOperations") is not None
    return query.label == "QUERY" and not united and not query.list("groupingSets")


def _at(values: list[Any], index: int) -> Any:
    return values[index] if 0 <= index < len(values) else None

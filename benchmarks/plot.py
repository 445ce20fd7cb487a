"""The figures as an SVG: seconds over entities, both axes logarithmic."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from benchmarks.report import Row

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 860, 520, 60, 40, 250, 50
_COLOURS = {"dbgen": "#1f6feb", "peer": "#bc4c00", "floor": "#6e7781"}
_TICKS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)
_GAP = 13


class _Scale:
    """From entities and seconds to points."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.sizes = sorted({row.size for row in rows})
        walls = [row.figures.wall for row in rows]
        self.ticks = [t for t in _TICKS if min(walls) / 3 < t < max(walls) * 3]
        self._x = math.log(self.sizes[0]), math.log(max(self.sizes[-1], self.sizes[0] * 2))
        self._y = math.log(min(*walls, *self.ticks)), math.log(max(*walls, *self.ticks))

    def x(self, size: int) -> float:
        low, high = self._x
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (math.log(size) - low) / (high - low)

    def y(self, seconds: float) -> float:
        low, high = self._y
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * (math.log(seconds) - low) / (high - low)


def svg(rows: Sequence[Row], title: str) -> str:
    """The whole picture."""
    scale = _Scale(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="11">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        _text(_LEFT, 20, title, size=14),
        *_grid(scale),
        *_lines(rows, scale),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", colour: str = "#1f2328", size: int = 11
) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="{size}"'
    return f"<text {place}>{escape(words)}</text>"


def _grid(scale: _Scale) -> Iterator[str]:
    for seconds in scale.ticks:
        y = scale.y(seconds)
        yield f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#d0d7de"/>'
        yield _text(_LEFT - 6, y + 4, f"{seconds:g} s", anchor="end")
    for size in scale.sizes:
        yield _text(scale.x(size), _HEIGHT - _BOTTOM + 18, f"{size:,}", anchor="middle")
    yield _text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 12, "entities", anchor="middle")


def _lines(rows: Sequence[Row], scale: _Scale) -> Iterator[str]:
    names = dict.fromkeys((row.kind, row.name) for row in rows)
    ends = []
    for kind, name in names:
        points = sorted((row.size, row.figures.wall) for row in rows if row.name == name)
        places = [(scale.x(size), scale.y(wall)) for size, wall in points]
        colour = _COLOURS[kind]
        dash = ' stroke-dasharray="4 3"' if kind == "floor" or "cold" in name else ""
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="1.5"{dash}/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>' for x, y in places)
        ends.append((places[-1][1], name, colour))
    below = -math.inf
    for y, name, colour in sorted(ends):
        below = max(y, below + _GAP)
        yield _text(_WIDTH - _RIGHT + 10, below + 4, name, colour=colour)

"""A bar chart as SVG."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LABELS, ROW, BAR = 760, 210, 26, 16
END = 70  # room for a bar's number


@dataclass(frozen=True, slots=True)
class Bar:
    """Two parts, in milliseconds."""

    label: str
    init: float
    first: float


def draw(bars: Sequence[Bar]) -> str:
    """One row per bar: init, then the first call, then their sum as a number."""
    height = ROW * (len(bars) + 2)
    scale = (WIDTH - LABELS - END) / max(bar.init + bar.first for bar in bars)
    lines = "\n".join(line for row, bar in enumerate(bars) for line in _row(row, bar, scale))
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" \
font-family="system-ui, sans-serif" font-size="13">
<title>Milliseconds of init and first call</title>
<rect width="100%" height="100%" fill="#fff"/>
{lines}
{_legend(ROW * (len(bars) + 1))}
</svg>
"""


def _row(row: int, bar: Bar, scale: float) -> Iterator[str]:
    top = ROW * row + (ROW - BAR) / 2
    init, first = bar.init * scale, bar.first * scale
    ours = "font-weight='bold' " if bar.label.startswith("This project") else ""
    at = f'x="{LABELS - 8}" y="{top + 12:.0f}" text-anchor="end"'
    yield f"<text {ours}{at}>{escape(bar.label)}</text>"
    yield _box(LABELS, top, init, "#2f6db5")
    yield _box(LABELS + init, top, first, "#f0a030")
    yield (
        f'<text x="{LABELS + init + first + 6:.1f}" y="{top + 12:.0f}">'
        f"{bar.init + bar.first:.0f} ms</text>"
    )


def _legend(top: float) -> str:
    parts = (("init", "#2f6db5", LABELS), ("first call", "#f0a030", LABELS + 70))
    return "\n".join(
        f'{_box(left, top, 10, colour)}<text x="{left + 15}" y="{top + 12}">{name}</text>'
        for name, colour, left in parts
    )


def _box(left: float, top: float, width: float, colour: str) -> str:
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>'
    )

"""Bars by rows and servers as SVG, readable on light and dark ground."""

from html import escape

WIDTH, LABELS, BAR, GAP, TOP, MARGIN = 820, 190, 11, 14, 46, 60
# Of Okabe and Ito, told apart with any eyes and visible on white and on black.
COLOURS = ("#e69f00", "#56b4e9", "#009e73", "#d55e00", "#cc79a7", "#0072b2", "#999999")
STYLE = """text { font: 12px system-ui, sans-serif; fill: #333 }
line { stroke: #bbb } .limit { stroke: #333; stroke-dasharray: 4 3 }
@media (prefers-color-scheme: dark) { text { fill: #ddd } line { stroke: #555 } .limit { stroke: #ddd } }"""


def bars(title, rows, servers, values):
    """`rows` are pairs of key and label; `values[key, server]` is a share of 1, or None: no bar."""
    most = max([1.0, *(value for value in values.values() if value is not None)])
    scale = (WIDTH - LABELS - MARGIN) / most
    group = BAR * len(servers) + GAP
    height = TOP + group * len(rows) + 10
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
             f"<title>{escape(title)}</title><style>{STYLE}</style>",
             f'<text x="0" y="14">{escape(title)}</text>']
    for index, server in enumerate(servers):
        x = LABELS + index * 85
        parts.append(f'<rect x="{x}" y="24" width="10" height="10" fill="{COLOURS[index % len(COLOURS)]}"/>'
                     f'<text x="{x + 14}" y="33">{escape(server)}</text>')
    for tenth in range(0, 11, 2):
        x = LABELS + tenth / 10 * scale
        mark = ' class="limit"' if tenth == 10 else ""
        parts.append(f'<line{mark} x1="{x:.1f}" y1="{TOP - 6}" x2="{x:.1f}" y2="{height - 8}"/>')
    for number, (key, label) in enumerate(rows):
        top = TOP + number * group
        parts.append(f'<text x="0" y="{top + group / 2:.0f}">{escape(label)}</text>')
        for index, server in enumerate(servers):
            value, y = values.get((key, server)), top + index * BAR
            width = 0 if value is None else value * scale
            text = "-" if value is None else f"{value:.2f}"
            parts.append(f'<rect x="{LABELS}" y="{y}" width="{width:.1f}" height="{BAR - 2}" '
                         f'fill="{COLOURS[index % len(COLOURS)]}"/>'
                         f'<text x="{LABELS + width + 4:.1f}" y="{y + BAR - 2}" '
                         f'style="font-size: 10px">{text}</text>')
    return "\n".join(parts + ["</svg>", ""])

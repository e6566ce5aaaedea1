"""Tables: medians with their spread, as text and as Markdown."""

import json
import os
import platform
from statistics import median


def spread(values, form):
    """`median (min–max)`; just the value when there is only one."""
    if not values:
        return "-"
    middle = form.format(median(values))
    if len(values) == 1:
        return middle
    return f"{middle} ({form.format(min(values))}–{form.format(max(values))})"


def text_table(columns, rows):
    table = [columns, *rows]
    widths = [max(len(row[i]) for row in table) for i in range(len(columns))]
    lines = []
    for row in table:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def markdown_table(columns, rows):
    lines = ["| " + " | ".join(columns) + " |",
             "|---" + "|---:" * (len(columns) - 1) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def machine():
    """What the figures are of."""
    with open("/proc/cpuinfo") as file:
        models = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    model = models[0] if models else platform.machine()
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


class Report:
    """Collects the results; prints them at once and writes the files at the end."""

    def __init__(self):
        self.markdown = []
        self.record = {}

    def table(self, title, columns, rows):
        print(f"\n{title}\n{text_table(columns, rows)}", flush=True)
        self.markdown += [f"### {title}", "", markdown_table(columns, rows), ""]

    def picture(self, title, path, markdown_path):
        """A picture in the page, by its path from there."""
        if markdown_path:
            folder = os.path.dirname(os.path.abspath(markdown_path))
            self.markdown += [f"![{title}]({os.path.relpath(path, folder)})", ""]

    def note(self, text):
        print(text, flush=True)
        self.markdown += [text, ""]

    def close(self, markdown_path, json_path, versions, notes, failures):
        """Says what was measured and what was not, and writes the files asked for."""
        listed = ", ".join(f"{name} {version}" for name, version in versions.items())
        self.note("\nVersions: " + (listed or "-"))
        self.note("Machine: " + machine())
        for note in notes + [f"FAILED: {name}: {text}" for name, text in failures.items()]:
            self.note(note)
        self.record |= {"versions": versions, "notes": notes, "failures": failures}
        if markdown_path:
            with open(markdown_path, "w") as file:
                file.write("\n".join(self.markdown))
        if json_path:
            with open(json_path, "w") as file:
                json.dump(self.record, file, indent=1)
                file.write("\n")

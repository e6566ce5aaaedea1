// Numbers as people read them, and small curves.

export const number = (value) => value.toLocaleString("en");

/** A rate, with as many digits as it takes to see it change. */
export function rate(value) {
  if (value === null || value === undefined) return "–";
  if (value === 0) return "0";
  if (value >= 99.5) return number(Math.round(value));
  return value >= 9.95 ? value.toFixed(0) : value.toFixed(1);
}

export const percent = (share) => `${(share * 100).toFixed(share > 0 && share < 0.0995 ? 1 : 0)}%`;

export function milliseconds(value) {
  if (value === null || value === undefined) return "–";
  return value >= 100 ? `${Math.round(value)} ms` : value >= 1 ? `${value.toFixed(1)} ms` : `${Math.round(value * 1000)} µs`;
}

/** A span of time by its two largest units. */
export function age(seconds) {
  const units = [[86400, "d"], [3600, "h"], [60, "m"], [1, "s"]];
  let rest = Math.max(0, Math.floor(seconds));
  const first = units.findIndex(([size]) => rest >= size);
  if (first < 0) return "0s";
  return units.slice(first, first + 2).map(([size, unit]) => {
    const count = Math.floor(rest / size);
    rest %= size;
    return count ? `${count}${unit}` : "";
  }).filter(Boolean).join(" ");
}

export function bytes(count) {
  const units = ["B", "KiB", "MiB", "GiB"];
  let power = 0;
  while (count >= 1024 && power < units.length - 1) { count /= 1024; power += 1; }
  return `${count >= 100 || power === 0 ? Math.round(count) : count.toFixed(1)} ${units[power]}`;
}

/** The last values of something that changes. */
export class History {
  constructor(length = 60) { this.length = length; this.values = []; }

  add(value) {
    this.values.push(value);
    if (this.values.length > this.length) this.values.shift();
  }

  /** The sum of the last values. */
  sum(count) { return this.values.slice(-count).reduce((sum, value) => sum + (value ?? 0), 0); }

  get last() { return this.values.at(-1) ?? null; }
}

const svg = "http://www.w3.org/2000/svg";

/** Draws values, of which null is a gap, from the right edge on. */
export function draw(element, history) {
  const [width, height] = [120, 32];
  const values = history.values;
  const top = Math.max(...values.filter((value) => value !== null), 0) || 1;
  // The first curves are not squeezed into a corner.
  const step = width / (Math.min(history.length, Math.max(values.length, 30)) - 1);
  let line = "";
  let area = "";
  let start = null;
  values.forEach((value, index) => {
    const x = (width - (values.length - 1 - index) * step).toFixed(1);
    if (value === null) { start = null; return; }
    const y = (height - 2 - (value / top) * (height - 5)).toFixed(1);
    line += `${start === null ? "M" : "L"}${x} ${y}`;
    if (start === null) { area += `M${x} ${height}`; start = x; }
    area += `L${x} ${y}`;
    const next = values[index + 1];
    if (next === null || next === undefined) area += `L${x} ${height}Z`;
  });
  if (!element.firstChild) {
    const shape = document.createElementNS(svg, "path");
    shape.setAttribute("class", "area");
    element.append(shape, document.createElementNS(svg, "path"));
  }
  element.firstChild.setAttribute("d", area);
  element.lastChild.setAttribute("d", line);
}

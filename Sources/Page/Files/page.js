// The live page: a stream of what changes, and what is shown of it.

import { age, bytes, draw, History, milliseconds, number, percent, rate } from "./figures.js";
import { explain } from "./explain.js";
import { showMap, standing } from "./world.js";

const find = (id) => document.getElementById(id);
const pageSize = 20;
const eventLimit = 60;
// Over as many seconds it is shown how often members came first.
const shareSpan = 20;

/** An element with a class and text. */
function make(name, className = "", text = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

/** Changes a text only where it is another one, so that nothing is read out or drawn anew in vain. */
const say = (element, text) => { if (element.textContent !== text) element.textContent = text; };

const spark = () => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  element.setAttribute("class", "spark");
  element.setAttribute("viewBox", "0 0 120 32");
  element.setAttribute("preserveAspectRatio", "none");
  element.setAttribute("aria-hidden", "true");
  return element;
};

// What is known

const view = { filter: "", problems: false, offset: 0 };
let source = null;
let pools = new Map();
let zones = new Map();
let last = null;
let order = "";
const queries = new History(120);

/** The growth of a counter a second; null where it cannot be told, as after a restart. */
const growth = (now, before, seconds) =>
  before === undefined || before === null || now === null || now < before || seconds <= 0 ? null : (now - before) / seconds;

// The stream

function connect() {
  source?.close();
  pools = new Map();
  zones = new Map();
  last = null;
  order = "";
  find("pool-list").replaceChildren();
  find("zone-list").replaceChildren();
  find("event-list").replaceChildren();
  const parameters = new URLSearchParams({ limit: pageSize, offset: view.offset });
  if (view.filter) parameters.set("filter", view.filter);
  if (view.problems) parameters.set("problems", "1");
  source = new EventSource(`api/v1/stream?${parameters}`);
  source.addEventListener("update", (event) => take(JSON.parse(event.data)));
  source.addEventListener("open", () => { last = null; });
  source.addEventListener("error", () => {
    link("lost", "no connection");
    // A stream that was refused does not come back of itself.
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
  });
}

function link(className, text) {
  find("link").className = `pill ${className}`;
  say(find("link"), text);
}

function take(update) {
  link("live", "live");
  // A server that was started again counts anew.
  const isAnother = last && (last.server.process !== update.server.process || update.clock < last.clock);
  const seconds = last && !isAnother ? (update.clock - last.clock) / 1000 : 0;
  showServer(update, seconds, isAnother ? null : last);
  showPools(update, seconds);
  showZones(update, seconds);
  showEvents(update.events, isAnother);
  if (update.locations) showLocations(update.locations);
  last = update;
}

// The server

function showServer({ server, total }, seconds, before) {
  say(find("about"), `version ${server.version}, up for ${age(server.uptime)}, ${bytes(server.memory ?? 0)}`);
  const sum = (counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);
  const queriesNow = sum(server.queries);
  const perSecond = growth(queriesNow, before && sum(before.server.queries), seconds);
  if (seconds > 0) queries.add(perSecond);
  say(find("rate"), rate(queries.last));
  draw(find("rate-spark"), queries);
  const shares = Object.entries(server.queries).filter(([, count]) => count > 0)
    .map(([name, count]) => `${name.replace("-ip", " over IP")} ${percent(count / queriesNow)}`);
  say(find("rate-note"), shares.length ? `${number(queriesNow)} since the start: ${shares.join(", ")}` : "none since the start");
  showCodes(server.responses);
  say(find("pool-count"), number(server.pools));
  say(find("pool-note"), server.problems ? `${number(server.problems)} with a member down or none left` : "every member is as it should be");
  showParts(find("pool-parts"), [["noerror", server.pools - server.problems], ["servfail", server.problems]]);
  showParts(find("zone-parts"), [["noerror", server.zones - server.broken.length], ["servfail", server.broken.length]]);
  say(find("zone-count"), number(server.zones));
  const broken = server.broken.length ? `, ${number(server.broken.length)} with errors` : "";
  say(find("zone-note"), `${number(server.records)} records${broken}${server.loading ? ", loading" : ""}`);
  const [className, verdict] = judge(server);
  if (find("verdict").className !== `verdict ${className}`) find("verdict").className = `verdict ${className}`;
  say(find("verdict"), verdict);
  document.title = server.problems || server.broken.length ? `▲ Swiftlet` : "Swiftlet";
  find("pool-empty").hidden = total > 0;
  say(find("pool-empty"), server.pools ? "No pool fits." : "No zone has a policy, so there are no pools.");
}

function judge(server) {
  if (server["isolated-since"] !== null) {
    return ["warn", `Too many members are silent at once, so this server doubts itself and holds their states (for ${age(server.time - server["isolated-since"])}).`];
  }
  if (server.broken.length) {
    const names = server.broken.slice(0, 3).join(", ") + (server.broken.length > 3 ? " and others" : "");
    return ["bad", `${names} ${server.broken.length > 1 ? "have" : "has"} errors and cannot be answered for.`];
  }
  if (!server.ready) return ["", "Not every member has been checked yet."];
  if (server.problems) {
    return ["bad", `${number(server.problems)} of ${number(server.pools)} pools ${server.problems > 1 ? "have" : "has"} members down.`];
  }
  return ["", server.pools ? "All pools are as they should be." : "All zones are served."];
}

/** Shows parts of a whole side by side. */
function showParts(bar, parts) {
  const total = parts.reduce((sum, [, count]) => sum + count, 0);
  if (!bar.firstChild) bar.append(...parts.map(([className]) => make("i", className)));
  parts.forEach(([, count], index) => {
    bar.children[index].style.flexGrow = total ? count / total : 0;
    bar.children[index].hidden = count === 0;
  });
}

function showCodes(counts) {
  const { NOERROR = 0, NXDOMAIN = 0, SERVFAIL = 0, ...rest } = counts;
  const others = Object.values(rest).reduce((sum, count) => sum + count, 0);
  const total = NOERROR + NXDOMAIN + SERVFAIL + others;
  say(find("good"), total ? percent(NOERROR / total) : "–");
  showParts(find("codes"), [["noerror", NOERROR], ["nxdomain", NXDOMAIN], ["servfail", SERVFAIL], ["others", others]]);
  const words = [["NOERROR", NOERROR], ...Object.entries({ NXDOMAIN, SERVFAIL, ...rest })].filter(([, count]) => count > 0)
    .map(([code, count]) => `${code} ${number(count)}`);
  say(find("codes-note"), words.join(", ") || "none yet");
  find("codes").setAttribute("aria-label", `Responses by code: ${words.join(", ") || "none yet"}`);
}

// Pools

function showPools(update, seconds) {
  for (const pool of update.pools) {
    const key = `${pool.name} ${pool.type}`;
    if (!pools.has(key)) pools.set(key, new PoolCard(pool));
    pools.get(key).pool = pool;
  }
  const wanted = new Set(update.order);
  for (const key of pools.keys()) if (!wanted.has(key)) pools.delete(key);
  for (const key of update.order) pools.get(key)?.show(update.server.time, seconds);
  if (update.order.join("\n") !== order) {
    order = update.order.join("\n");
    arrange(find("pool-list"), update.order.map((key) => pools.get(key)?.element).filter(Boolean));
    find("explain-names").replaceChildren(...update.order.map((key) => {
      const option = make("option");
      option.value = pools.get(key).pool.name.replace("*", "any");
      return option;
    }));
  }
  const isPaged = update.total > pageSize || view.offset > 0;
  find("pages").hidden = !isPaged;
  if (!isPaged) return;
  say(find("page-note"), `${number(Math.min(view.offset + 1, update.total))} to ${number(Math.min(view.offset + pageSize, update.total))} of ${number(update.total)}`);
  find("previous").disabled = view.offset === 0;
  find("next").disabled = view.offset + pageSize >= update.total;
}

/** Puts elements in order, moving as few as need be, so that the focus stays. */
function arrange(parent, elements) {
  for (const child of [...parent.children]) if (!elements.includes(child)) child.remove();
  elements.forEach((element, index) => {
    if (parent.children[index] !== element) parent.insertBefore(element, parent.children[index] ?? null);
  });
}

const stateMarks = { up: "●", down: "▼", unknown: "○" };

class PoolCard {
  constructor(pool) {
    this.element = make("article", "pool");
    const head = make("div", "pool-head");
    const title = make("h3");
    const name = make("button", "", pool.name);
    name.type = "button";
    name.title = "Explain its answers";
    name.addEventListener("click", () => ask(pool.name.replace("*", "any"), pool.type));
    title.append(name);
    this.note = make("span", "quiet");
    this.rate = make("span", "pool-rate");
    head.append(title, make("span", "type", pool.type), this.note, this.rate);
    this.alarm = make("p", "alarm");
    const table = make("table", "members");
    const headRow = make("tr");
    for (const text of ["member", "state", "response time", "answers a second", `share, last ${shareSpan} s`]) {
      const cell = make("th", "", text);
      cell.scope = "col";
      headRow.append(cell);
    }
    const tableHead = make("thead");
    tableHead.append(headRow);
    this.body = make("tbody");
    table.append(tableHead, this.body);
    table.setAttribute("aria-label", `Members of ${pool.name} ${pool.type}`);
    this.element.append(head, this.alarm, table);
    this.rows = new Map();
  }

  show(time, seconds) {
    const pool = this.pool;
    this.element.classList.toggle("bad", pool.fallback !== null || pool.members.some((member) => member.state === "down"));
    say(this.note, [pool.zone !== pool.name ? pool.zone : "", `TTL ${age(pool.ttl)}`, pool.check ? `check ${pool.check}` : "not checked"].filter(Boolean).join(" · "));
    const fallbacks = { open: "all members are answered, as none is left", closed: "nobody is answered, as no member is left", last: "those of before are answered, as no member is left" };
    this.alarm.hidden = pool.fallback === null;
    if (pool.fallback) say(this.alarm, `fail=${pool.fallback}: ${fallbacks[pool.fallback] ?? ""}`);
    let sum = null;
    for (const member of pool.members) {
      if (!this.rows.has(member.member)) this.rows.set(member.member, new MemberRow());
      const perSecond = this.rows.get(member.member).show(member, time, seconds, Boolean(pool.check));
      if (perSecond !== null) sum = (sum ?? 0) + perSecond;
    }
    const rows = pool.members.map((member) => this.rows.get(member.member));
    const all = rows.reduce((sum, row) => sum + row.answers.history.sum(shareSpan), 0);
    pool.members.forEach((member, index) => rows[index].showShare(member, all));
    const names = new Set(pool.members.map((member) => member.member));
    for (const name of this.rows.keys()) if (!names.has(name)) this.rows.delete(name);
    arrange(this.body, rows.map((row) => row.element));
    say(this.rate, sum === null ? "" : `${rate(sum)} answers/s`);
  }
}

class MemberRow {
  constructor() {
    this.element = make("tr");
    this.name = make("td", "member");
    this.nameText = make("span");
    this.reason = make("span", "reason");
    this.name.append(this.nameText, this.reason);
    this.state = make("td", "state");
    this.stateText = make("span");
    this.stateAge = make("span", "age");
    this.state.append(this.stateText, this.stateAge);
    this.time = this.measure("time");
    this.answers = this.measure("rate");
    this.share = make("td", "share");
    this.shareText = make("span", "share-text");
    this.meter = make("div", "meter");
    this.meter.append(make("div", "got"), make("div", "want"));
    this.share.append(this.shareText, this.meter);
    this.element.append(this.name, this.state, this.time.cell, this.answers.cell, this.share);
  }

  measure(className) {
    const cell = make("td", `measure ${className}`);
    const box = make("div");
    const measure = { cell, text: make("span"), spark: spark(), history: new History() };
    box.append(measure.text, measure.spark);
    cell.append(box);
    return measure;
  }

  /** Returns the answers a second; null: not known yet. */
  show(member, time, seconds, isChecked) {
    say(this.nameText, member.member);
    const orders = member.orders.map((order) => `${order.do}${order.weight === null ? "" : ` ${order.weight}`} ordered${order.author ? ` by ${order.author}` : ""}${order.reason ? `: ${order.reason}` : ""}`);
    const weight = Math.abs(member["weight-in-force"] - member.weight) > 0.001 ? `weight ${Number(member["weight-in-force"].toFixed(2))} of ${member.weight}` : "";
    const reason = member.state === "up" ? "" : member.reason ?? "";
    say(this.reason, [...orders, weight, reason].filter(Boolean).join(" · "));
    const isDrained = member.orders.some((order) => order.do === "drain");
    const word = !isChecked && member.state === "unknown" ? "unchecked" : member.state;
    this.state.className = `state ${member.state}`;
    say(this.stateText, `${isDrained ? "◐ drain, " : `${stateMarks[member.state]} `}${word}`);
    say(this.stateAge, member.since === null || !isChecked ? "" : `for ${age(time - member.since)}`);
    if (seconds > 0 || this.time.history.last === null) this.time.history.add(member.state === "up" ? member["response-ms"] : null);
    say(this.time.text, milliseconds(member.state === "down" ? null : member["response-ms"]));
    draw(this.time.spark, this.time.history);
    const perSecond = growth(member.answers, this.before, seconds);
    this.before = member.answers;
    if (perSecond !== null) this.answers.history.add(perSecond);
    say(this.answers.text, perSecond === null ? "–" : `${rate(perSecond)}/s`);
    draw(this.answers.spark, this.answers.history);
    return perSecond;
  }

  /** - of: answers of the pool over the last seconds */
  showShare(member, of) {
    const got = of > 0 ? this.answers.history.sum(shareSpan) / of : null;
    say(this.shareText, `${got === null ? "–" : percent(got)} of ${percent(member["share-expected"])} expected`);
    this.meter.style.setProperty("--got", got ?? 0);
    this.meter.style.setProperty("--want", member["share-expected"]);
  }
}

// Zones, locations, events

function showZones(update, seconds) {
  for (const zone of update.zones) {
    const known = zones.get(zone.zone) ?? { row: make("tr") };
    zones.set(zone.zone, Object.assign(known, { zone }));
  }
  const rows = update["zone-order"].map((key) => zones.get(key)).filter(Boolean);
  for (const known of rows) {
    const { zone, row } = known;
    if (!row.firstChild) row.append(make("td"), make("td"), make("td"), make("td"));
    const perSecond = growth(zone.queries, known.before, seconds);
    known.before = zone.queries;
    row.className = zone.state;
    say(row.children[0], zone.state === "broken" ? `▲ ${zone.zone} has errors` : zone.zone);
    say(row.children[1], zone.serial === undefined ? "" : `${zone.serial}`);
    say(row.children[2], zone.records === undefined ? "" : number(zone.records));
    say(row.children[3], rate(perSecond));
  }
  arrange(find("zone-list"), rows.map(({ row }) => row));
  const more = update["zone-total"] - rows.length;
  find("zone-more").hidden = more <= 0;
  say(find("zone-more"), `and ${number(more)} more; the filter finds them`);
}

function showLocations(locations) {
  find("map").toggleAttribute("hidden", !locations.length);
  find("location-empty").hidden = locations.length > 0;
  showMap(find("map"), locations);
  const marks = { up: "●", down: "▼", mixed: "◆", unknown: "○" };
  find("location-list").replaceChildren(...locations.slice(0, 24).map((location) => {
    const state = standing(location.members);
    const { up, down, unknown } = location.members;
    const words = [[up, "up"], [down, "down"], [unknown, "unknown"]].filter(([count]) => count).map(([count, word]) => `${count} ${word}`);
    const item = make("li");
    item.title = location.zone;
    item.append(make("span", `state ${state === "mixed" ? "down" : state}`, `${marks[state]} ${location.location} `), make("span", "quiet", words.join(", ") || "no members"));
    return item;
  }));
}

function showEvents(events, isAnother) {
  const list = find("event-list");
  if (isAnother) list.replaceChildren();
  for (const event of [...events].reverse()) {
    const item = make("li");
    const time = make("time", "", new Date(event.time * 1000).toLocaleTimeString("en-GB"));
    time.dateTime = new Date(event.time * 1000).toISOString();
    const line = make("p");
    const to = event.details?.to;
    const isBad = event.level === "error" || event.level === "warning";
    const className = to === "unknown" ? "plain" : isBad ? event.level : to === "up" ? "notice" : "plain";
    line.append(make("span", `mark-word ${className}`, to ? `${stateMarks[to] ?? ""} ` : isBad ? "▲ " : "· "), event.text);
    const names = event.details?.names;
    if (names?.length) line.append(make("span", "reason", names.slice(0, 3).join(", ") + (event.details["names-count"] > 3 ? ` and ${event.details["names-count"] - 3} more` : "")));
    item.append(time, line);
    list.prepend(item);
  }
  while (list.children.length > eventLimit) list.lastChild.remove();
  find("event-empty").hidden = list.children.length > 0;
}

// What can be done

let typing = null;
find("filter").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const filter = find("filter").value.trim();
    if (filter === view.filter) return;
    Object.assign(view, { filter, offset: 0 });
    connect();
  }, 250);
});
find("filter-form").addEventListener("submit", (event) => event.preventDefault());
find("problems").addEventListener("change", () => {
  Object.assign(view, { problems: find("problems").checked, offset: 0 });
  connect();
});
for (const [id, step] of [["previous", -pageSize], ["next", pageSize]]) {
  find(id).addEventListener("click", () => {
    view.offset = Math.max(0, view.offset + step);
    connect();
    find("pools").focus({ preventScroll: true });
    find("pools").scrollIntoView();
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select")) return;
  event.preventDefault();
  find("filter").focus();
});
find("explain-form").addEventListener("submit", (event) => {
  event.preventDefault();
  explain(find("explanation"), new FormData(event.target));
});

/** Explains a name, as if it had been typed in. */
function ask(name, type) {
  find("explain-name").value = name;
  find("explain-type").value = type === "A" || type === "AAAA" ? type : "";
  find("explain-form").requestSubmit();
  find("explain-form").scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  find("explain-name").focus({ preventScroll: true });
}

connect();

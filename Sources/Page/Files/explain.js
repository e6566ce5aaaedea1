// The answer to "why is this answered?", step by step.

const make = (name, className = "", text = "") => {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
};

/** Asks the server, and shows what it says. */
export async function explain(box, fields) {
  const parameters = new URLSearchParams([...fields].filter(([, value]) => value.trim()).map(([key, value]) => [key, value.trim()]));
  box.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(`api/v1/explain?${parameters}`);
    const reply = await response.json();
    box.replaceChildren(...(response.ok ? show(reply) : [make("p", "failure", reply.error)]));
  } catch {
    box.replaceChildren(make("p", "failure", "The server cannot be reached."));
  }
  box.removeAttribute("aria-busy");
}

function show(reply) {
  if (reply.unsteered) return reply.unsteered.map((sentence) => make("p", "answer", sentence));
  return reply.pools.map(showPool);
}

function showPool(pool) {
  const section = make("section", "answer");
  section.append(make("h3", "", `${pool.name} ${pool.type}`));
  const settings = Object.entries(pool.settings).map(([key, value]) => `${key}=${value}`).join(" ");
  const policy = make("p", "quiet", `policy ${pool.policy} `);
  policy.append(make("code", "", settings), `, TTL ${pool.ttl} s`);
  section.append(policy);
  const steps = make("ol", "steps");
  steps.append(step("Who asks", [client(pool.client)]));
  steps.append(step(`${pool.members.length} member${pool.members.length > 1 ? "s" : ""}`, pool.members.map((member) =>
    ["", `${member.member}: ${member.state}, weight ${member.weight}${member.tier > 1 ? `, tier ${member.tier}` : ""}${member.at ? `, at ${member.at}` : ""}${member.orders.length ? ", ordered" : ""}`])));
  for (const stage of pool.stages) {
    const lines = [
      ...stage.dropped.map(({ member, reason }) => ["dropped", `${member}: ${reason}`]),
      ...stage.weighed.map(({ member, factor }) => ["weighed", `${member} by ${Number(factor.toFixed(3))}`]),
      ["kept", `leaves ${stage.left}${stage.tier === null ? "" : `, of tier ${stage.tier}`}${stage.note ? `; ${stage.note}` : ""}`],
    ];
    steps.append(step(stage.stage, lines, true));
  }
  const shares = pool.members.filter((member) => member.share.part > 0).map((member) => ["", `${member.member} comes first in ${member.share.percent}`]);
  const next = pool.next?.length ? [["", `next: ${pool.next.slice(0, 4).map((answer) => answer.join(", ") || "nobody").join("; then ")}`]] : [];
  const sticky = pool.sticky ? [["", "this client sticks to its answer"]] : [];
  const end = step("Answer", shares.length ? [...shares, ...next, ...sticky] : [["dropped", "nobody: NODATA"]]);
  end.classList.add("end");
  steps.append(end);
  section.append(steps);
  return section;
}

function client(client) {
  if (!client) return ["", "no certain client; give one to see where it is"];
  const nearest = client.nearest?.length ? `, nearest to ${client.nearest.join(", then ")}` : "";
  return ["", `${client.network}${client.owner ? `, whose network is of ${client.owner}` : ""}${nearest}`];
}

function step(title, lines, isStage = false) {
  const item = make("li");
  const heading = make("h4");
  heading.append(isStage ? make("code", "", title) : title);
  const list = make("ul");
  list.append(...lines.map(([className, text]) => make("li", className, text)));
  item.append(heading, list);
  return item;
}

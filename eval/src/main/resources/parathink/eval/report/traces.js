/* What opens under a problem: question, votes, the fork tree as lanes on one axis of tokens, and two texts side by side. */
const LANES_AT_ONCE = 64;
const LANE = 1.75; // height of a lane in rem

function voteList(problem, more) {
  const most = Math.max(...more.votes.map(vote => vote.weight), 1e-9);
  const weighted = more.votes.some(vote => vote.weight !== vote.count);
  const items = more.votes.map(vote => {
    const kind = vote.right ? "right" : problem.fate === "ungraded" ? "ungraded" : "wrong";
    const value = weighted ? `${whole(vote.count)} (${vote.weight.toPrecision(3)})` : whole(vote.count);
    return element("li", {}, element("span", { class: "answer-text", text: vote.answer }),
      element("span", { class: "bar", tone: kind, style: { width: `${Math.max(0, (100 * vote.weight) / most)}%` } }),
      element("span", { class: "value", text: value }, element("small", { text: [vote.right ? "right" : "", vote.answer === problem.answer ? "chosen" : ""].filter(Boolean).join(", ") })));
  });
  return element("ul", { class: "votes", "aria-label": "Votes, most first" }, ...items);
}

function ending(completion) {
  if (completion.correct === true) return "right";
  if (completion.finish === "length" || completion.finish === "budget") return "cut_off";
  if (completion.finish === "cancelled" || completion.finish === "error") return completion.finish;
  if (completion.role === "judge") return "ungraded";
  if (absent(completion.answer)) return "no_answer";
  return completion.correct === false ? "wrong" : "ungraded";
}

const endedBy = completion => ({ stop: "ended", length: "met the limit", budget: "budget spent", cancelled: "pruned", error: "failed" })[completion.finish] + (completion.stopped_by ? `: ${completion.stopped_by}` : "");

/* A branch begins where its parent ended: the one it names, else the nearest completion above it in the fork tree. */
function placeLanes(completions) {
  const known = new Map();
  completions.forEach((completion, row) => {
    let parent = completion.parent ? known.get(completion.parent) : undefined;
    for (let at = completion.path.lastIndexOf("/"); parent === undefined && at > 0; at = completion.path.lastIndexOf("/", at - 1)) parent = known.get(completion.path.slice(0, at));
    completion.row = row;
    completion.above = parent;
    completion.start = parent ? parent.start + parent.tokens : 0;
    known.set(completion.path, completion);
  });
  return completions.reduce((longest, completion) => Math.max(longest, completion.start + completion.tokens), 1);
}

function tickStep(longest) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, longest / 4)));
  return [1, 2, 5, 10].map(times => times * power).find(step => longest / step <= 5);
}

function axis(longest) {
  const step = tickStep(longest), ticks = [];
  for (let at = 0; at <= longest; at += step) ticks.push(element("span", { style: { left: `${(100 * at) / longest}%` }, text: whole(at) }));
  return element("div", { class: "lane axis", "aria-hidden": "true" }, element("span", { class: "who", text: "completion" }), element("span", { class: "track" }, ...ticks), element("span", { class: "tokens", text: "tokens" }), element("span", { class: "why", text: "end" }), element("span", { class: "given", text: "answer" }), element("span"));
}

function track(completion, longest) {
  const at = tokens => `${(100 * tokens) / longest}%`;
  const link = completion.above ? element("span", { class: "link", style: { left: at(completion.start), height: `${(completion.row - completion.above.row) * LANE}rem` } }) : null;
  return element("span", { class: "track", style: { "--step": at(tickStep(longest)) } }, link,
    element("i", { tone: ending(completion), style: { left: at(completion.start), width: at(completion.tokens) } }),
    element("b", { class: "end " + completion.finish, tone: ending(completion), style: { left: at(completion.start + completion.tokens) } }));
}

function lane(completion, longest, reading) {
  const kind = ending(completion), depth = completion.path.split("/").length - 1;
  const given = absent(completion.answer) ? "none" : completion.answer, role = completion.role === "branch" ? "" : " " + completion.role;
  const read = element("button", { type: "button", class: "read", "aria-pressed": "false", "aria-label": `Read completion ${completion.path}${role}: ${labels[kind]}, ${completion.tokens} tokens from ${completion.start}, ${endedBy(completion)}, answer ${given}`, onclick: () => reading.show(completion, 0) },
    element("span", { class: "who", style: { paddingLeft: `${Math.min(depth - 1, 6) * 0.5}rem` } }, element("span", { class: "dot", tone: kind }), element("span", { text: completion.path + role })),
    track(completion, longest), element("span", { class: "tokens", text: whole(completion.tokens) }), element("span", { class: "why", text: endedBy(completion), title: endedBy(completion) }),
    element("span", { class: "given answer-text", text: (kind === "right" ? "✓ " : "") + (absent(completion.answer) ? "–" : completion.answer), title: `${labels[kind]}: ${given}` }));
  const beside = element("button", { type: "button", class: "quiet beside", text: "beside", "aria-pressed": "false", "aria-label": `Read completion ${completion.path} beside the other`, onclick: () => reading.show(completion, 1) });
  completion.buttons = [read, beside];
  return element("li", { class: "lane", "data-path": completion.path }, read, beside);
}

function laneFacts(completion) {
  const known = [["role", completion.role], ["finish", completion.finish], ["stopped by", completion.stopped_by], ["from token", completion.start || null],
    ["round", completion.round || null], ["seed", completion.seed], ["log-probability", completion.logprob], ["self-certainty", completion.self_certainty], ["confidence", completion.confidence], ["score", completion.score]];
  const shown = value => (typeof value === "number" && !Number.isInteger(value) ? value.toPrecision(4) : String(value));
  return element("p", { class: "facts" }, ...known.filter(([, value]) => !absent(value)).map(([name, value]) => element("span", { text: `${name} ${shown(value)}` })));
}

/* The text, with the last place where it says its answer marked. */
function marked(completion) {
  const { text, answer } = completion, at = answer ? text.lastIndexOf(answer) : -1;
  const made = element("pre", { tabindex: "0", "aria-label": `Text of completion ${completion.path}` });
  if (at < 0) made.textContent = text;
  else made.append(text.slice(0, at), element("mark", { text: answer }), text.slice(at + answer.length));
  return made;
}

/* The two texts being read. */
function readingRoom(problem) {
  const panes = element("div", { class: "panes" }), chosen = [null, null];
  const draw = () => {
    panes.replaceChildren(...chosen.filter(Boolean).map(completion => element("article", { class: "pane" },
      element("h4", {}, element("span", { class: "fate", tone: ending(completion), text: completion.path }), element("span", { class: "kind", text: `${labels[ending(completion)]}${absent(completion.answer) ? "" : ", answer " + completion.answer}` })),
      laneFacts(completion), completion.text ? marked(completion) : element("p", { class: "note", text: "It has no text." }))));
    panes.classList.toggle("two", chosen.every(Boolean));
  };
  const press = () => problem.completions.forEach(completion => completion.buttons && completion.buttons.forEach((button, side) => button.setAttribute("aria-pressed", chosen[side] === completion)));
  return { panes, press, show: (completion, side, quietly = false) => {
    chosen[side] = chosen[side] === completion && side === 1 ? null : completion;
    draw();
    press();
    if (side === 0 && !quietly) remember({ problem: problem.problem, repeat: repeated() ? problem.repeat : null, completion: completion.path });
  } };
}

/* To begin with: a completion that gave the answer chosen, beside one that gave another, a right one if there is any. */
function telling(problem, wanted) {
  const { completions } = problem, answering = completions.filter(completion => completion.role !== "judge");
  const first = completions.find(completion => completion.path === wanted) || answering.find(completion => !absent(problem.answer) && completion.answer === problem.answer) || answering[0] || completions[0];
  const others = answering.filter(completion => completion !== first && completion.answer !== first.answer);
  return [first, others.find(completion => completion.correct) || others.find(completion => !absent(completion.answer)) || others[0]];
}

async function traces(problem, target, wanted) {
  const id = `trace-${current.index}-${problem.index}`;
  if (!problem.endings.length && !byId(id)) {
    target.replaceChildren(element("p", { class: "note", text: "There are no completions." }));
    return;
  }
  if (!byId(id)) {
    target.replaceChildren(element("p", { class: "note", text: "The texts of this problem are not kept in this page. “parathink show DIR PROBLEM” prints them." }));
    return;
  }
  const completions = (await unpack(id)).split("\n").filter(Boolean).map(line => JSON.parse(line));
  problem.completions = completions;
  const longest = placeLanes(completions), reading = readingRoom(problem);
  const lanes = element("ol", { class: "lanes" });
  const show = (from, to) => { lanes.append(...completions.slice(from, to).map(completion => lane(completion, longest, reading))); reading.press(); };
  show(0, LANES_AT_ONCE);
  target.replaceChildren(element("h3", { text: `${plural(completions.length, "completion")}, longest chain ${whole(longest)} tokens` }), axis(longest), lanes);
  if (completions.length > LANES_AT_ONCE) {
    const rest = element("button", { type: "button", class: "quiet", text: `Show the other ${whole(completions.length - LANES_AT_ONCE)}`, onclick: () => { show(LANES_AT_ONCE); rest.remove(); } });
    target.append(rest);
  }
  target.append(reading.panes);
  telling(problem, wanted).forEach((completion, side) => completion && reading.show(completion, side, true));
}

async function detailOf(problem) {
  const chunk = Math.floor(problem.index / current.chunk);
  current.more ??= {};
  current.more[chunk] ??= unpack(`more-${current.index}-${chunk}`).then(JSON.parse);
  return (await current.more[chunk])[problem.index % current.chunk];
}

function detail(problem, wanted) {
  const made = element("div", { class: "detail" }), text = (title, said, kind = "question") => element("div", {}, element("h3", { text: title }), element("p", { class: kind, text: said }));
  if (problem.question) made.append(text("Question", problem.question));
  const votes = element("div"), target = element("div", {}, element("p", { class: "note", text: "Unpacking …" })), rest = element("div");
  made.append(votes, target, rest);
  const fill = async () => {
    const more = await detailOf(problem), notes = more.notes;
    if (more.error) votes.append(text("Error", more.error));
    if (more.votes.length) votes.append(element("h3", { text: "Votes" }), voteList(problem, more));
    if (notes) rest.append(element("h3", { text: "Notes of the strategy" }), element("pre", { class: "question", text: JSON.stringify(notes, null, 1) }));
    rest.append(element("p", { class: "note", text: `Tokens: work ${whole(problem.work)}, span ${whole(problem.span)}, prefill ${whole(more.prefill)}, reused ${whole(more.reused)}, judges ${whole(more.judge)}. ` }, element("a", { href: addressOf({ problem: problem.problem, repeat: repeated() ? problem.repeat : null }), text: "Link to this " + noun() })));
    await traces(problem, target, wanted);
  };
  fill().catch(error => target.replaceChildren(element("p", { class: "note", text: `It cannot be unpacked: ${error.message}` }))).then(() => { made.dataset.ready = "true"; });
  return made;
}

/* What opens under a problem: question, votes, and its completions as lanes on one axis of tokens. */
const LANES_AT_ONCE = 64;

function voteList(problem) {
  const most = Math.max(...problem.votes.map(vote => vote.weight), 1e-9);
  const weighted = problem.votes.some(vote => vote.weight !== vote.count);
  const items = problem.votes.map(vote => {
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
  if (completion.answer === null || completion.answer === undefined) return "no_answer";
  return completion.correct === false ? "wrong" : "ungraded";
}

/* A branch begins where the nearest completion above it in the fork tree ended. */
function placeLanes(completions) {
  const ends = new Map();
  for (const completion of completions) {
    let start = 0;
    for (let at = completion.path.lastIndexOf("/"); at > 0; at = completion.path.lastIndexOf("/", at - 1)) {
      const above = ends.get(completion.path.slice(0, at));
      if (above !== undefined) { start = above; break; }
    }
    completion.start = start;
    ends.set(completion.path, start + completion.tokens);
  }
  return Math.max(1, ...ends.values());
}

function laneFacts(completion) {
  const known = [["role", completion.role], ["ended by", completion.stopped_by ? `${completion.finish}, ${completion.stopped_by}` : completion.finish],
    ["round", completion.round || null], ["seed", completion.seed], ["log-probability", completion.logprob], ["self-certainty", completion.self_certainty], ["confidence", completion.confidence], ["score", completion.score]];
  const shown = value => (typeof value === "number" && !Number.isInteger(value) ? value.toPrecision(4) : String(value));
  return element("p", { class: "facts" }, ...known.filter(([, value]) => value !== null && value !== undefined).map(([name, value]) => element("span", { text: `${name} ${shown(value)}` })));
}

function lane(completion, longest) {
  const kind = ending(completion), depth = completion.path.split("/").length - 1;
  const given = completion.answer === null || completion.answer === undefined ? labels[kind] : completion.answer;
  const summary = element("summary", { "aria-label": `Completion ${completion.path}, ${completion.tokens} tokens, ${labels[kind]}, ${given}` },
    element("span", { class: "who", style: { paddingLeft: `${Math.min(depth, 6) * 0.5}rem` } }, element("span", { class: "dot", tone: kind }), element("span", { text: completion.path + (completion.role === "branch" ? "" : " " + completion.role) })),
    element("span", { class: "track" }, element("i", { tone: kind, style: { left: `${(100 * completion.start) / longest}%`, width: `${(100 * completion.tokens) / longest}%` } })),
    element("span", { class: "tokens", text: whole(completion.tokens) }),
    element("span", { class: "given answer-text", text: (kind === "right" ? "✓ " : "") + given, title: labels[kind] }));
  const details = element("details", { class: "lane" }, summary);
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(laneFacts(completion), element("pre", { text: completion.text, tabindex: "0" }));
  });
  return details;
}

async function traces(index, target) {
  let completions;
  try {
    completions = (await unpack("trace-" + index)).split("\n").filter(Boolean).map(line => JSON.parse(line));
  } catch (error) {
    target.replaceChildren(element("p", { class: "note", text: `The completions cannot be unpacked: ${error.message}` }));
    return;
  }
  if (!completions.length) {
    target.replaceChildren(element("p", { class: "note", text: "There are no completions." }));
    return;
  }
  const longest = placeLanes(completions);
  const lanes = element("div", { class: "lanes" });
  const show = (from, to) => lanes.append(...completions.slice(from, to).map(completion => lane(completion, longest)));
  show(0, LANES_AT_ONCE);
  target.replaceChildren(element("h3", { text: `${plural(completions.length, "completion")}, longest chain ${whole(longest)} tokens` }), lanes);
  if (completions.length > LANES_AT_ONCE) {
    const rest = element("button", { type: "button", class: "quiet", text: `Show the other ${whole(completions.length - LANES_AT_ONCE)}`, onclick: () => { show(LANES_AT_ONCE); rest.remove(); } });
    target.append(rest);
  }
}

function detail(problem) {
  const made = element("div", { class: "detail" });
  if (problem.question) made.append(element("div", {}, element("h3", { text: "Question" }), element("p", { class: "question", text: problem.question })));
  if (problem.error) made.append(element("div", {}, element("h3", { text: "Error" }), element("p", { class: "question", text: problem.error })));
  if (problem.votes.length) made.append(element("div", {}, element("h3", { text: "Votes" }), voteList(problem)));
  const target = element("div", {}, element("p", { class: "note", text: "Unpacking …" }));
  made.append(target);
  if (problem.notes) made.append(element("div", {}, element("h3", { text: "Notes of the strategy" }), element("pre", { class: "question", text: JSON.stringify(problem.notes, null, 1) })));
  const { prefill, reused, work, span, judge } = problem;
  made.append(element("p", { class: "note", text: `Tokens: work ${whole(work)}, span ${whole(span)}, prefill ${whole(prefill)}, reused ${whole(reused)}, judges ${whole(judge)}.` }));
  traces(problem.index, target).then(() => { made.dataset.ready = "true"; });
  return made;
}

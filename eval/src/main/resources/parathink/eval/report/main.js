/* Headline, settings, and the order in which the page comes to life. */
/* Names while they are few; a table follows anyway. */
function overview() {
  if (report.runs.length <= 6) return report.runs.map(each => each.name).join(" · ");
  const count = new Map();
  for (const each of report.runs) count.set(each.run.strategy, (count.get(each.run.strategy) || 0) + 1);
  return [...count].map(([strategy, runs]) => `${plural(runs, "run")} of ${strategy}`).join(" · ");
}

function headline() {
  const { run, metrics } = current;
  const datasets = [...new Set(report.runs.map(each => short(each.run.dataset)))];
  byId("title").textContent = several ? `${report.runs.length} runs on ${datasets.length === 1 ? datasets[0] : `${datasets.length} datasets`}` : `${named(run)} on ${short(run.dataset)}`;
  const drawn = metrics.attempts ? metrics.completions / metrics.attempts : 0;
  const facts = [/^replay:/.test(run.model) ? "replayed" : short(run.model), plural(metrics.problems, "problem") + (repeated() ? ` × ${run.repeats} repeats` : ""), `${Number.isInteger(drawn) ? drawn : drawn.toFixed(1)} completion${drawn === 1 ? "" : "s"} ${repeated() ? "an attempt" : "a problem"}`, `seed ${run.seed}`];
  byId("lede").textContent = several ? overview() : facts.join(" · ");
  byId("result-title").className = several ? "" : "visually-hidden";
  byId("result-title").textContent = several ? `${current.name}: ${named(run)} on ${short(run.dataset)}` : "Result";
  byId("partial").hidden = run.status === "complete";
  byId("partial").textContent = `This run is ${run.status}: ${whole(metrics.attempts)} of ${whole(metrics.attempts_planned)} attempts are done, and the figures are of these.`;
}

function scale(accuracy) {
  const at = share => `${100 * share}%`;
  return [element("div", { class: "scale", "aria-hidden": "true" }, element("i", { style: { left: at(accuracy.low), width: at(accuracy.high - accuracy.low) } }), element("b", { style: { left: at(accuracy.value) } })),
    element("div", { class: "ends", "aria-hidden": "true" }, element("span", { text: "0" }), element("span", { text: "100 %" }))];
}

/* The outcomes as one bar: the first answer to “and the others?”. */
function strip() {
  const { fates, attempts } = current.metrics, known = report.fates.filter(fate => fates[fate.word]);
  return [element("div", { class: "strip", "aria-hidden": "true" }, ...known.map(fate => element("i", { tone: fate.word, style: { flex: `${fates[fate.word]} 1 0` } }))),
    element("p", { class: "legend" }, ...known.map(fate => element("span", { class: "fate", tone: fate.word, title: fate.meaning }, labels[fate.word], element("small", { text: percent(fates[fate.word] / attempts) }))))];
}

function score() {
  const { metrics } = current, { accuracy } = metrics;
  if (!accuracy) {
    byId("score").replaceChildren(element("p", { class: "big", text: "–" }), element("p", { class: "note", text: metrics.attempts ? "No problem has a reference to grade by." : "No attempt is finished yet." }));
    return;
  }
  byId("score").replaceChildren(element("p", { class: "big" }, points(accuracy.value), element("small", { text: "%" })), ...scale(accuracy),
    element("p", { class: "note", text: `Accuracy of the strategy: ${whole(metrics.fates.right)} of ${whole(metrics.graded)} right. 95 % interval ${range(accuracy)} % (${{ wilson: "Wilson", plus_four: "Agresti-Coull" }[accuracy.interval] || "bootstrap over problems"}).` }), ...strip());
}

/** The strategy, with a word for one that was told the right answers. */
function named(run) {
  return run.settings.diagnostic ? `${run.strategy} (diagnosis)` : run.strategy;
}

function figures() {
  const { metrics } = current, first = metrics.curve[0], last = metrics.curve.at(-1), { usage } = metrics;
  const each = value => whole(value / Math.max(1, metrics.attempts)), facts = [], a = repeated() ? "an attempt" : "a problem";
  if (first) facts.push(["pass@1", percent(first.pass.value), range(first.pass)]);
  if (last && last.k > 1) facts.push([`cons@${last.k}`, percent(last.cons.value), range(last.cons)], [`pass@${last.k}`, percent(last.pass.value), range(last.pass)]);
  facts.push(["Unanswered", percent(metrics.unanswered_rate), "of attempts"], ["Cut off", percent(metrics.cut_off_rate), "of completions"], ["Errors", percent(metrics.error_rate), "of attempts"],
    ["Work", each(usage.work), `tokens ${a}`], ["Span", each(usage.span), `tokens ${a}`], ["Parallelism", usage.span ? (usage.work / usage.span).toFixed(1) : "–", "work over span"],
    ["Prefill", each(usage.prefill), `tokens, ${each(usage.reused)} more reused`], ["Judges", each(usage.judge_work), `tokens, prefill ${each(usage.judge_prefill)}`]);
  if (usage.b_seq !== undefined) facts.push(["B_seq", whole(usage.b_seq), `tokens read and written ${a}, accepted calls`], ["B_total", whole(usage.b_total), "all calls"]);
  if (metrics.tokens_per_second !== null) facts.push(["Speed", whole(metrics.tokens_per_second), "tokens a second"]);
  byId("figures").replaceChildren(...facts.map(([name, value, more]) => element("div", {}, element("dt", { text: name }), element("dd", {}, value, element("small", { text: more })))));
}

function factsTable(title, facts) {
  const rows = facts.map(([name, value]) => element("tr", {}, element("th", { scope: "row", text: name }), element("td", { text: value, class: /^[0-9a-f:]{16,}$|^sha256/.test(value) ? "mono" : "" })));
  return element("div", {}, element("h3", { text: title }), element("table", { class: "facts-table" }, element("tbody", {}, ...rows)));
}

function flat(object, prefix = "") {
  return Object.entries(object).flatMap(([name, value]) => (value !== null && typeof value === "object" && !Array.isArray(value) ? flat(value, `${prefix}${name}.`) : [[prefix + name, value === null ? "none" : typeof value === "string" ? value : JSON.stringify(value)]]));
}

function settings() {
  const { run } = current;
  const chosen = [["model", run.model], ["dataset", run.dataset], ["strategy", run.strategy], ["repeats", String(run.repeats)], ["seed", String(run.seed)], ...flat(run.settings)];
  const made = [["device", run.device], ...(run.commit ? [["commit", run.commit]] : []), ...flat(run.versions), ...flat(run.hashes).map(([name, value]) => [`${name} (hash)`, value])];
  byId("facts").replaceChildren(factsTable("Settings", chosen), factsTable("Versions", made));
}

function methods() {
  byId("prose").append(...[
    "Accuracy counts errors and missing answers as not right; only problems without a reference are left out. With one attempt a problem its interval is Wilson’s; with repeats, problems are drawn again with all their attempts (2,000 resamples, fixed seed).",
    "cons@k and pass@k are expectations over all subsets of k of one attempt’s branches, in closed form, not the first k; then means over the attempts of a problem, then over problems. Branches of different repeats are never joined, so k ends at the smallest attempt without an error. A tie is shared equally among the leading answers; a completion without an answer does not vote. The strategy itself may break ties in another way.",
    "A completion that a limit cut off is never counted among the wrong ones. An attempt counts as cut off when no completion was right and at least half of them met a limit.",
    "Work is every token decoded, judges and cancelled branches included. Span is the longest chain of tokens that had to be decoded one after the other. Speed is over the time in which at least one attempt was running.",
    "Texts lie compressed in this file and are unpacked when a problem is opened. Where they would make it too large, attempts are kept by turns from every outcome, spread evenly over the file; no figure depends on that.",
    "In CSV files a text that a spreadsheet would take for a formula begins with an apostrophe.",
    "Charts by plotly.js, MIT licence, inside this file. Nothing is fetched from a network.",
  ].map(text => element("p", { text })));
}

function sections() {
  const wanted = [...(several ? [["runs", "Runs"]] : []), ["accuracy", "Accuracy"], ["outcomes", "Outcomes"], ["votes", "Votes"], ["robustness", "Limits"], ["laws-section", "Laws"], ["problems", "Problems"], ["settings", "Settings"]];
  byId("sections").append(...wanted.map(([id, text]) => element("a", { href: "#" + id, text })));
}

/* Everything that belongs to one run; drawn again when another one is chosen. */
async function fillRun() {
  await dropRunCharts();
  for (const id of ["curves", "outcome-charts", "vote-charts", "limit-charts", "law-charts"]) byId(id).replaceChildren();
  headline();
  score();
  figures();
  settings();
  await readProblems();
  addCurves();
  addMajority();
  addWaterfall();
  addLengths();
  addEvidence();
  addHeatMap();
  showProblems();
  document.querySelectorAll("#runs tr[data-run]").forEach(row => row.classList.toggle("current", Number(row.dataset.run) === current.index));
}

async function chooseRun(index) {
  current = report.runs[index];
  byId("run").value = String(index);
  delete document.documentElement.dataset.ready;
  await fillRun();
  await drawCharts();
  document.documentElement.dataset.ready = "true";
}

/* Goes where the address says: to a run, and to a problem in it. */
async function follow() {
  const { run, problem, repeat = "0", completion } = address();
  if (several && run !== undefined && run !== current.name) {
    const index = report.runs.findIndex(each => each.name === run);
    if (index >= 0) await chooseRun(index);
  }
  const found = problem === undefined ? undefined : problems.find(each => each.problem === problem && String(each.repeat) === repeat);
  if (found) showProblem(found, { scroll: true, completion });
}

function listen() {
  const retheme = () => { applyTheme(); redrawCharts(); if (heat) paintHeat(); };
  byId("theme").addEventListener("click", () => { theme = themes[(themes.indexOf(theme) + 1) % themes.length]; retheme(); });
  prefersDark.addEventListener("change", retheme);
  let before = theme;
  addEventListener("beforeprint", () => { before = theme; theme = "light"; retheme(); });
  addEventListener("afterprint", () => { theme = before; retheme(); });
  addEventListener("hashchange", follow);
}

async function start() {
  applyTheme();
  sections();
  methods();
  setUpProblems();
  setUpRuns();
  const loaded = loadPlotly();
  await fillRun();
  await loaded;
  listen();
  await drawCharts();
  await follow();
  document.documentElement.dataset.ready = "true";
}

start();

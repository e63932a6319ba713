/* Headline, settings, and the order in which the page comes to life. */
function headline() {
  const { run, metrics } = report, first = metrics.curve[0], last = metrics.curve[metrics.curve.length - 1];
  byId("title").textContent = `${run.strategy} on ${run.dataset}`;
  const drawn = metrics.attempts ? metrics.completions / metrics.attempts : 0;
  byId("lede").textContent = [run.model, plural(metrics.problems, "problem") + (repeats ? ` × ${run.repeats} repeats` : ""), `${Number.isInteger(drawn) ? drawn : drawn.toFixed(1)} completion${drawn === 1 ? "" : "s"} a problem`, `seed ${run.seed}`].join(" · ");
  if (run.status !== "complete") {
    byId("partial").hidden = false;
    byId("partial").textContent = `This run is ${run.status}: ${whole(metrics.attempts)} of ${whole(metrics.attempts_planned)} attempts are done, and the figures are of these.`;
  }
  const score = byId("score"), { accuracy } = metrics;
  if (accuracy) {
    const at = share => `${100 * share}%`;
    score.append(element("p", { class: "big" }, points(accuracy.value), element("small", { text: "%" })),
      element("div", { class: "scale", "aria-hidden": "true" }, element("i", { style: { left: at(accuracy.low), width: at(accuracy.high - accuracy.low) } }), element("b", { style: { left: at(accuracy.value) } })),
      element("div", { class: "ends", "aria-hidden": "true" }, element("span", { text: "0" }), element("span", { text: "100 %" })),
      element("p", { class: "note", text: `Accuracy of the strategy: ${whole(metrics.fates.right)} of ${whole(metrics.graded)} right. 95 % interval ${points(accuracy.low)} to ${points(accuracy.high)} % (${accuracy.interval === "wilson" ? "Wilson" : "bootstrap over problems"}).` }));
  } else {
    score.append(element("p", { class: "big", text: "–" }), element("p", { class: "note", text: "No problem has a reference to grade by." }));
  }
  const each = value => whole(value / Math.max(1, metrics.attempts)), { usage } = metrics;
  const range = estimate => `${points(estimate.low)} to ${points(estimate.high)}`;
  const facts = [];
  if (first) facts.push(["pass@1", percent(first.pass.value), range(first.pass)]);
  if (last && last.k > 1) facts.push([`cons@${last.k}`, percent(last.cons.value), range(last.cons)], [`pass@${last.k}`, percent(last.pass.value), range(last.pass)]);
  facts.push(["Unanswered", percent(metrics.unanswered_rate), "of attempts"], ["Cut off", percent(metrics.cut_off_rate), "of completions"], ["Errors", percent(metrics.error_rate), "of attempts"],
    ["Work", each(usage.work), "tokens a problem"], ["Span", each(usage.span), "tokens a problem"], ["Parallelism", usage.span ? (usage.work / usage.span).toFixed(1) : "–", "work over span"],
    ["Prefill", each(usage.prefill), `tokens, ${each(usage.reused)} more reused`], ["Judges", each(usage.judge_work), `tokens, prefill ${each(usage.judge_prefill)}`]);
  if (metrics.tokens_per_second !== null) facts.push(["Speed", whole(metrics.tokens_per_second), "tokens a second"]);
  byId("figures").append(...facts.map(([name, value, more]) => element("div", {}, element("dt", { text: name }), element("dd", {}, value, element("small", { text: more })))));
}

function factsTable(title, facts) {
  const rows = facts.map(([name, value]) => element("tr", {}, element("th", { scope: "row", text: name }), element("td", { text: value, class: /^[0-9a-f:]{16,}$|^sha256/.test(value) ? "mono" : "" })));
  return element("div", {}, element("h3", { text: title }), element("table", { class: "facts-table" }, element("tbody", {}, ...rows)));
}

function flat(object, prefix = "") {
  return Object.entries(object).flatMap(([name, value]) => (value !== null && typeof value === "object" && !Array.isArray(value) ? flat(value, `${prefix}${name}.`) : [[prefix + name, value === null ? "none" : typeof value === "string" ? value : JSON.stringify(value)]]));
}

function settings() {
  const { run } = report;
  const chosen = [["model", run.model], ["dataset", run.dataset], ["strategy", run.strategy], ["repeats", String(run.repeats)], ["seed", String(run.seed)], ...flat(run.settings)];
  const made = [["device", run.device], ...(run.commit ? [["commit", run.commit]] : []), ...flat(run.versions), ...flat(run.hashes).map(([name, value]) => [`${name} (hash)`, value])];
  byId("facts").append(factsTable("Settings", chosen), factsTable("Versions", made));
}

function methods() {
  byId("prose").append(...[
    "Accuracy counts errors and missing answers as not right; only problems without a reference are left out. With one attempt a problem its interval is Wilson’s; with repeats, problems are drawn again with all their attempts (2,000 resamples, fixed seed).",
    "cons@k and pass@k are expectations over all subsets of k of one attempt’s branches, in closed form, not the first k; then means over the attempts of a problem, then over problems. Branches of different repeats are never joined, so k ends at the smallest attempt without an error. A tie is shared equally among the leading answers; a completion without an answer does not vote. The strategy itself may break ties in another way.",
    "A completion that a limit cut off is never counted among the wrong ones. An attempt counts as cut off when no completion was right and at least half of them met a limit.",
    "Work is every token decoded, judges and cancelled branches included. Span is the longest chain of tokens that had to be decoded one after the other. Speed is over the time in which at least one attempt was running.",
    "In CSV files a text that a spreadsheet would take for a formula begins with an apostrophe.",
    "Charts by plotly.js, MIT licence, inside this file. Nothing is fetched from a network.",
  ].map(text => element("p", { text })));
}

async function start() {
  applyTheme();
  headline();
  setUpProblems();
  settings();
  methods();
  await loadPlotly();
  addCurves();
  addWaterfall();
  addLengths();
  drawCharts();
  const retheme = () => { applyTheme(); drawCharts(); };
  byId("theme").addEventListener("click", () => { theme = themes[(themes.indexOf(theme) + 1) % themes.length]; retheme(); });
  prefersDark.addEventListener("change", retheme);
  let before = theme;
  addEventListener("beforeprint", () => { before = theme; theme = "light"; retheme(); });
  addEventListener("afterprint", () => { theme = before; retheme(); });
  document.documentElement.dataset.ready = "true";
}

start();

/* What the completions show beyond the accuracy: votes, limits, graders, laws. Each figure is left out where it cannot be told. */
const evidence = () => current.metrics.evidence || {};
const legendAbove = () => ({ orientation: "h", x: 0, y: 1.02, yanchor: "bottom", font: { color: tone("muted"), size: 12 }, itemclick: false, itemdoubleclick: false, traceorder: "normal" });

function addSelections() {
  const { selections = {} } = evidence(), { curve } = current.metrics, names = Object.keys(selections);
  if (!names.length || curve.length < 2) return;
  const palette = ["second", "third", "fourth", "fifth", "sixth"], dashes = ["dash", "dot", "dashdot", "longdash", "longdashdot"];
  const label = word => capital(word.replaceAll("_", " ").replace("logprob", "log-probability").replace("self certainty", "self-certainty"));
  const last = curve.at(-1);
  addChart(byId("curves"), {
    id: "selections", title: "Other ways to choose", wide: true, tall: true,
    summary: `With ${last.k} completions, plurality ${percent(last.cons.value)}; ${names.map(name => `${label(name).toLowerCase()} ${percent(selections[name].at(-1).accuracy.value)}`).join("; ")}.`,
    text: "One answer chosen of k completions by what is known of each. Best of k is exact; weighted votes are means over 400 random orders a problem, and the standard error which that adds is in the CSV.",
    rows: () => [["selection", "k", "accuracy", "low", "high", "drawing_error"], ...curve.map(p => ["plurality", p.k, p.cons.value, p.cons.low, p.cons.high, 0]), ...names.flatMap(name => selections[name].map(p => [name, p.k, p.accuracy.value, p.accuracy.low, p.accuracy.high, p.error]))],
    draw: () => {
      const lines = names.map((name, i) => ({ x: selections[name].map(p => p.k), y: selections[name].map(p => 100 * p.accuracy.value), name: label(name), mode: "lines+markers", line: { color: tone(palette[i % 5]), width: 2, dash: dashes[i % 5] }, marker: { size: 6, color: tone(palette[i % 5]) }, text: selections[name].map(p => `k = ${p.k}: ${points(p.accuracy.value)} % (${range(p.accuracy)})`), hovertemplate: `${label(name)}, %{text}<extra></extra>` }));
      const plurality = { x: curve.map(p => p.k), y: curve.map(p => 100 * p.cons.value), name: "Plurality", mode: "lines", line: { color: tone("first"), width: 3 }, hovertemplate: "Plurality, k = %{x}: %{y:.1f} %<extra></extra>" };
      const ticks = selections[names[0]].map(p => p.k);
      return { data: [plurality, ...lines], layout: { showlegend: true, legend: legendAbove(), margin: { l: 8, r: 12, t: 28, b: 8 }, xaxis: { type: "log", title: "completions an attempt, k", tickvals: ticks, ticktext: ticks.map(String) }, yaxis: { ticksuffix: " %" } } };
    },
  });
}

function addCalibration() {
  const found = evidence().calibration;
  if (!found) return;
  const { bins } = found;
  addChart(byId("vote-charts"), {
    id: "calibration", title: "Can the vote’s share be trusted?",
    summary: `Calibration error ${points(found.error)} points. ${bins.map(bin => `Share ${points(bin.share)} %: ${points(bin.right.value)} % right of ${bin.attempts}`).join("; ")}.`,
    text: `Attempts by the share of the vote that their answer had, and how often it was right; the number is of attempts. Expected calibration error ${points(found.error)} points, to which noise in the bins adds; without it ${points(found.error_low)} to ${points(found.error_high)} (95 % interval); a vote whose shares were exact chances would show up to ${points(found.if_calibrated)} on average, and more than ${points(found.if_calibrated_high)} in 5 of 100 cases. Brier score ${found.brier.toFixed(3)}.`,
    rows: () => [["from", "to", "attempts", "share", "right", "low", "high"], ...bins.map(bin => [bin.from, bin.to, bin.attempts, bin.share, bin.right.value, bin.right.low, bin.right.high])],
    draw: () => ({
      data: [
        { x: [0, 100], y: [0, 100], mode: "lines", line: { color: tone("muted"), width: 1, dash: "dash" }, hoverinfo: "skip" },
        { x: bins.map(bin => 100 * bin.share), y: bins.map(bin => 100 * bin.right.value), mode: "lines+markers+text", text: bins.map(bin => whole(bin.attempts)), textposition: "bottom right", textfont: { size: 11, color: tone("muted") }, cliponaxis: false,
          line: { color: tone("first"), width: 2 }, marker: { color: tone("first"), size: bins.map(bin => 5 + 9 * Math.sqrt(bin.attempts / found.attempts)) },
          error_y: { type: "data", symmetric: false, array: bins.map(bin => 100 * (bin.right.high - bin.right.value)), arrayminus: bins.map(bin => 100 * (bin.right.value - bin.right.low)), color: fade(tone("first"), 0.5), thickness: 1.5, width: 0 },
          hovertemplate: "share %{x:.1f} %, right %{y:.1f} %, %{text} attempts<extra></extra>" },
      ],
      layout: { margin: { l: 8, r: 20, t: 10, b: 8 }, xaxis: { title: "share of the vote", range: [0, 103], ticksuffix: " %" }, yaxis: { title: "right", range: [-3, 103], ticksuffix: " %" } },
    }),
  });
}

function addAbstention() {
  const found = evidence().abstention;
  if (!found) return;
  const { points: steps, area } = found, last = steps.at(-1), half = steps.find(point => point.coverage >= 0.5) || last;
  addChart(byId("vote-charts"), {
    id: "abstention", title: "What if it answered only when sure?",
    summary: `Answering the surest half is right in ${percent(half.accuracy)}, answering all in ${percent(last.accuracy)}; area ${points(area.value)} (${range(area)}).`,
    text: `Accuracy of the attempts answered when only those from some share of the vote on are. Mean over all coverages ${points(area.value)} % (${range(area)}); ${points(found.area_by_lot)} if shares told nothing, ${points(found.area_at_best)} at best.`,
    rows: () => [["threshold", "attempts", "coverage", "accuracy"], ...steps.map(p => [p.threshold, p.attempts, p.coverage, p.accuracy])],
    draw: () => ({
      data: [
        { x: [0, 100], y: [100 * last.accuracy, 100 * last.accuracy], mode: "lines", line: { color: tone("muted"), width: 1, dash: "dash" }, hovertemplate: "answering by lot<extra></extra>" },
        { x: steps.map(p => 100 * p.coverage), y: steps.map(p => 100 * p.accuracy), mode: steps.length > 40 ? "lines" : "lines+markers", line: { color: tone("first"), width: 2 }, marker: { size: 6, color: tone("first") }, text: steps.map(p => `from ${points(p.threshold)} % of the vote on`), hovertemplate: "%{text}: %{x:.1f} % answered, %{y:.1f} % of them right<extra></extra>" },
      ],
      layout: { xaxis: { title: "attempts answered", range: [0, 103], ticksuffix: " %" }, yaxis: { title: "right of those answered", ticksuffix: " %", range: accuracyRange(steps.map(p => p.accuracy)) } },
    }),
  });
}

/* A link to an attempt that a list names. */
function attemptLink(found) {
  return element("a", { href: addressOf({ problem: found.problem, repeat: repeated() ? found.repeat : null }), text: repeated() ? `${found.problem}, repeat ${found.repeat}` : found.problem });
}

function listed(id, title, said, heads, items, cells) {
  const save = element("button", { type: "button", class: "quiet", text: "CSV", "aria-label": `Save “${title}” as CSV`, onclick: () => saveCsv(file(id), [["problem", "repeat", ...heads.map(head => head.toLowerCase())], ...items.map(item => [item.problem, item.repeat, ...cells(item)])]) });
  const made = element("div", { class: "listed wide", id }, element("p", { class: "above" }, element("span", {}, element("h3", { text: title })), save), element("p", { class: "note", text: said }));
  if (items.length) {
    const shown = items.slice(0, 12);
    made.append(element("div", { class: "scroll" }, element("table", { class: "problems" }, element("caption", { class: "visually-hidden", text: title }),
      element("thead", {}, element("tr", {}, element("th", { scope: "col", text: capital(noun()) }), ...heads.map(head => element("th", { scope: "col", text: head })))),
      element("tbody", {}, ...shown.map(item => element("tr", {}, element("td", {}, attemptLink(item)), ...cells(item).map(cell => element("td", { class: "answer" }, clipped(String(cell))))))))));
    if (shown.length < items.length) made.append(element("p", { class: "note", text: `The first ${shown.length} of ${whole(items.length)}; the CSV has all.` }));
  }
  return made;
}

function addSplitVotes() {
  const found = evidence().split_votes;
  if (!found) return;
  const { changes } = found, gained = changes.filter(c => c.right && !c.spelled_right).length, lost = changes.filter(c => !c.right && c.spelled_right).length;
  byId("vote-charts").append(listed("split-votes", "Votes that spelling would have split",
    `Comparing strings would have taken ${whole(found.joined)} of ${whole(found.votes)} votes from the most frequent spelling of their answer, in ${whole(found.split)} of ${whole(found.attempts)} attempts. ${changes.length ? `It would have changed the winner of ${whole(changes.length)}: ${whole(gained)} that mathematics got right and spelling would not, ${whole(lost)} the other way round.` : "It would not have changed a winner."}`,
    ["By mathematics", "By spelling", "Right"], changes, c => [c.answer, c.spelled, `${c.right ? "yes" : "no"} → ${c.spelled_right ? "yes" : "no"}`]));
}

const treatments = { worst: "against", wrong: "no answer", as_run: "as in the run", forced: "made to answer", left_out: "left out", right: "in favour" };

function addTruncation() {
  const found = evidence().truncation;
  if (!found || !found.cut) return;
  const rows = found.treatments, name = row => treatments[row.treatment] || row.treatment.replaceAll("_", " ");
  addChart(byId("limit-charts"), {
    id: "truncation", title: "What the limit may have cost",
    summary: rows.map(row => `Cut-off answers ${name(row)}: one completion ${percent(row.single.value)}, vote ${percent(row.plurality.value)}`).join("; "),
    text: `${whole(found.cut)} of ${whole(found.completions)} completions met a limit. Accuracy when they are counted as shown: “against” and “in favour” bound whatever they would have said${found.forced ? "" : "; “report --continue N” makes them answer"}.`,
    rows: () => [["cut_off_counted", "single", "single_low", "single_high", "vote", "vote_low", "vote_high", "problems"], ...rows.map(row => [row.treatment, row.single.value, row.single.low, row.single.high, row.plurality.value, row.plurality.low, row.plurality.high, row.problems])],
    draw: () => {
      const marks = (key, colour, symbol, shift) => ({ y: rows.map((_, i) => i + shift), x: rows.map(row => 100 * row[key].value), mode: "markers", name: key === "single" ? "one completion" : "vote of all", marker: { color: tone(colour), size: 9, symbol },
        error_x: { type: "data", symmetric: false, array: rows.map(row => 100 * (row[key].high - row[key].value)), arrayminus: rows.map(row => 100 * (row[key].value - row[key].low)), color: fade(tone(colour), 0.55), thickness: 1.5, width: 0 }, hovertemplate: "%{x:.1f} %<extra></extra>" });
      return { data: [marks("single", "second", "diamond", -0.14), marks("plurality", "first", "circle", 0.14)], layout: { showlegend: true, legend: legendAbove(), margin: { l: 8, r: 12, t: 28, b: 8 }, xaxis: { ticksuffix: " %", title: "right" }, yaxis: { tickvals: rows.map((_, i) => i), ticktext: rows.map(name), range: [rows.length - 0.5, -0.5], showgrid: false } } };
    },
  });
}

function addGrading() {
  const found = evidence().second_grader;
  if (!found) return;
  byId("limit-charts").append(listed("second-grader", `A second grader: ${found.grader}`,
    `By ours ${percent(found.accuracy.value)} (${range(found.accuracy)}), by the second ${percent(found.second_accuracy.value)} (${range(found.second_accuracy)}). Of ${whole(found.attempts)} answers ${whole(found.both_right)} are right by both and ${whole(found.both_wrong)} wrong by both; ${whole(found.only_first)} only by ours, ${whole(found.only_second)} only by the second${absent(found.kappa) ? "" : ` (Cohen’s kappa ${Number(found.kappa).toFixed(3)})`}. The headline hangs on ${percent(found.hanging)} of the attempts.`,
    ["Reference", "Answer", "Right by"], found.disagreements, d => [d.reference, d.answer, d.right ? "ours" : "second"]));
}

function addLaws() {
  const found = evidence().laws;
  if (!found) return;
  const { points: curve, limit, chance } = found;
  const flat = found.saturations.map(s => `${absent(s.completions) ? "never" : `after ${whole(s.completions)}`} by the first law, ${absent(s.beta_binomial) ? "never" : `after ${whole(s.beta_binomial)}`} by the second, one more adds ${points(s.gain)} points or less`).join("; ");
  addChart(byId("law-charts"), {
    id: "laws", title: "How success grows with completions", summary: `Measured pass@k with two laws; root mean squared residuals ${points(found.residual)} and ${points(found.beta_binomial_residual)} points.`,
    text: `pass@k, fitted by one chance for all solvable problems (limit ${points(limit.value)} %, ${range(limit)}; chance ${points(chance.value)} %, ${range(chance)}) and by one chance a problem (beta distribution ${found.beta_a.toPrecision(3)}, ${found.beta_b.toPrecision(3)}). ${capital(flat)}.`,
    rows: () => [["k", "observed", "one_chance", "beta_binomial"], ...curve.map(p => [p.k, p.observed, p.law, p.beta_binomial])],
    draw: () => ({
      data: [
        { x: curve.map(p => p.k), y: curve.map(p => 100 * p.law), name: "one chance for all", mode: "lines", line: { color: tone("second"), width: 2, dash: "dash" }, hovertemplate: "one chance, k = %{x}: %{y:.1f} %<extra></extra>" },
        { x: curve.map(p => p.k), y: curve.map(p => 100 * p.beta_binomial), name: "one chance a problem", mode: "lines", line: { color: tone("third"), width: 2 }, hovertemplate: "one chance a problem, k = %{x}: %{y:.1f} %<extra></extra>" },
        { x: curve.map(p => p.k), y: curve.map(p => 100 * p.observed), name: "measured", mode: "markers", marker: { color: tone("ink"), size: curve.length > 32 ? 4 : 6 }, hovertemplate: "measured, k = %{x}: %{y:.1f} %<extra></extra>" },
      ],
      layout: { showlegend: true, legend: legendAbove(), margin: { l: 8, r: 12, t: 28, b: 8 }, xaxis: { title: "completions, k", rangemode: "tozero" }, yaxis: { ticksuffix: " %" } },
    }),
  });
  addChart(byId("law-charts"), {
    id: "residuals", title: "What the laws miss", summary: `Residuals of both laws; root mean squared ${points(found.residual)} and ${points(found.beta_binomial_residual)} points.`,
    text: "Measured less fitted, in points. The points share their completions, so a run of residuals on one side is no test; its shape shows where a law bends wrongly.",
    rows: () => [["k", "one_chance", "beta_binomial"], ...curve.map(p => [p.k, p.observed - p.law, p.observed - p.beta_binomial])],
    draw: () => ({
      data: [["law", "one chance for all", "second", "dash"], ["beta_binomial", "one chance a problem", "third", "solid"]].map(([key, name, colour, dash]) => ({ x: curve.map(p => p.k), y: curve.map(p => 100 * (p.observed - p[key])), name, mode: "lines", line: { color: tone(colour), width: 2, dash }, hovertemplate: `${name}, k = %{x}: %{y:.2f} points<extra></extra>` })),
      layout: { showlegend: true, legend: legendAbove(), margin: { l: 8, r: 12, t: 28, b: 8 }, xaxis: { title: "completions, k", rangemode: "tozero" }, yaxis: { title: "points", zeroline: true, zerolinecolor: tone("muted") } },
    }),
  });
}

function addEqualCost() {
  const found = evidence().equal_cost;
  if (!found) return;
  const budgets = [...new Set(found.points.map(p => p.budget))], palette = ["first", "second", "third", "fourth", "fifth", "sixth"], shown = budgets.slice(-palette.length);
  addChart(byId("law-charts"), {
    id: "equal-cost", title: "Longer, or more of them?", summary: shown.map(budget => { const best = found.points.filter(p => p.budget === budget).reduce((a, b) => (b.success.value > a.success.value ? b : a)); return `Within the cost of ${budget} whole completions the best limit is ${whole(best.limit)} tokens, ${percent(best.success.value)} (${range(best.success)})`; }).join("; "),
    text: `Any right within its limit, at the cost of so many whole completions (in ${found.unit}): a lower limit buys more, shorter completions. The right end is whole completions; bars are 95 % intervals over problems.`,
    rows: () => [["budget", "limit", "completions", "success", "low", "high"], ...found.points.map(p => [p.budget, p.limit, p.completions, p.success.value, p.success.low, p.success.high])],
    draw: () => ({
      data: shown.map((budget, i) => { const line = found.points.filter(p => p.budget === budget); return { x: line.map(p => p.limit), y: line.map(p => 100 * p.success.value), error_y: { type: "data", symmetric: false, array: line.map(p => 100 * (p.success.high - p.success.value)), arrayminus: line.map(p => 100 * (p.success.value - p.success.low)), color: fade(tone(palette[i]), 0.35), thickness: 1.5, width: 0 }, name: `cost of ${budget}`, mode: "lines+markers", line: { color: tone(palette[i]), width: 2 }, marker: { size: 7, color: tone(palette[i]), symbol: ["circle", "square", "diamond", "cross", "x", "triangle-up"][i] }, text: line.map(p => `${p.completions.toFixed(1)} completions of at most ${whole(p.limit)} tokens`), hovertemplate: "%{text}: %{y:.1f} %<extra></extra>" }; }),
      layout: { showlegend: true, legend: legendAbove(), margin: { l: 8, r: 12, t: 28, b: 8 }, xaxis: { title: "limit, tokens", rangemode: "tozero", tickformat: ",~s" }, yaxis: { ticksuffix: " %" } },
    }),
  });
}

function addPhase() {
  const found = evidence().phase_transition;
  if (!found) return;
  const facts = [["mu, signed accuracy of one completion", found.mu], ["rho, shared error of two completions", found.rho], ["b, completions a vote", found.fan_in], ["alpha, what one vote makes of a small signal", found.alpha], ["s, exponent of organisation", found.s], ["beta, exponent of a longer completion", found.beta]]
    .map(([name, value]) => [name, absent(value) ? "cannot be told" : Number.isInteger(value) ? whole(value) : value.toFixed(3)]);
  byId("law-charts").append(element("div", { class: "listed", id: "phase" }, element("h3", { text: "Phase transition, a diagnostic" }),
    element("p", { class: "note", text: `${absent(found.many_beat_one) ? "Whether many short completions beat a long one cannot be told" : found.many_beat_one ? "s exceeds beta: many short completions beat a long one" : "s does not exceed beta: a longer completion beats many"}, as far as the theory holds (arXiv 2601.17311).` }),
    element("table", { class: "facts-table" }, element("tbody", {}, ...facts.map(([name, value]) => element("tr", {}, element("th", { scope: "row", text: name }), element("td", { class: "number", text: value }))))),
    element("ul", { class: "cautions" }, ...found.cautions.map(text => element("li", { text })))));
}

function addEvidence() {
  addSelections();
  addCalibration();
  addAbstention();
  addSplitVotes();
  addTruncation();
  addGrading();
  addLaws();
  addEqualCost();
  addPhase();
  for (const [section, target] of [["votes", "vote-charts"], ["robustness", "limit-charts"], ["laws-section", "law-charts"]]) {
    byId(section).hidden = !byId(target).childElementCount;
    document.querySelectorAll(`#sections a[href="#${section}"]`).forEach(link => { link.hidden = byId(section).hidden; });
  }
}

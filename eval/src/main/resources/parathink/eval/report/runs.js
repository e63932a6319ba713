/* Several runs side by side: a table, and what accuracy costs. */
const runCost = (run, measure) => run.metrics.usage[measure] / Math.max(1, run.metrics.attempts);

/* On the front: no other run is at least as accurate for at most the cost, and better in one of the two. */
function onFront(runs, measure) {
  const better = (a, b) => {
    const da = a.metrics.accuracy.value - b.metrics.accuracy.value, dc = runCost(a, measure) - runCost(b, measure);
    return da >= 0 && dc <= 0 && (da > 0 || dc < 0);
  };
  return runs.filter(run => !runs.some(other => better(other, run))).sort((a, b) => runCost(a, measure) - runCost(b, measure));
}

function intervalBar(accuracy, ends) {
  const at = share => `${(100 * (share - ends[0])) / (ends[1] - ends[0])}%`;
  return element("span", { class: "interval", "aria-hidden": "true" },
    element("i", { style: { left: at(accuracy.low), width: `calc(${at(accuracy.high)} - ${at(accuracy.low)})` } }), element("b", { style: { left: at(accuracy.value) } }));
}

function addRunsTable() {
  const graded = report.runs.filter(run => run.metrics.accuracy);
  const baselines = poolBaselines(), shares = [...graded.flatMap(run => [run.metrics.accuracy.low, run.metrics.accuracy.high]), ...baselines.map(each => each.accuracy)];
  const ends = graded.length ? [Math.min(...shares), Math.max(...shares)] : [0, 1];
  if (ends[1] - ends[0] < 0.02) ends[1] = ends[0] + 0.02;
  const cell = (text, kind = "number") => element("td", { class: kind, text });
  const heading = (ordinal, name) => element("th", { scope: "row" }, element("div", { class: "named" }, element("span", { class: "ordinal", text: ordinal }), name));
  const alike = new Set(report.runs.map(run => run.metrics.attempts)).size === 1;
  const differing = [["Strategy", run => named(run.run)], ["Dataset", run => short(run.run.dataset)], ["Model", run => short(run.run.model)]].filter(([, of]) => new Set(report.runs.map(of)).size > 1);
  const rows = report.runs.map(run => {
    const { accuracy, attempts } = run.metrics;
    const open = element("button", { type: "button", class: "link", text: run.name, onclick: () => { chooseRun(run.index); byId("result").scrollIntoView(); } });
    return element("tr", { class: "row", "data-run": run.index }, heading(run.index + 1, open),
      ...differing.map(([, of]) => cell(of(run), "minor")), ...(alike ? [] : [cell(whole(attempts))]),
      element("td", { class: "number" }, accuracy ? percent(accuracy.value) : "none", element("small", { class: "narrow", "aria-hidden": "true", text: accuracy ? range(accuracy) : "" })), element("td", { class: "minor" }, accuracy ? intervalBar(accuracy, ends) : null), cell(accuracy ? range(accuracy) : "", "number minor"),
      cell(whole(runCost(run, "work"))), cell(whole(runCost(run, "span"))));
  });
  rows.push(...baselines.map(each => element("tr", { class: "row baseline" }, heading("", each.name), ...differing.map(() => cell("", "minor")), ...(alike ? [] : [cell("–")]),
    cell(percent(each.accuracy)), element("td", { class: "minor" }, intervalBar({ value: each.accuracy, low: each.accuracy, high: each.accuracy }, ends)), cell("–", "number minor"), cell(whole(each.work)), cell("–"))));
  const heads = [["Run"], ...differing.map(([name]) => [name, 0, 1]), ...(alike ? [] : [["Attempts", 1]]), ["Accuracy", 1], ["", 0, 1], ["95 % interval", 1, 1], ["Work", 1], ["Span", 1]];
  const save = element("button", { type: "button", class: "quiet", text: "CSV", "aria-label": "Save the table of runs as CSV", onclick: () => saveCsv("runs", [
    ["run", "strategy", "dataset", "model", "attempts", "accuracy", "low", "high", "work", "span"],
    ...report.runs.map(run => [run.name, named(run.run), run.run.dataset, run.run.model, run.metrics.attempts, run.metrics.accuracy?.value, run.metrics.accuracy?.low, run.metrics.accuracy?.high, runCost(run, "work"), runCost(run, "span")]),
    ...baselines.map(each => [each.name, "", "", "", "", each.accuracy, "", "", each.work, ""]),
  ]) });
  byId("runs-table").append(element("p", { class: "above" }, element("span", { class: "note", text: `${alike ? `${plural(report.runs[0].metrics.attempts, "attempt")} each. ` : ""}Work and span are tokens a problem. A name shows the run’s own figures below.${baselines.length ? " Plain majority is of the pool’s completions: the exact mean over all subsets." : ""}` }), save),
    element("div", { class: "scroll" }, element("table", { class: "problems runs" },
      element("caption", { class: "visually-hidden", text: "Runs with their accuracy and cost" }),
      element("thead", {}, element("tr", {}, ...heads.map(([text, right, minor]) => element("th", { scope: "col", class: [right ? "number" : "", minor ? "minor" : ""].join(" ").trim(), text })))), element("tbody", {}, ...rows))));
}

/* Where labels of marks may stand without lying on another label or mark, and on as little of the lines as can be; a mark for which there is no place has none. In pixels. */
function placeLabels(marks, width, height, lines) {
  const wide = 7.2, high = 15, gap = 9, taken = marks.map(mark => ({ left: mark.x - 7, right: mark.x + 7, top: mark.y - 7, bottom: mark.y + 7 }));
  const apart = (box, others) => !others.some(other => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top);
  const free = box => box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height && apart(box, taken);
  return marks.map(mark => {
    const length = mark.text.length * wide;
    const places = [["top right", mark.x + gap / 2, mark.y - gap - high], ["bottom right", mark.x + gap / 2, mark.y + gap], ["top left", mark.x - gap / 2 - length, mark.y - gap - high], ["bottom left", mark.x - gap / 2 - length, mark.y + gap], ["middle right", mark.x + gap + 3, mark.y - high / 2], ["middle left", mark.x - gap - 3 - length, mark.y - high / 2]];
    const boxes = places.map(([place, left, top]) => ({ place, left, right: left + length, top, bottom: top + high })).filter(free);
    if (!boxes.length) return null;
    const crossed = boxes.map(each => lines.filter(line => !apart(each, [line])).length), box = boxes[crossed.indexOf(Math.min(...crossed))];
    taken.push(box);
    return box.place;
  });
}

/* What a line in pixels covers, as boxes close beside each other. */
function covered(line) {
  const boxes = [], step = 6;
  line.slice(1).forEach((to, i) => {
    const from = line[i], steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / step));
    for (let n = 0; n <= steps; n++) {
      const x = from.x + ((to.x - from.x) * n) / steps, y = from.y + ((to.y - from.y) * n) / steps;
      boxes.push({ left: x - 2, right: x + 2, top: y - 2, bottom: y + 2 });
    }
  });
  return boxes;
}

/* Labels of points on axes that run between such ends, in a drawing of such a size, beside such lines. */
function labelled(node, points, xEnds, yEnds, log, lines = []) {
  const width = Math.max(200, node.clientWidth - 80), height = Math.max(150, node.clientHeight - 70);
  const at = value => (log ? Math.log10(value) : value);
  const placed = point => ({ x: (width * (at(point.x) - xEnds[0])) / (xEnds[1] - xEnds[0]), y: height * (1 - (point.y - yEnds[0]) / (yEnds[1] - yEnds[0])) });
  const marks = points.map(point => ({ text: point.text, ...placed(point) }));
  const order = points.map((_, i) => i).sort((a, b) => (points[b].first || 0) - (points[a].first || 0)); // what matters most chooses its place first
  const places = placeLabels(order.map(i => marks[i]), width, height, lines.flatMap(line => covered(line.map(placed)))), found = [];
  order.forEach((i, rank) => { found[i] = places[rank]; });
  return found;
}

const errorBar = (run, measure) => [run.metrics.accuracy.low, run.metrics.accuracy.high].map(share => ({ x: runCost(run, measure), y: 100 * share }));

function paretoData(runs, measure, node, xEnds, yEnds, log) {
  const front = onFront(runs, measure), first = tone("first"), muted = tone("muted");
  const accuracy = list => list.map(run => 100 * run.metrics.accuracy.value);
  const x = list => list.map(run => runCost(run, measure));
  const names = runs.map(run => (runs.length > 6 ? String(run.index + 1) : plain(run.name)));
  const baselines = measure === "work" ? poolBaselines() : [], tag = each => `majority of ${voters(each)}`;
  const places = labelled(node, [...runs.map((run, i) => ({ text: names[i], x: runCost(run, measure), y: 100 * run.metrics.accuracy.value, first: front.includes(run) ? 1 : 0 })), ...baselines.map(each => ({ text: tag(each), x: each.work, y: 100 * each.accuracy }))], xEnds, yEnds, log,
    [...(baselines.length ? poolCurves().map(curve => curve.map(p => ({ x: p.work, y: 100 * p.accuracy }))) : []), ...runs.map(run => errorBar(run, measure))]);
  const marks = {
    x: x(runs), y: accuracy(runs), mode: "markers+text", text: names.map((name, i) => (places[i] ? name : "")), textposition: runs.map((run, i) => places[i] || "top right"), textfont: { size: 12, color: runs.map(run => tone(front.includes(run) ? "ink" : "muted")) }, cliponaxis: false,
    marker: { size: 10, color: runs.map(run => (front.includes(run) ? first : tone("paper"))), line: { width: 2, color: runs.map(run => (front.includes(run) ? first : muted)) } },
    error_y: { type: "data", symmetric: false, array: runs.map(run => 100 * (run.metrics.accuracy.high - run.metrics.accuracy.value)), arrayminus: runs.map(run => 100 * (run.metrics.accuracy.value - run.metrics.accuracy.low)), color: fade(muted, runs.length > 6 ? 0.35 : 0.6), thickness: 1, width: 0 },
    customdata: runs.map(run => plain(run.name)), hovertemplate: "%{customdata}: %{y:.1f} % for %{x:,.0f} tokens<extra></extra>",
  };
  const steps = { x: x(front), y: accuracy(front), mode: "lines", line: { color: fade(first, 0.5), width: 2, shape: "hv" }, hoverinfo: "skip" };
  return [...(baselines.length ? [...poolCurves().map(poolLine), poolMarks(baselines, places.slice(runs.length), tag)] : []), steps, marks];
}

function addPareto() {
  const runs = report.runs.filter(run => run.metrics.accuracy && runCost(run, "work") > 0);
  if (runs.length < 2) return;
  let measure = "work";
  const switches = measureSwitches(measure, chosen => { measure = chosen; redraw(); });
  const redraw = addChart(byId("runs-charts"), {
    id: "pareto", title: "Accuracy against cost", ofRun: false, wide: true, tall: true, actions: switches,
    summary: `The front of accuracy against work: ${onFront(runs, "work").map(run => `${run.name} ${percent(run.metrics.accuracy.value)} for ${whole(runCost(run, "work"))} tokens`).join(", ")}.`,
    text: `Filled marks lie on the front: no other run is as accurate for fewer tokens.${runs.length > 6 ? " Numbers are those of the table." : ""} Bars are 95 % intervals of each run by itself; whether two runs differ is a question for their paired difference.${poolBaselines().length ? " Squares and the dotted line are plain majority of the pool, whose span is not recorded." : ""}`,
    rows: () => [["run", "accuracy", "low", "high", "work", "span", "on_work_front", "on_span_front"], ...runs.map(run => [run.name, run.metrics.accuracy.value, run.metrics.accuracy.low, run.metrics.accuracy.high, runCost(run, "work"), runCost(run, "span"), onFront(runs, "work").includes(run), onFront(runs, "span").includes(run)]), ...poolBaselines().map(each => [each.name, each.accuracy, "", "", each.work, "", "", ""])],
    pick: point => point.customdata && chooseRun(runs[point.pointIndex].index),
    draw: () => {
      const baselines = measure === "work" ? poolBaselines() : [], curves = measure === "work" ? poolCurves().flat() : [];
      const costs = [...runs.map(run => runCost(run, measure)), ...baselines.map(each => each.work)], log = Math.max(...costs) > 8 * Math.min(...costs);
      const low = Math.min(...costs), high = Math.max(...costs);
      const ends = log ? [Math.log10(low) - 0.15, Math.log10(high) + 0.15] : [Math.max(0, low - 0.15 * (high - low || low)), high + 0.15 * (high - low || high)];
      const yEnds = accuracyRange([...runs.flatMap(run => [run.metrics.accuracy.low, run.metrics.accuracy.high]), ...baselines.map(each => each.accuracy), ...curves.filter(p => p.work >= low && p.work <= high).map(p => p.accuracy)]);
      return { data: paretoData(runs, measure, byId("pareto"), ends, yEnds, log), layout: { xaxis: { title: tokenAxis(measure), tickformat: ",~s", range: ends, ...(log ? { type: "log", dtick: high / low > 100 ? 1 : "D2" } : {}) }, yaxis: { ticksuffix: " %", range: yEnds }, margin: { l: 8, r: 24, t: 16, b: 8 } } };
    },
  });
}

function addRunCurves() {
  const runs = report.runs.filter(run => run.metrics.curve.length > 1);
  if (!runs.length) return;
  const palette = ["first", "second", "third", "fourth", "fifth", "sixth"], shown = runs.slice(0, palette.length), dashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"];
  addChart(byId("runs-charts"), {
    id: "run-curves", title: "Majority votes of every size", ofRun: false, wide: true, tall: true,
    summary: shown.map(run => { const last = run.metrics.curve.at(-1); return `${run.name}: ${percent(last.cons.value)} by majority of ${last.k}`; }).join(", "),
    text: `cons@k of each run’s own branches against their tokens${shown.length < runs.length ? `; the first ${shown.length} of ${runs.length} runs` : ""}. Diamonds are the runs themselves${report.runs.length > 6 ? ", by their numbers in the table" : ""}. A run that stops by itself has no line: what it draws depends on the answers.`,
    rows: () => [["run", "k", "cons", "low", "high", "work", "span"], ...runs.flatMap(run => run.metrics.curve.map(p => [run.name, p.k, p.cons.value, p.cons.low, p.cons.high, p.work, p.span]))],
    draw: () => {
      const lines = shown.map((run, i) => ({ x: run.metrics.curve.map(p => p.work), y: run.metrics.curve.map(p => 100 * p.cons.value), name: plain(run.name), mode: "lines", line: { color: tone(palette[i]), width: 2, dash: dashes[i] }, text: run.metrics.curve.map(p => `k = ${p.k}`), customdata: run.metrics.curve.map(() => plain(run.name)), hovertemplate: "%{customdata}, %{text}: %{y:.1f} %<extra></extra>" }));
      const graded = report.runs.filter(run => run.metrics.accuracy && runCost(run, "work") > 0), heights = [...runs.flatMap(run => run.metrics.curve.map(p => 100 * p.cons.value)), ...graded.map(run => 100 * run.metrics.accuracy.value)];
      const room = 0.06 * (Math.max(...heights) - Math.min(...heights) || 1), yEnds = [Math.min(...heights) - room, Math.max(...heights) + room];
      const xEnds = [0, 1.05 * Math.max(...runs.flatMap(run => run.metrics.curve.map(p => p.work)), ...graded.map(run => runCost(run, "work")))];
      const names = graded.map(run => (shown.includes(run) ? "" : report.runs.length > 6 ? String(run.index + 1) : plain(run.name)));
      const places = labelled(byId("run-curves"), graded.map((run, i) => ({ text: names[i], x: runCost(run, "work"), y: 100 * run.metrics.accuracy.value })), xEnds, yEnds, false, runs.map(run => run.metrics.curve.map(p => ({ x: p.work, y: 100 * p.cons.value }))));
      const marks = graded.map((run, i) => ({ x: [runCost(run, "work")], y: [100 * run.metrics.accuracy.value], mode: names[i] && places[i] ? "markers+text" : "markers", text: [names[i]], textposition: places[i] || "top right", textfont: { size: 12, color: tone("ink") }, showlegend: false, marker: { size: 9, symbol: "diamond", color: tone(shown.includes(run) ? palette[shown.indexOf(run)] : "ink") }, customdata: [plain(run.name)], hovertemplate: "%{customdata}: %{y:.1f} %<extra></extra>" }));
      return { data: [...lines, ...marks], layout: { showlegend: true, legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", font: { color: tone("muted"), size: 12 }, itemclick: false, itemdoubleclick: false }, margin: { l: 8, r: 12, t: 28, b: 8 }, xaxis: { title: tokenAxis("work"), range: xEnds, tickformat: ",~s" }, yaxis: { ticksuffix: " %", range: yEnds } } };
    },
  });
}

const signed = share => {
  if (absent(share)) return "–";
  const size = Math.abs(100 * share).toFixed(1);
  return `${Number(size) === 0 ? "" : share > 0 ? "+" : "−"}${size}`;
};
const signedRange = interval => `${signed(interval.low)} to ${signed(interval.high)}`;
const pValue = p => (p < 0.001 ? "< 0.001" : p.toFixed(3));

function table(caption, heads, rows, save) {
  return element("div", { class: "listed wide" }, element("div", { class: "scroll" }, element("table", { class: "problems" }, element("caption", { class: "visually-hidden", text: caption }),
    element("thead", {}, element("tr", {}, ...heads.map(([text, right]) => element("th", { scope: "col", class: right ? "number" : "", text })))),
    element("tbody", {}, ...rows.map(row => element("tr", { class: "row" }, ...row.map((cell, i) => element("td", { class: heads[i][1] ? "number" : "", text: cell }))))))), save);
}

/* Paired differences: the question that overlapping intervals of single runs do not answer. */
function addDifferences() {
  const found = report.comparison, parent = byId("runs-charts");
  if (found.refused) parent.append(element("p", { class: "note", text: `No paired differences: ${found.refused}` }));
  if (!found.differences?.length) return;
  addDifferencesTo(parent, "differences", found, found.differences, "");
  if (found.to_best?.length) addDifferencesTo(parent, "differences-best", found, found.to_best, " It was chosen as the best on these very problems, so the others look further behind it than they are.");
  if (found.matched) addMatched(found.matched);
}

function addDifferencesTo(parent, id, found, list, caution) {
  const reference = list[0].reference, ordinal = new Map(report.runs.map(run => [run.name, run.index + 1]));
  const name = text => (!ordinal.has(text) ? text : innerWidth < 640 ? String(ordinal.get(text)) : list.length > 6 ? `${ordinal.get(text)}  ${short(text)}` : text); // a narrow page has no room for names
  const height = 96 + (list.length > 12 ? 24 : 34) * list.length;
  const rows = () => [["run", "reference", "difference", "low", "high", "won", "lost", "p_exact", "p_mid", "p_holm", "work_ratio", "work_ratio_low", "work_ratio_high"],
    ...list.map(d => [d.run, d.reference, d.accuracy.value, d.accuracy.low, d.accuracy.high, d.won, d.lost, d.p_exact, d.p_mid, d.p_holm, d.ratio.work?.value, d.ratio.work?.low, d.ratio.work?.high])];
  addChart(parent, {
    id, title: `Paired differences to ${reference}`, ofRun: false, wide: true, rows,
    summary: list.map(d => `${d.run}: ${signed(d.accuracy.value)} points (${signedRange(d.accuracy)}), ${d.different ? "different" : "not told apart"}`).join("; "),
    text: `Accuracy less that of ${reference} on the same ${plural(found.problems, "problem")}, in points, with 95 % intervals over problems. Filled: different at the 5 % level by mid-p after Holm’s correction over all.${list.some(d => d.different && d.accuracy.low <= 0 && d.accuracy.high >= 0) ? " An interval of few differing problems is widened and may hold 0 where the test does not." : ""}${caution}`,
    draw: () => ({
      data: [{ y: list.map((_, i) => i), x: list.map(d => 100 * d.accuracy.value), mode: "markers", marker: { size: 10, color: list.map(d => tone(d.different ? "first" : "paper")), line: { width: 2, color: tone("first") } },
        error_x: { type: "data", symmetric: false, array: list.map(d => 100 * (d.accuracy.high - d.accuracy.value)), arrayminus: list.map(d => 100 * (d.accuracy.value - d.accuracy.low)), color: tone("first"), thickness: 2, width: 0 },
        customdata: list.map(d => plain(d.run)), hovertemplate: "%{customdata}: %{x:+.1f} points<extra></extra>" }],
      layout: { height, shapes: [{ type: "line", x0: 0, x1: 0, yref: "paper", y0: 0, y1: 1, line: { color: tone("muted"), width: 1, dash: "dash" } }], margin: { l: 8, r: 16, t: 6, b: 8 },
        xaxis: { title: "points of accuracy", zeroline: false }, yaxis: { tickvals: list.map((_, i) => i), ticktext: list.map(d => plain(name(d.run))), range: [list.length - 0.5, -0.5], showgrid: false } },
    }),
  });
  byId(id).style.height = `${height}px`;
  const made = table("Paired differences", [["Run"], ["Difference", 1], ["95 % interval", 1], ["Won", 1], ["Lost", 1], ["p, exact", 1], ["mid-p", 1], ["mid-p, Holm", 1], ["Work, times", 1]],
    list.map(d => [d.run, signed(d.accuracy.value), signedRange(d.accuracy), whole(d.won), whole(d.lost), pValue(d.p_exact), pValue(d.p_mid), pValue(d.p_holm), absent(d.ratio.work?.value) ? "–" : d.ratio.work.value.toFixed(2)]),
    found.warnings?.length ? element("ul", { class: "cautions" }, ...found.warnings.map(text => element("li", { text }))) : null);
  parent.append(list.length > 6 ? element("details", { class: "wide" }, element("summary", { text: `Differences to ${reference} as a table` }), made) : made);
}

/* Every run beside plain majority at the same spend. */
function addMatched(matched) {
  const rows = matched.rows.filter(row => row.majority);
  if (!rows.length) return;
  const cells = row => [row.run, absent(row.spend) ? "–" : whole(row.spend), percent(row.accuracy.value), percent(row.majority.accuracy.value), signed(row.majority.difference.value), signedRange(row.majority.difference), pValue(row.majority.p_holm)];
  const save = element("button", { type: "button", class: "quiet", text: "CSV", "aria-label": "Save the runs beside plain majority as CSV", onclick: () => saveCsv("matched", [["run", "brought", "spend", "accuracy", "majority_completions", "majority", "difference", "low", "high", "p_holm"],
    ...rows.map(row => [row.run, row.brought, row.spend, row.accuracy.value, row.majority.completions, row.majority.accuracy.value, row.majority.difference.value, row.majority.difference.low, row.majority.difference.high, row.majority.p_holm])]) });
  const made = table("Runs beside plain majority", [["Run"], [capital(matched.measure), 1], ["Run, right", 1], ["Majority, right", 1], ["Difference", 1], ["95 % interval", 1], ["p, Holm", 1]], rows.map(cells),
    rows.some(row => row.remark) ? element("ul", { class: "cautions" }, ...rows.filter(row => row.remark).map(row => element("li", { text: `${row.run}: ${row.remark}` }))) : null);
  made.prepend(element("p", { class: "above" }, element("span", {}, element("h3", { text: `Beside plain majority at the same ${matched.measure}` })), save), element("p", { class: "note", text: `Majority votes of ${matched.baseline.run}’s ${matched.baseline.completions} completions, brought to each run’s ${matched.measure} on their exact curve.` }));
  byId("runs-charts").append(made);
}

function setUpRuns() {
  if (!several) return;
  byId("runs").hidden = false;
  byId("run-switch").hidden = false;
  byId("run").append(...report.runs.map(run => element("option", { value: run.index, text: run.name })));
  byId("run").addEventListener("change", event => chooseRun(Number(event.target.value)));
  addRunsTable();
  addPareto();
  addRunCurves();
  addDifferences();
}

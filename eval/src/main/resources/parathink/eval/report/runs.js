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
  const ends = graded.length ? [Math.min(...graded.map(run => run.metrics.accuracy.low)), Math.max(...graded.map(run => run.metrics.accuracy.high))] : [0, 1];
  if (ends[1] - ends[0] < 0.02) ends[1] = ends[0] + 0.02;
  const number = text => element("td", { class: "number", text });
  const rows = report.runs.map(run => {
    const { accuracy, attempts, usage } = run.metrics;
    const open = element("button", { type: "button", class: "link", text: run.name, onclick: () => { chooseRun(run.index); byId("result").scrollIntoView(); } });
    return element("tr", { class: "row", "data-run": run.index }, element("th", { scope: "row" }, element("span", { class: "ordinal", text: run.index + 1 }), open),
      element("td", { text: run.run.strategy }), element("td", { text: several && new Set(report.runs.map(r => r.run.dataset)).size > 1 ? run.run.dataset : run.run.model }), number(whole(attempts)),
      number(accuracy ? percent(accuracy.value) : "none"), element("td", {}, accuracy ? intervalBar(accuracy, ends) : null), number(accuracy ? range(accuracy) : ""),
      number(whole(usage.work / Math.max(1, attempts))), number(whole(usage.span / Math.max(1, attempts))));
  });
  const second = new Set(report.runs.map(run => run.run.dataset)).size > 1 ? "Dataset" : "Model";
  const heads = [["Run"], ["Strategy"], [second], ["Attempts", 1], ["Accuracy", 1], [""], ["95 % interval", 1], ["Work", 1], ["Span", 1]];
  const save = element("button", { type: "button", class: "quiet", text: "CSV", "aria-label": "Save the table of runs as CSV", onclick: () => saveCsv("runs", [
    ["run", "strategy", "dataset", "model", "attempts", "accuracy", "low", "high", "work", "span"],
    ...report.runs.map(run => [run.name, run.run.strategy, run.run.dataset, run.run.model, run.metrics.attempts, run.metrics.accuracy?.value, run.metrics.accuracy?.low, run.metrics.accuracy?.high, runCost(run, "work"), runCost(run, "span")]),
  ]) });
  byId("runs-table").append(element("p", { class: "above" }, element("span", { class: "note", text: "Work and span are tokens a problem. A name shows the run’s own figures below." }), save),
    element("div", { class: "scroll" }, element("table", { class: "problems runs" },
      element("caption", { class: "visually-hidden", text: "Runs with their accuracy and cost" }),
      element("thead", {}, element("tr", {}, ...heads.map(([text, right]) => element("th", { scope: "col", class: right ? "number" : "", text })))), element("tbody", {}, ...rows))));
}

function paretoData(runs, measure) {
  const front = onFront(runs, measure), first = tone("first"), muted = tone("muted");
  const accuracy = list => list.map(run => 100 * run.metrics.accuracy.value);
  const x = list => list.map(run => runCost(run, measure));
  const marks = {
    x: x(runs), y: accuracy(runs), mode: "markers+text", text: runs.map(run => (runs.length > 6 ? String(run.index + 1) : plain(run.name))), textposition: "top center", textfont: { size: 12, color: tone("ink") }, cliponaxis: false,
    marker: { size: 10, color: runs.map(run => (front.includes(run) ? first : tone("paper"))), line: { width: 2, color: runs.map(run => (front.includes(run) ? first : muted)) } },
    error_y: { type: "data", symmetric: false, array: runs.map(run => 100 * (run.metrics.accuracy.high - run.metrics.accuracy.value)), arrayminus: runs.map(run => 100 * (run.metrics.accuracy.value - run.metrics.accuracy.low)), color: fade(muted, 0.6), thickness: 1, width: 0 },
    customdata: runs.map(run => plain(run.name)), hovertemplate: "%{customdata}: %{y:.1f} % for %{x:,.0f} tokens<extra></extra>",
  };
  const steps = { x: x(front), y: accuracy(front), mode: "lines", line: { color: fade(first, 0.5), width: 2, shape: "hv" }, hoverinfo: "skip" };
  return [steps, marks];
}

function addPareto() {
  const runs = report.runs.filter(run => run.metrics.accuracy && runCost(run, "work") > 0);
  if (runs.length < 2) return;
  let measure = "work";
  const switches = measureSwitches(measure, chosen => { measure = chosen; redraw(); });
  const redraw = addChart(byId("runs-charts"), {
    id: "pareto", title: "Accuracy against cost", ofRun: false, wide: true, tall: true, actions: switches,
    summary: `The front of accuracy against work: ${onFront(runs, "work").map(run => `${run.name} ${percent(run.metrics.accuracy.value)} for ${whole(runCost(run, "work"))} tokens`).join(", ")}.`,
    text: "Filled marks lie on the front: no other run is as accurate for fewer tokens. Bars are 95 % intervals of each run by itself; whether two runs differ is a question for their paired difference.",
    rows: () => [["run", "accuracy", "low", "high", "work", "span", "on_work_front", "on_span_front"], ...runs.map(run => [run.name, run.metrics.accuracy.value, run.metrics.accuracy.low, run.metrics.accuracy.high, runCost(run, "work"), runCost(run, "span"), onFront(runs, "work").includes(run), onFront(runs, "span").includes(run)])],
    pick: point => point.customdata && chooseRun(runs[point.pointIndex].index),
    draw: () => {
      const costs = runs.map(run => runCost(run, measure)), log = Math.max(...costs) > 8 * Math.min(...costs);
      const low = Math.min(...costs), high = Math.max(...costs);
      const ends = log ? [Math.log10(low) - 0.15, Math.log10(high) + 0.15] : [Math.max(0, low - 0.15 * (high - low || low)), high + 0.15 * (high - low || high)];
      return { data: paretoData(runs, measure), layout: { xaxis: { title: tokenAxis(measure), tickformat: ",~s", range: ends, ...(log ? { type: "log", dtick: high / low > 100 ? 1 : "D2" } : {}) }, yaxis: { ticksuffix: " %", range: accuracyRange(runs.flatMap(run => [run.metrics.accuracy.low, run.metrics.accuracy.high])) }, margin: { l: 8, r: 24, t: 16, b: 8 } } };
    },
  });
}

function addRunCurves() {
  const runs = report.runs.filter(run => run.metrics.curve.length > 1);
  if (runs.length < 1) return;
  const palette = ["first", "second", "third", "fourth", "fifth", "sixth"], shown = runs.slice(0, palette.length), dashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"];
  addChart(byId("runs-charts"), {
    id: "run-curves", title: "Majority votes of every size", ofRun: false, wide: true, tall: true,
    summary: shown.map(run => { const last = run.metrics.curve.at(-1); return `${run.name}: ${percent(last.cons.value)} by majority of ${last.k}`; }).join(", "),
    text: `cons@k of each run’s own branches against their tokens${shown.length < runs.length ? `; the first ${shown.length} of ${runs.length} runs` : ""}. A run that stops by itself is the mark, not the line.`,
    rows: () => [["run", "k", "cons", "low", "high", "work", "span"], ...runs.flatMap(run => run.metrics.curve.map(p => [run.name, p.k, p.cons.value, p.cons.low, p.cons.high, p.work, p.span]))],
    draw: () => {
      const lines = shown.map((run, i) => ({ x: run.metrics.curve.map(p => p.work), y: run.metrics.curve.map(p => 100 * p.cons.value), name: plain(run.name), mode: "lines", line: { color: tone(palette[i]), width: 2, dash: dashes[i] }, text: run.metrics.curve.map(p => `k = ${p.k}`), customdata: run.metrics.curve.map(() => plain(run.name)), hovertemplate: "%{customdata}, %{text}: %{y:.1f} %<extra></extra>" }));
      const marks = shown.filter(run => run.metrics.accuracy).map(run => ({ x: [runCost(run, "work")], y: [100 * run.metrics.accuracy.value], mode: "markers", showlegend: false, marker: { size: 9, symbol: "diamond", color: tone(palette[shown.indexOf(run)]) }, hovertemplate: "the run itself: %{y:.1f} %<extra></extra>" }));
      return { data: [...lines, ...marks], layout: { showlegend: true, legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", font: { color: tone("muted"), size: 12 }, itemclick: false, itemdoubleclick: false }, margin: { l: 8, r: 12, t: 28, b: 8 }, xaxis: { title: tokenAxis("work"), rangemode: "tozero", tickformat: ",~s" }, yaxis: { ticksuffix: " %" } } };
    },
  });
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
}

/* Accuracy against completions and against what they cost. */
function curveTraces(x, name, key, colour, dash) {
  const { curve } = current.metrics;
  const pick = field => curve.map(point => 100 * point[key][field]);
  const mode = curve.length > 24 ? "lines" : "lines+markers";
  const hover = curve.map(point => `k = ${point.k}: ${points(point[key].value)} % (${range(point[key])})`);
  return [band(x, pick("low"), pick("high"), colour), { x, y: pick("value"), mode, name, text: hover, hovertemplate: `${name}, %{text}<extra></extra>`, line: { color: colour, width: 2, dash }, marker: { color: colour, size: 6 } }];
}

/* Names beside the ends of the lines instead of a legend; moved apart where the lines meet. */
function lineNames(x, last) {
  const named = [["pass@k", 100 * last.pass.value, "second"], ["cons@k", 100 * last.cons.value, "first"]];
  const near = Math.abs(named[0][1] - named[1][1]) < 7;
  return named.map(([text, y, colour], i) => ({ x, y, text, xanchor: "right", yanchor: near && i === 1 ? "top" : "bottom", yshift: near && i === 1 ? -5 : 5, showarrow: false, font: { color: tone(colour), size: 12.5 } }));
}

function accuracyRange(ends) {
  const low = Math.max(0, Math.floor(10 * Math.min(...ends)) * 10 - 2), high = Math.min(100, Math.ceil(10 * Math.max(...ends)) * 10);
  return [low, high === 100 ? 100 + 0.03 * (100 - low) : high];
}

function addCurves() {
  const { curve } = current.metrics, parent = byId("curves");
  if (!curve.length) {
    empty(parent, current.metrics.evidence.left_out[0] ?? "No curve: there are no branches that can be graded.");
    return;
  }
  if (curve.length === 1) {
    empty(parent, `There is no curve: with one completion that every attempt has, only pass@1 can be told, ${percent(curve[0].pass.value)} (${range(curve[0].pass)}).`);
    return;
  }
  const first = curve[0], last = curve[curve.length - 1];
  const said = `From ${points(first.pass.value)} % with one completion to ${points(last.cons.value)} % by majority of ${last.k}; any of ${last.k} is right in ${points(last.pass.value)} % of the problems.`;
  const header = ["k", "cons", "cons_low", "cons_high", "pass", "pass_low", "pass_high", "work", "span"];
  const rows = () => [header, ...curve.map(p => [p.k, p.cons.value, p.cons.low, p.cons.high, p.pass.value, p.pass.low, p.pass.high, p.work, p.span])];
  const traces = x => [...curveTraces(x, "pass@k", "pass", tone("second"), "dot"), ...curveTraces(x, "cons@k", "cons", tone("first"), "solid")];
  const yaxis = () => ({ range: accuracyRange(curve.flatMap(point => [point.cons.low, point.cons.high, point.pass.low, point.pass.high])), ticksuffix: " %" });
  addChart(parent, {
    id: "accuracy-by-k", title: "Accuracy against completions", summary: said, rows,
    text: "Majority vote (cons@k) and any right (pass@k), each the exact mean over all subsets of k of one attempt’s branches; k ends at the smallest attempt; bands are 95 % intervals.",
    draw: () => {
      const x = curve.map(point => point.k);
      const ticks = x.filter(k => (k & (k - 1)) === 0 || (k === last.k && k > 1.4 * 2 ** Math.floor(Math.log2(k))));
      const log = curve.length > 8, start = log ? 0 : 1, end = log ? Math.log10(last.k) : last.k, margin = 0.04 * Math.max(end - start, 1);
      const axis = { range: [start - margin, end + margin], ...(log ? { type: "log", tickvals: ticks, ticktext: ticks.map(String) } : { dtick: 1 }) };
      return { data: traces(x), layout: { xaxis: { ...axis, title: "completions an attempt, k" }, yaxis: yaxis(), annotations: lineNames(end, last) } };
    },
  });
  let measure = "work";
  const switches = measureSwitches(measure, chosen => { measure = chosen; redraw(); });
  const redraw = addChart(parent, {
    id: "accuracy-by-tokens", title: "Accuracy against tokens", summary: `${said} One completion costs ${whole(first.work)} tokens on average, ${last.k} cost ${whole(last.work)}.`, rows, actions: switches,
    text: "The same curves against what they cost: work is every token of the k completions, span the longest of them. Judges are not in it.",
    draw: () => {
      const x = curve.map(point => point[measure]), end = x[x.length - 1];
      return { data: traces(x), layout: { xaxis: { title: tokenAxis(measure), range: [0, 1.04 * end], tickformat: ",~s" }, yaxis: yaxis(), annotations: lineNames(end, last) } };
    },
  });
}

const tokenAxis = measure => `${measure === "work" ? "tokens decoded" : "tokens one after the other"} a problem`;

function measureSwitches(measure, choose) {
  const switches = ["work", "span"].map(name => element("button", { type: "button", class: "quiet", text: name, "aria-pressed": name === measure, onclick: event => {
    switches.forEach(button => button.setAttribute("aria-pressed", button === event.currentTarget));
    choose(name);
  } }));
  return switches;
}

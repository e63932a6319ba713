/* The four figures. Each says in words what it shows, and gives its data as CSV. */
const charts = [];

function addChart(parent, { id, title, text, summary, rows, draw, actions = [] }) {
  const chart = element("div", { class: "chart", id, role: "img", "aria-label": summary });
  const save = element("button", { type: "button", class: "quiet", text: "CSV", "aria-label": `Save the data of “${title}” as CSV`, onclick: () => saveCsv(id, rows()) });
  const caption = element("figcaption", {}, element("h3", { text: title }), element("span", { class: "actions" }, ...actions, save), element("p", { text }));
  parent.append(element("figure", {}, caption, chart));
  const entry = { node: chart, draw };
  charts.push(entry);
  return () => drawChart(entry);
}

function drawChart({ node, draw }) {
  const { data, layout } = draw();
  const ink = tone("ink"), muted = tone("muted"), rule = tone("rule");
  const axis = given => ({ gridcolor: rule, zeroline: false, tickcolor: rule, tickfont: { color: muted, size: 12 }, automargin: true, fixedrange: true, ...given, title: { text: given.title || "", font: { color: muted, size: 12.5 }, standoff: 8 } });
  Plotly.react(node, data, {
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: getComputedStyle(document.body).fontFamily, color: ink, size: 12.5 },
    margin: { l: 8, r: 12, t: 10, b: 8 }, hovermode: "closest", showlegend: false, dragmode: false,
    hoverlabel: { bgcolor: tone("raised"), bordercolor: rule, font: { color: ink, size: 12.5 } },
    ...layout, xaxis: axis({ showline: true, linecolor: rule, ...layout.xaxis }), yaxis: axis(layout.yaxis || {}),
  }, { displayModeBar: false, responsive: true, displaylogo: false });
}

const drawCharts = () => charts.forEach(drawChart);

function fade(colour, alpha) {
  const [r, g, b] = [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${r},${g},${b},${alpha})`;
}

function band(x, low, high, colour) {
  return { x: [...x, ...[...x].reverse()], y: [...high, ...[...low].reverse()], fill: "toself", fillcolor: fade(colour, 0.14), line: { width: 0 }, mode: "lines", hoverinfo: "skip" };
}

function curveTraces(x, name, key, colour, dash) {
  const curve = report.metrics.curve;
  const pick = field => curve.map(point => 100 * point[key][field]);
  const mode = curve.length > 24 ? "lines" : "lines+markers";
  const hover = curve.map(point => `k = ${point.k}: ${points(point[key].value)} % (${points(point[key].low)} to ${points(point[key].high)})`);
  const line = { x, y: pick("value"), mode, name, text: hover, hovertemplate: `${name}, %{text}<extra></extra>`, line: { color: colour, width: 2, dash }, marker: { color: colour, size: 6 } };
  if (curve.length === 1) {
    const { value, low, high } = curve[0][key];
    line.error_y = { type: "data", symmetric: false, array: [100 * (high - value)], arrayminus: [100 * (value - low)], color: colour, thickness: 1.5, width: 5 };
    return [line];
  }
  return [band(x, pick("low"), pick("high"), colour), line];
}

/* Names beside the ends of the lines instead of a legend; moved apart where the lines meet. */
function lineNames(x, last) {
  const named = [["pass@k", 100 * last.pass.value, "second"], ["cons@k", 100 * last.cons.value, "first"]];
  const near = Math.abs(named[0][1] - named[1][1]) < 7;
  return named.map(([text, y, colour], i) => ({ x, y, text, xanchor: "right", yanchor: near && i === 1 ? "top" : "bottom", yshift: near && i === 1 ? -5 : 5, showarrow: false, font: { color: tone(colour), size: 12.5 } }));
}

function accuracyRange() {
  const ends = report.metrics.curve.flatMap(point => [point.cons.low, point.cons.high, point.pass.low, point.pass.high]);
  const low = Math.max(0, Math.floor(10 * Math.min(...ends)) * 10 - 2), high = Math.min(100, Math.ceil(10 * Math.max(...ends)) * 10);
  return [low, high + 3];
}

function addCurves() {
  const curve = report.metrics.curve, parent = byId("curves");
  if (!curve.length) {
    parent.append(element("p", { class: "note", text: "No curve: there are no branches that can be graded." }));
    return;
  }
  const first = curve[0], last = curve[curve.length - 1];
  const said = `From ${points(first.pass.value)} % with one completion to ${points(last.cons.value)} % by majority of ${last.k}; any of ${last.k} is right in ${points(last.pass.value)} % of the problems.`;
  const header = ["k", "cons", "cons_low", "cons_high", "pass", "pass_low", "pass_high", "work", "span"];
  const rows = () => [header, ...curve.map(p => [p.k, p.cons.value, p.cons.low, p.cons.high, p.pass.value, p.pass.low, p.pass.high, p.work, p.span])];
  const traces = x => [...curveTraces(x, "pass@k", "pass", tone("second"), "dot"), ...curveTraces(x, "cons@k", "cons", tone("first"), "solid")];
  const yaxis = () => ({ range: accuracyRange(), ticksuffix: " %" });
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
  const switches = ["work", "span"].map(name => element("button", { type: "button", class: "quiet", text: name, "aria-pressed": name === measure, onclick: event => {
    measure = name;
    switches.forEach(button => button.setAttribute("aria-pressed", button === event.currentTarget));
    redraw();
  } }));
  const redraw = addChart(parent, {
    id: "accuracy-by-tokens", title: "Accuracy against tokens", summary: `${said} One completion costs ${whole(first.work)} tokens on average, ${last.k} cost ${whole(last.work)}.`, rows, actions: switches,
    text: "The same curves against what they cost: work is every token of the k completions, span the longest of them. Judges are not in it.",
    draw: () => {
      const x = curve.map(point => point[measure]), end = x[x.length - 1];
      return { data: traces(x), layout: { xaxis: { title: `${measure === "work" ? "tokens decoded" : "tokens one after the other"} a problem`, range: [0, 1.04 * end], tickformat: ",~s" }, yaxis: yaxis(), annotations: lineNames(end, last) } };
    },
  });
}

function addWaterfall() {
  const fates = report.metrics.fates, losses = ["error", "cut_off", "no_answer", "never_sampled", "lost_vote"];
  const steps = [["Attempts graded", report.metrics.attempts - fates.ungraded, "ungraded"], ...losses.map(word => [labels[word], fates[word], word]), ["Right", fates.right, "right"]];
  const graded = steps[0][1];
  addChart(byId("outcome-charts"), {
    id: "waterfall", title: "Where the answers went", summary: steps.map(([label, count]) => `${label}: ${count}`).join(", "),
    text: "Every graded attempt has exactly one outcome: what is lost at each step, and what remains.",
    rows: () => [["outcome", "attempts"], ...report.fates.map(fate => [fate.label, fates[fate.word]])],
    draw: () => {
      let left = graded;
      const bases = steps.map(([, count, word]) => (losses.includes(word) ? (left -= count) : 0));
      return {
        data: [{
          type: "bar", orientation: "h", y: steps.map(([label]) => label), x: steps.map(([, count]) => count), base: bases,
          marker: { color: steps.map(([, , word], i) => (i === 0 ? tone("rule") : tone(word))) }, width: 0.62,
          text: steps.map(([, count]) => `${count}`), textposition: "outside", cliponaxis: false, textfont: { color: tone("ink") },
          hovertemplate: "%{y}: %{text}<extra></extra>",
        }],
        layout: { margin: { l: 8, r: 36, t: 10, b: 8 }, xaxis: { title: "attempts", range: [0, graded * 1.04], tickformat: ",d", rangemode: "tozero" }, yaxis: { autorange: "reversed", showgrid: false, ticks: "" } },
      };
    },
  });
}

function addLengths() {
  const { width, counts } = report.metrics.lengths, words = report.endings.map(ending => ending.word).filter(word => counts[word]);
  const totals = words.map(word => `${labels[word].toLowerCase()} ${report.metrics.endings[word]}`);
  const bins = words.length ? counts[words[0]].map((_, i) => i * width) : [];
  addChart(byId("outcome-charts"), {
    id: "lengths", title: "Length of completions", summary: `Completions by length: ${totals.join(", ")}.`,
    text: `Tokens of each completion in bins of ${whole(width)}, by how it came out.`,
    rows: () => [["tokens_from", "tokens_to", ...words], ...bins.map((from, i) => [from, from + width - 1, ...words.map(word => counts[word][i])])],
    draw: () => ({
      data: words.map(word => ({
        type: "bar", name: labels[word], x: bins.map(from => from + width / 2), y: counts[word], width: width * 0.92, marker: { color: tone(word) },
        text: bins.map(from => `${whole(from)} to ${whole(from + width - 1)} tokens`), textposition: "none", hovertemplate: `%{y} ${labels[word].toLowerCase()}, %{text}<extra></extra>`,
      })),
      layout: {
        barmode: "stack", showlegend: true, legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", font: { color: tone("muted"), size: 12 }, itemclick: false, itemdoubleclick: false, traceorder: "normal" },
        margin: { l: 8, r: 12, t: 28, b: 8 }, xaxis: { title: "tokens", rangemode: "tozero", tickformat: ",~s", showgrid: false }, yaxis: { title: "completions", tickformat: ",d", rangemode: "tozero" },
      },
    }),
  });
}

async function loadPlotly() {
  const script = document.createElement("script");
  script.textContent = await unpack("plotly");
  document.head.append(script);
}

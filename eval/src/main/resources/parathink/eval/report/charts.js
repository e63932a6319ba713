/* Figures. Each says in words what it shows, and gives its data as CSV. */
const charts = [];
/* The chart library takes a few tags for markup; names have none. */
const plain = text => text.replace(/[&<>]/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);
const runScope = () => charts.filter(entry => entry.ofRun);

function addChart(parent, { id, title, text, summary, rows, draw, actions = [], ofRun = true, wide = false, tall = false, pick = null }) {
  const chart = element("div", { class: tall ? "chart tall" : "chart", id, role: "img", "aria-label": summary });
  const save = element("button", { type: "button", class: "quiet", text: "CSV", "aria-label": `Save the data of “${title}” as CSV`, onclick: () => saveCsv(ofRun ? file(id) : id, rows()) });
  const caption = element("figcaption", {}, element("h3", { text: title }), element("span", { class: "actions" }, ...actions, save), element("p", { text }));
  parent.append(element("figure", wide ? { class: "wide" } : {}, caption, chart));
  const entry = { node: chart, draw, ofRun, pick, drawn: false };
  charts.push(entry);
  return () => drawChart(entry);
}

function drawChart(entry) {
  const { node, draw, pick } = entry;
  const { data, layout } = draw();
  const ink = tone("ink"), muted = tone("muted"), rule = tone("rule");
  const axis = given => ({ gridcolor: rule, zeroline: false, tickcolor: rule, tickfont: { color: muted, size: 12 }, automargin: true, fixedrange: true, ...given, title: { text: given.title || "", font: { color: muted, size: 12.5 }, standoff: 8 } });
  entry.settled = Plotly.react(node, data, {
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: getComputedStyle(document.body).fontFamily, color: ink, size: 12.5 },
    margin: { l: 8, r: 12, t: 10, b: 8 }, hovermode: "closest", showlegend: false, dragmode: false,
    hoverlabel: { bgcolor: tone("raised"), bordercolor: rule, font: { color: ink, size: 12.5 } },
    ...layout, xaxis: axis({ showline: true, linecolor: rule, ...layout.xaxis }), yaxis: axis(layout.yaxis || {}),
  }, { displayModeBar: false, responsive: true, displaylogo: false });
  if (pick && !entry.drawn) node.on("plotly_click", event => pick(event.points[0]));
  entry.drawn = true;
}

const idle = () => new Promise(done => (window.requestIdleCallback ? requestIdleCallback(done, { timeout: 200 }) : setTimeout(done, 0)));

/* What a reader sees first is drawn first. */
async function drawCharts() {
  const near = entry => entry.node.getBoundingClientRect().top < 1.2 * innerHeight;
  charts.filter(near).forEach(drawChart);
  performance.mark("usable");
  for (const entry of charts.filter(entry => !entry.drawn)) {
    await idle();
    if (!entry.drawn && entry.node.isConnected) drawChart(entry);
  }
}

function redrawCharts() {
  charts.forEach(drawChart);
}

/* A chart goes on laying itself out after it is drawn, and must not be taken away meanwhile. */
async function dropRunCharts() {
  const dropped = runScope();
  for (const entry of dropped) charts.splice(charts.indexOf(entry), 1);
  await Promise.all(dropped.map(entry => entry.settled));
  for (const entry of dropped) if (entry.drawn) Plotly.purge(entry.node);
}

function fade(colour, alpha) {
  const [r, g, b] = [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${r},${g},${b},${alpha})`;
}

function band(x, low, high, colour) {
  return { x: [...x, ...[...x].reverse()], y: [...high, ...[...low].reverse()], fill: "toself", fillcolor: fade(colour, 0.14), line: { width: 0 }, mode: "lines", hoverinfo: "skip" };
}

function empty(parent, text) {
  parent.append(element("p", { class: "note", text }));
}

async function loadPlotly() {
  const script = document.createElement("script");
  script.textContent = await unpack("plotly");
  document.head.append(script);
}

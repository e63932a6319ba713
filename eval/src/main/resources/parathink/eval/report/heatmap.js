/* Every completion of the run as one picture: problems side by side, their completions stacked. */
const HEAT_HEIGHT = 224;
let heat = null;

function heatOrder(sorted) {
  const share = problem => (problem.endings.length ? problem.counts.right / problem.endings.length : -1);
  const order = problems.filter(problem => problem.endings.length);
  return sorted ? order.sort((a, b) => share(b) - share(a) || b.counts.lost - a.counts.lost || a.index - b.index) : order;
}

/* Endings from the bottom up: right first, so that the outline is the share of right completions. */
function stackOf(problem, drawn) {
  if (drawn) return [...problem.endings].map(letter => letter.charCodeAt(0) - 97);
  return [...problem.endings].map(letter => letter.charCodeAt(0) - 97).sort((a, b) => a - b);
}

function paintHeat() {
  const { canvas, order, drawn } = heat, ratio = Math.max(1, window.devicePixelRatio || 1);
  const width = canvas.clientWidth, context = canvas.getContext("2d");
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(HEAT_HEIGHT * ratio);
  context.scale(ratio, ratio);
  const colours = report.endings.map(ending => tone(ending.word));
  const most = Math.max(...order.map(problem => problem.endings.length));
  const columns = Math.min(order.length, Math.max(1, Math.floor(width)));
  heat.step = Math.min(26, width / columns);
  heat.columns = columns;
  const gap = heat.step >= 5 ? 1 : 0, cell = HEAT_HEIGHT / most, line = cell >= 5 ? 1 : 0;
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column * order.length) / columns), to = Math.max(from + 1, Math.floor(((column + 1) * order.length) / columns));
    const x = column * heat.step, w = heat.step - gap + (gap ? 0 : 0.5);
    if (to - from === 1) {
      stackOf(order[from], drawn).forEach((ending, i) => {
        context.fillStyle = colours[ending];
        context.fillRect(x, HEAT_HEIGHT - (i + 1) * cell, w, cell - line + (line ? 0 : 0.5));
      });
      continue;
    }
    const sums = colours.map((_, ending) => order.slice(from, to).reduce((sum, problem) => sum + problem.byEnding[ending], 0));
    let top = HEAT_HEIGHT;
    sums.forEach((sum, ending) => {
      const height = (cell * sum) / (to - from);
      context.fillStyle = colours[ending];
      context.fillRect(x, top - height, w, height);
      top -= height;
    });
  }
}

function heatAt(column) {
  return heat.order[Math.floor((column * heat.order.length) / heat.columns)];
}

function said(problem) {
  const counts = report.endings.map((ending, i) => [problem.byEnding[i], ending.label]).filter(([count]) => count);
  return `${problem.name}: ${counts.map(([count, label]) => `${whole(count)} ${label}`).join(", ")}`;
}

function pointAt(column) {
  heat.at = Math.max(0, Math.min(heat.columns - 1, column));
  const problem = heatAt(heat.at), { canvas, cursor, readout } = heat;
  canvas.setAttribute("aria-valuenow", heat.at + 1);
  canvas.setAttribute("aria-valuetext", said(problem));
  readout.textContent = said(problem);
  cursor.style.left = `${heat.at * heat.step}px`;
  cursor.style.width = `${Math.max(2, heat.step)}px`;
  cursor.hidden = false;
}

function heatControls(box) {
  const press = (list, chosen) => list.forEach(button => button.setAttribute("aria-pressed", button === chosen));
  const choice = (items, choose) => {
    const buttons = items.map(([text, value], i) => element("button", { type: "button", class: "quiet", text, "aria-pressed": i === 0, onclick: event => { press(buttons, event.currentTarget); choose(value); paintHeat(); heat.cursor.hidden = true; } }));
    return buttons;
  };
  const rows = () => [["problem", "repeat", "completion", "ending"], ...problems.flatMap(problem => [...problem.endings].map((letter, i) => [problem.problem, problem.repeat, i, report.endings[letter.charCodeAt(0) - 97].word]))];
  box.append(...choice([["by share right", true], ["by file", false]], sorted => { heat.order = heatOrder(sorted); }),
    ...choice([["grouped", false], ["as drawn", true]], drawn => { heat.drawn = drawn; }),
    element("button", { type: "button", class: "quiet", text: "CSV", "aria-label": "Save how each completion came out as CSV", onclick: () => saveCsv(file("heatmap"), rows()) }));
}

function addHeatMap() {
  const parent = byId("map"), order = heatOrder(true);
  parent.replaceChildren();
  heat = null;
  if (!order.length) return;
  const total = report.endings.map((ending, i) => [ending, order.reduce((sum, problem) => sum + problem.byEnding[i], 0)]).filter(([, count]) => count);
  const canvas = element("canvas", { id: "heatmap", tabindex: "0", role: "slider", "aria-label": `Completions of ${plural(order.length, noun())}: ${total.map(([ending, count]) => `${whole(count)} ${ending.label}`).join(", ")}. Arrow keys move, Enter opens.`, "aria-valuemin": "1", "aria-valuemax": order.length, "aria-valuenow": "1", "aria-valuetext": said(order[0]), style: { height: `${HEAT_HEIGHT}px` } });
  const cursor = element("i", { class: "cursor", hidden: "" }), readout = element("span", { class: "readout", text: " " });
  const actions = element("span", { class: "actions" });
  const legend = element("p", { class: "legend" }, ...total.map(([ending, count]) => element("span", { class: "fate", tone: ending.word }, `${labels[ending.word]} `, element("small", { text: whole(count) }))));
  heat = { canvas, cursor, readout, order, drawn: false, at: 0, step: 1, columns: 1 };
  heatControls(actions);
  parent.append(element("figure", { class: "heat" }, element("figcaption", {}, element("h3", { text: "Every completion" }), actions,
    element("p", { text: `A column ${noun() === "attempt" ? "an" : "a"} ${noun()}, a cell a completion${current.listed < current.metrics.attempts ? `; ${whole(current.listed)} of ${whole(current.metrics.attempts)} attempts` : ""}. A column opens its ${noun()}.` })),
  legend, element("div", { class: "canvas" }, canvas, cursor), element("p", { class: "note" }, readout)));
  listenToHeat(canvas);
  paintHeat();
}

function listenToHeat(canvas) {
  const column = event => Math.floor(event.offsetX / heat.step);
  const open = () => showProblem(heatAt(heat.at), { scroll: true });
  canvas.addEventListener("mousemove", event => { if (column(event) < heat.columns) pointAt(column(event)); });
  canvas.addEventListener("mouseleave", () => { heat.cursor.hidden = true; heat.readout.textContent = " "; });
  canvas.addEventListener("click", event => { if (column(event) < heat.columns) { pointAt(column(event)); open(); } });
  canvas.addEventListener("focus", () => { if (canvas.matches(":focus-visible")) pointAt(heat.at); });
  canvas.addEventListener("keydown", event => {
    const move = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10, Home: -Infinity, End: Infinity }[event.key];
    if (move !== undefined) { event.preventDefault(); pointAt(heat.at + move); }
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); }
  });
}

addEventListener("resize", () => { if (heat) paintHeat(); });

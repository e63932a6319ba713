/* Plain majority of the pool that a run replays: what a method that prunes it has to be better or cheaper than. */
const voters = baseline => (Number.isInteger(baseline.completions) ? String(baseline.completions) : baseline.completions.toFixed(1));
const baselineNames = { finished: each => `of ${voters(each)}, as many as finish here`, same_work: each => `of ${voters(each)}, at the same work`, all: each => `of all ${voters(each)}` };

/* Each majority once, however many runs stand beside it; those at a run's own work are told with that run. */
function poolBaselines() {
  const found = new Map();
  for (const { metrics: { majority } } of report.runs) {
    for (const each of majority?.baselines ?? []) if (each.size !== "same_work") found.set([each.completions, each.accuracy, each.work].join(" "), { ...each, name: `plain majority of ${voters(each)}` });
  }
  return [...found.values()].sort((a, b) => a.work - b.work);
}

/* One curve a pool: runs on the same problems of it begin alike, and may end at another number of completions. */
function poolCurves() {
  const found = new Map();
  for (const { metrics: { majority } } of report.runs) {
    if (!majority) continue;
    const key = [majority.curve[0].accuracy, majority.curve[0].work].join(" "), known = found.get(key);
    if (!known || known.length < majority.curve.length) found.set(key, majority.curve);
  }
  return [...found.values()];
}

function poolLine(curve) {
  return { x: curve.map(p => p.work), y: curve.map(p => 100 * p.accuracy), mode: "lines", line: { color: tone("second"), width: 1.5, dash: "dot" }, text: curve.map(p => `plain majority of ${p.k}`), hovertemplate: "%{text}: %{y:.1f} % for %{x:,.0f} tokens<extra></extra>" };
}

function poolMarks(baselines, places, text) {
  return { x: baselines.map(each => each.work), y: baselines.map(each => 100 * each.accuracy), mode: "markers+text", text: baselines.map((each, i) => (places[i] ? text(each) : "")), textposition: places.map(place => place || "top right"), textfont: { size: 12, color: tone("second") }, cliponaxis: false,
    marker: { size: 9, symbol: "square-open", color: tone("second"), line: { width: 2 } }, hovertext: baselines.map(each => `plain majority of ${voters(each)}`), hovertemplate: "%{hovertext}: %{y:.1f} % for %{x:,.0f} tokens<extra></extra>" };
}

function majorityData(node, xEnds, yEnds) {
  const name = each => (innerWidth < 640 ? `of ${voters(each)}` : baselineNames[each.size](each)); // a narrow page has no room for more
  const { majority, accuracy } = current.metrics, own = { x: runCost(current, "work"), y: 100 * accuracy.value }, [, same] = majority.baselines;
  const points = [{ text: "this run", ...own, first: 1 }, ...majority.baselines.map(each => ({ text: name(each), x: each.work, y: 100 * each.accuracy }))];
  const [place, ...places] = labelled(node, points, xEnds, yEnds, false, [majority.curve.map(p => ({ x: p.work, y: 100 * p.accuracy })), errorBar(current, "work")]);
  return [poolLine(majority.curve),
    { x: [own.x, own.x], y: [own.y, 100 * same.accuracy], mode: "lines", line: { color: fade(tone("first"), 0.6), width: 1 }, hoverinfo: "skip" },
    poolMarks(majority.baselines, places, name),
    { x: [own.x], y: [own.y], mode: "markers+text", text: [place ? "this run" : ""], textposition: place || "top right", textfont: { size: 12, color: tone("ink") }, cliponaxis: false, marker: { size: 11, color: tone("first") },
      error_y: { type: "data", symmetric: false, array: [100 * (accuracy.high - accuracy.value)], arrayminus: [100 * (accuracy.value - accuracy.low)], color: fade(tone("first"), 0.6), thickness: 1, width: 0 }, hovertemplate: "this run: %{y:.1f} % for %{x:,.0f} tokens<extra></extra>" }];
}

function addMajority() {
  const { majority, accuracy } = current.metrics;
  if (!majority || !accuracy) return;
  const parent = byId("curves"), told = majority.baselines.map(each => `plain majority ${baselineNames[each.size](each)}: ${percent(each.accuracy)} for ${whole(each.work)} tokens, this run ${signed(each.difference.value)} points (${signedRange(each.difference)})`);
  addChart(parent, {
    id: "beside-majority", title: "Beside plain majority of the pool", wide: true, summary: `${told.join("; ")}.`,
    text: "The dotted line is the majority of 1, 2, … of all recorded completions, the exact mean over all subsets, against the tokens that they cost. The bar is the run’s own 95 % interval.",
    rows: () => [["k", "accuracy", "work"], ...majority.curve.map(p => [p.k, p.accuracy, p.work])],
    draw: () => {
      const xEnds = [0, 1.06 * Math.max(majority.curve.at(-1).work, runCost(current, "work"))], yEnds = accuracyRange([accuracy.low, accuracy.high, ...majority.curve.map(p => p.accuracy)]);
      return { data: majorityData(byId("beside-majority"), xEnds, yEnds), layout: { margin: { l: 8, r: 24, t: 16, b: 8 }, xaxis: { title: tokenAxis("work"), range: xEnds, tickformat: ",~s" }, yaxis: { ticksuffix: " %", range: yEnds } } };
    },
  });
  parent.append(table("This run beside plain majority of the pool", [["Plain majority"], ["Right", 1], ["Work", 1], ["This run less it", 1]],
    majority.baselines.map(each => [baselineNames[each.size](each), percent(each.accuracy), whole(each.work), `${signed(each.difference.value)} (${signedRange(each.difference)})`]),
    element("p", { class: "note", text: `Paired by problem, in points, with 95 % intervals over problems. This run decodes ${percent(majority.saved)} less than all of them; its judge reads ${majority.judged ? `${whole(majority.judged)} tokens a problem` : "no tokens"}.` })));
}

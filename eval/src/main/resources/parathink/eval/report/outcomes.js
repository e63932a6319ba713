/* Where the attempts and the completions went. */
function addWaterfall() {
  const { fates, attempts } = current.metrics, losses = ["error", "no_answer", "never_sampled", "cut_off", "not_extracted", "lost_vote"];
  const graded = attempts - fates.ungraded;
  if (!graded) {
    empty(byId("outcome-charts"), attempts ? "No attempt can be graded: the problems have no references." : "No attempt is finished yet.");
    return;
  }
  const steps = [["Attempts graded", graded, "ungraded"], ...losses.map(word => [labels[word], fates[word], word]), ["Right", fates.right, "right"]];
  addChart(byId("outcome-charts"), {
    id: "waterfall", title: "Where the answers went", summary: steps.map(([label, count]) => `${label}: ${count}`).join(", "),
    text: "Every graded attempt has exactly one outcome: what is lost at each step, and what remains. A bar opens its problems.",
    rows: () => [["outcome", "attempts"], ...report.fates.map(fate => [fate.label, fates[fate.word]])],
    pick: point => {
      showFate(steps[point.pointIndex][2] === "ungraded" ? "all" : steps[point.pointIndex][2]);
      byId("problems").scrollIntoView();
    },
    draw: () => {
      let left = graded;
      const bases = steps.map(([, count, word]) => (losses.includes(word) ? (left -= count) : 0));
      return {
        data: [{
          type: "bar", orientation: "h", y: steps.map(([label]) => label), x: steps.map(([, count]) => count), base: bases,
          marker: { color: steps.map(([, , word], i) => (i === 0 ? tone("rule") : tone(word))) }, width: 0.62,
          text: steps.map(([, count]) => whole(count)), textposition: "outside", cliponaxis: false, textfont: { color: tone("ink") },
          hovertemplate: "%{y}: %{text}<extra></extra>",
        }],
        layout: { margin: { l: 8, r: 44, t: 10, b: 8 }, xaxis: { title: "attempts", range: [0, graded * 1.04], tickformat: ",d", rangemode: "tozero", nticks: 6 }, yaxis: { autorange: "reversed", showgrid: false, ticks: "" } },
      };
    },
  });
}

function addLengths() {
  const { lengths, endings } = current.metrics, { width, counts } = lengths, words = report.endings.map(ending => ending.word).filter(word => counts[word]);
  if (!words.length) return;
  const totals = words.map(word => `${labels[word].toLowerCase()} ${endings[word]}`);
  const bins = counts[words[0]].map((_, i) => i * width);
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

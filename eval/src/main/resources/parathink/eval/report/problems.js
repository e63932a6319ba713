/* The table of problems: sorted, filtered and searched in memory; rows are made as they are needed. */
const ROWS_AT_ONCE = 200;
const problems = report.problems.map((problem, index) => ({ ...problem, index, first: problem.votes.length && problem.answering ? problem.votes[0].count / problem.answering : null }));
const repeats = report.run.repeats > 1;
const fateOrder = Object.fromEntries(report.fates.map((fate, i) => [fate.word, i]));
const view = { fate: "all", text: "", column: null, descending: false, rows: ROWS_AT_ONCE };

const columns = [
  { name: "Problem", key: problem => problem.index, cell: idCell },
  ...(repeats ? [{ name: "Repeat", number: true, key: problem => problem.repeat, cell: problem => problem.repeat }] : []),
  { name: "Outcome", key: problem => fateOrder[problem.fate], cell: problem => element("span", { class: "fate", tone: problem.fate, text: labels[problem.fate] }) },
  { name: "Answer", key: problem => problem.answer ?? "", cell: problem => clipped(problem.answer), class: "answer" },
  { name: "Reference", key: problem => problem.reference ?? "", cell: problem => clipped(problem.reference), class: "answer" },
  { name: "First vote", key: problem => problem.first ?? -1, cell: shareCell, down: true },
  { name: "Work", number: true, key: problem => problem.work, cell: problem => whole(problem.work), down: true },
  { name: "Span", number: true, key: problem => problem.span, cell: problem => whole(problem.span), down: true },
];

function clipped(text) {
  return text === null || text === undefined ? element("span", { class: "visually-hidden", text: "none" }) : element("span", { class: "answer-text clip", text, title: text });
}

function shareCell(problem) {
  if (problem.first === null) return "";
  return element("span", { style: { whiteSpace: "nowrap" } }, element("span", { class: "share", "aria-hidden": "true" }, element("i", { tone: problem.votes[0].right ? "right" : problem.fate === "ungraded" ? "ungraded" : "wrong", style: { width: `${100 * problem.first}%` } })), percent(problem.first, 0));
}

function idCell(problem) {
  const button = element("button", { type: "button", "aria-expanded": "false", text: problem.problem });
  button.addEventListener("click", () => toggle(button, problem));
  return button;
}

function toggle(button, problem) {
  const row = button.closest("tr"), open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!open));
  if (open) row.nextElementSibling.remove();
  else row.after(element("tr", { class: "panel" }, element("td", { colspan: columns.length }, detail(problem))));
}

function tableRow(problem) {
  const cells = columns.map((column, i) => {
    const cell = column.cell(problem);
    return element("td", { class: [column.number ? "number" : "", column.class || "", i === 0 ? "id" : ""].join(" ").trim() }, cell instanceof Node ? cell : document.createTextNode(String(cell)));
  });
  return element("tr", { class: "row" }, ...cells);
}

function matching() {
  const wanted = view.text.toLowerCase();
  const found = problems.filter(problem => (view.fate === "all" || problem.fate === view.fate) && (!wanted || problem.search.includes(wanted)));
  if (view.column) {
    const { key } = view.column, sign = view.descending ? -1 : 1;
    const order = (a, b) => (typeof a === "string" ? a.localeCompare(b, "en", { numeric: true }) : a - b);
    found.sort((a, b) => sign * order(key(a), key(b)) || a.index - b.index);
  }
  return found;
}

function showRows() {
  const found = matching(), shown = found.slice(0, view.rows);
  byId("rows").replaceChildren(...shown.map(tableRow));
  const noun = repeats ? "attempt" : "problem";
  byId("count").textContent = shown.length === found.length ? plural(found.length, noun) : `${whole(shown.length)} of ${plural(found.length, noun)}`;
  const more = byId("more");
  more.hidden = shown.length === found.length;
  more.textContent = `Show ${whole(Math.min(ROWS_AT_ONCE, found.length - shown.length))} more`;
}

function setUpColumns() {
  byId("columns").append(...columns.map(column => {
    const header = element("th", { scope: "col", "aria-sort": "none", class: column.number ? "number" : "" });
    header.append(element("button", { type: "button", text: column.name, onclick: () => {
      view.descending = view.column === column ? !view.descending : Boolean(column.down);
      view.column = column;
      byId("columns").querySelectorAll("th").forEach(th => th.setAttribute("aria-sort", "none"));
      header.setAttribute("aria-sort", view.descending ? "descending" : "ascending");
      showRows();
    } }));
    return header;
  }));
}

function setUpFilter() {
  const kinds = [{ word: "all", label: "All", count: problems.length, meaning: "" }, ...report.fates.map(fate => ({ ...fate, count: report.metrics.fates[fate.word] })).filter(fate => fate.count)];
  byId("filter").append(...kinds.map(kind => element("button", { type: "button", "aria-pressed": kind.word === "all", title: kind.meaning, onclick: event => {
    view.fate = kind.word;
    view.rows = ROWS_AT_ONCE;
    byId("filter").querySelectorAll("button").forEach(button => button.setAttribute("aria-pressed", button === event.currentTarget));
    showRows();
  } }, capital(kind.label), element("span", { text: whole(kind.count) }))));
}

function setUpProblems() {
  for (const problem of problems) problem.search = [problem.problem, problem.question, problem.answer, problem.reference].filter(Boolean).join("\n").toLowerCase();
  setUpColumns();
  setUpFilter();
  byId("search").addEventListener("input", event => { view.text = event.target.value.trim(); view.rows = ROWS_AT_ONCE; showRows(); });
  byId("more").addEventListener("click", () => { view.rows += ROWS_AT_ONCE; showRows(); });
  showRows();
}

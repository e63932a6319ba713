/* The table of problems: sorted, filtered and searched in memory; rows are made as they are needed. */
const ROWS_AT_ONCE = 100;
const fateOrder = Object.fromEntries(report.fates.map((fate, i) => [fate.word, i]));
let problems = [];
let view = {};
let columns = [];
const repeated = () => current.run.repeats > 1;
const noun = () => (repeated() ? "attempt" : "problem");

async function readProblems() {
  const table = JSON.parse(await unpack("table-" + current.index));
  const right = report.endings.findIndex(ending => ending.word === "right");
  current.chunk = table.chunk;
  problems = table.problem.map((problem, index) => {
    const endings = table.endings[index], byEnding = report.endings.map(() => 0);
    for (const letter of endings) byEnding[letter.charCodeAt(0) - 97]++;
    const first = table.first[index];
    return {
      index, problem, repeat: table.repeat[index], fate: table.fate[index], answer: table.answer[index], reference: table.reference[index], question: table.question[index],
      work: table.work[index], span: table.span[index], first: first && endings.length ? first / endings.length : null, firstRight: table.first_right[index], endings, byEnding,
      counts: { right: byEnding[right], lost: endings.length - byEnding[right] }, name: repeated() ? `${problem}, repeat ${table.repeat[index]}` : problem,
      search: [problem, table.question[index], table.answer[index], table.reference[index]].filter(Boolean).join("\n").toLowerCase(),
    };
  });
}

const allColumns = () => [
  { name: "Problem", key: problem => problem.index, cell: idCell },
  ...(repeated() ? [{ name: "Repeat", number: true, key: problem => problem.repeat, cell: problem => problem.repeat }] : []),
  { name: "Outcome", key: problem => fateOrder[problem.fate], cell: problem => element("span", { class: "fate", tone: problem.fate, text: labels[problem.fate] }) },
  { name: "Answer", key: problem => problem.answer ?? "", cell: problem => clipped(problem.answer), class: "answer" },
  { name: "Reference", key: problem => problem.reference ?? "", cell: problem => clipped(problem.reference), class: "answer" },
  { name: "First vote", key: problem => problem.first ?? -1, cell: shareCell, down: true },
  { name: "Right", number: true, key: problem => (problem.endings.length ? problem.counts.right / problem.endings.length : -1), cell: problem => (problem.endings.length ? `${problem.counts.right} / ${problem.endings.length}` : ""), down: true },
  { name: "Work", number: true, key: problem => problem.work, cell: problem => whole(problem.work), down: true },
  { name: "Span", number: true, key: problem => problem.span, cell: problem => whole(problem.span), down: true },
];

function clipped(text) {
  return absent(text) ? element("span", { class: "visually-hidden", text: "none" }) : element("span", { class: "answer-text clip", text, title: text });
}

function shareCell(problem) {
  if (problem.first === null) return "";
  return element("span", { style: { whiteSpace: "nowrap" } }, element("span", { class: "share", "aria-hidden": "true" }, element("i", { tone: problem.firstRight ? "right" : problem.fate === "ungraded" ? "ungraded" : "wrong", style: { width: `${100 * problem.first}%` } })), percent(problem.first, 0));
}

function idCell(problem) {
  const button = element("button", { type: "button", "aria-expanded": "false", text: problem.problem });
  button.addEventListener("click", () => toggle(button, problem));
  return button;
}

function toggle(button, problem, completion) {
  const row = button.closest("tr"), open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!open));
  if (open) {
    row.nextElementSibling.remove();
    history.replaceState(null, "", several ? addressOf({}) : "#problems");
  } else {
    row.after(element("tr", { class: "panel" }, element("td", { colspan: columns.length }, detail(problem, completion))));
    remember({ problem: problem.problem, repeat: repeated() ? problem.repeat : null, completion });
  }
}

/* Opens a problem where it stands in the table, or on top of it when it is not among the rows shown. */
function showProblem(problem, { scroll = false, completion } = {}) {
  const find = () => [...byId("rows").querySelectorAll("tr.row")].find(row => row.dataset.index === String(problem.index));
  if (!find()) {
    view.pinned = problem;
    showRows();
  }
  const row = find(), button = row.querySelector(".id button");
  if (button.getAttribute("aria-expanded") !== "true") toggle(button, problem, completion);
  if (scroll) {
    row.scrollIntoView({ block: "start" });
    button.focus({ preventScroll: true });
  }
}

function tableRow(problem) {
  const cells = columns.map((column, i) => {
    const cell = column.cell(problem);
    return element("td", { class: [column.number ? "number" : "", column.class || "", i === 0 ? "id" : ""].join(" ").trim() }, cell instanceof Node ? cell : document.createTextNode(String(cell)));
  });
  return element("tr", { class: problem === view.pinned ? "row pinned" : "row", "data-index": problem.index }, ...cells);
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
  const found = matching(), shown = found.slice(0, view.rows), more = byId("more");
  const rows = view.pinned ? [view.pinned, ...shown.filter(problem => problem !== view.pinned)] : shown;
  byId("rows").replaceChildren(...rows.map(tableRow));
  if (!rows.length) byId("rows").append(element("tr", {}, element("td", { colspan: columns.length, class: "none", text: problems.length ? `No ${noun()} matches.` : "No problem is finished yet." })));
  byId("count").textContent = shown.length === found.length ? plural(found.length, noun()) : `${whole(shown.length)} of ${plural(found.length, noun())}`;
  more.hidden = shown.length === found.length;
  more.textContent = `Show ${whole(Math.min(ROWS_AT_ONCE, found.length - shown.length))} more`;
}

function setUpColumns() {
  columns = allColumns();
  byId("columns").replaceChildren(...columns.map(column => {
    const header = element("th", { scope: "col", "aria-sort": "none", class: column.number ? "number" : "" });
    header.append(element("button", { type: "button", text: column.name, onclick: () => {
      view = { ...view, descending: view.column === column ? !view.descending : Boolean(column.down), column, pinned: null };
      byId("columns").querySelectorAll("th").forEach(th => th.setAttribute("aria-sort", "none"));
      header.setAttribute("aria-sort", view.descending ? "descending" : "ascending");
      showRows();
    } }));
    return header;
  }));
}

function showFate(word) {
  view = { ...view, fate: word, rows: ROWS_AT_ONCE, pinned: null };
  byId("filter").querySelectorAll("button").forEach(button => button.setAttribute("aria-pressed", button.dataset.fate === word));
  showRows();
}

function setUpFilter() {
  const { fates, attempts } = current.metrics, listed = current.listed < attempts;
  const counted = word => (listed ? problems.filter(problem => problem.fate === word).length : fates[word]);
  const kinds = [{ word: "all", label: "All", count: problems.length, meaning: "" }, ...report.fates.map(fate => ({ ...fate, count: counted(fate.word) })).filter(fate => fate.count)];
  byId("filter").replaceChildren(...kinds.map(kind => element("button", { type: "button", "aria-pressed": kind.word === "all", title: kind.meaning, "data-fate": kind.word, onclick: () => showFate(kind.word) },
    kind.word === "all" ? null : element("i", { class: "dot", tone: kind.word }), capital(kind.label), element("span", { text: whole(kind.count) }))));
}

function sayWhatIsLeftOut() {
  const { kept, listed, metrics } = current, said = [];
  if (listed < metrics.attempts) said.push(`This page lists ${whole(listed)} of ${whole(metrics.attempts)} attempts, by turns from every outcome; the figures and tables/problems.csv are of all.`);
  if (kept.attempts < kept.of) said.push(`The texts of ${whole(kept.attempts)} of ${whole(kept.of)} attempts are kept in this page, by turns from every outcome; “report --traces all” keeps every one.`);
  byId("left-out").hidden = !said.length;
  byId("left-out").textContent = said.join(" ");
}

function showProblems() {
  view = { fate: "all", text: "", column: null, descending: false, rows: ROWS_AT_ONCE, pinned: null };
  byId("search").value = "";
  setUpColumns();
  setUpFilter();
  sayWhatIsLeftOut();
  showRows();
}

function setUpProblems() {
  byId("search").addEventListener("input", event => { view = { ...view, text: event.target.value.trim(), rows: ROWS_AT_ONCE, pinned: null }; showRows(); });
  byId("more").addEventListener("click", () => { view.rows += ROWS_AT_ONCE; showRows(); });
  byId("save-problems").addEventListener("click", () => saveCsv(file("problems"), [
    ["problem", "repeat", "outcome", "answer", "reference", "right", "completions", "work", "span"],
    ...matching().map(p => [p.problem, p.repeat, p.fate, p.answer, p.reference, p.counts.right, p.endings.length, p.work, p.span]),
  ]));
}

"use strict";
/* Elements, numbers and the theme. Text only ever reaches the page through textContent. */
const report = JSON.parse(document.getElementById("data").textContent);
const byId = id => document.getElementById(id);
const capital = text => text[0].toUpperCase() + text.slice(1);
const labels = Object.fromEntries([...report.endings, ...report.fates].map(kind => [kind.word, capital(kind.label)]));
report.runs.forEach((run, i) => { run.index = i; run.kept = JSON.parse(byId("kept").textContent)[i]; });
const several = report.runs.length > 1;
let current = report.runs[0];

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") made.className = value;
    else if (name === "text") made.textContent = value;
    else if (name === "tone") made.style.setProperty("--tone", `var(--${value})`);
    else if (name === "style") for (const [property, given] of Object.entries(value)) property.startsWith("--") ? made.style.setProperty(property, given) : (made.style[property] = given);
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

const numbers = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const whole = value => numbers.format(value);
const unsigned = text => (/^-0(\.0*)?$/.test(text) ? text.slice(1) : text); // what is rounded to zero has no sign
const percent = (share, digits = 1) => unsigned((100 * share).toFixed(digits)) + " %";
const points = share => unsigned((100 * share).toFixed(1));
const plural = (count, noun) => `${whole(count)} ${noun}${count === 1 ? "" : "s"}`;
const range = estimate => `${points(estimate.low)} to ${points(estimate.high)}`;
/* Files by their names; the settings have the whole path. */
const short = name => (/^replay:|^\/|\.jsonl|\.csv|\.json|\.parquet/.test(name) ? name.split("/").at(-1).replace(/\.gz$/, "").replace(/\.(jsonl|csv|json|parquet|onnx)$/, "") : name);
const absent = value => value === null || value === undefined;

function tone(word) {
  return getComputedStyle(document.documentElement).getPropertyValue("--" + word).trim();
}

async function unpack(id) {
  const packed = byId(id);
  const bytes = Uint8Array.from(atob(packed.textContent), c => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

const file = name => (several ? `${current.name.replace(/[^\p{L}\p{N}.-]+/gu, "-")}-${name}` : name);

/* Saves a table that a figure was drawn from. Cells that a spreadsheet would take for a formula are quoted as text. */
function saveCsv(name, rows) {
  const cell = value => {
    let text = absent(value) ? "" : String(value);
    if (typeof value === "string" && /^[=+\-@\t\r]/.test(text)) text = "'" + text;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [];
  for (const row of rows) lines.push(row.map(cell).join(",") + "\n");
  const link = element("a", { href: URL.createObjectURL(new Blob(lines, { type: "text/csv" })), download: name + ".csv" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const themes = ["auto", "light", "dark"];
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
let theme = "auto";

function applyTheme() {
  const dark = theme === "dark" || (theme === "auto" && prefersDark.matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  const button = byId("theme");
  button.textContent = capital(theme);
  button.setAttribute("aria-label", `Colour theme: ${theme}`);
}

/* The address says what is open, so that a link to it can be kept: #run=NAME&problem=ID&repeat=1&completion=0/3 */
function address() {
  const hash = location.hash.slice(1);
  return hash.includes("=") ? Object.fromEntries(new URLSearchParams(hash)) : {};
}

function addressOf(parts) {
  const given = Object.entries({ ...(several ? { run: current.name } : {}), ...parts }).filter(([, value]) => !absent(value));
  return "#" + new URLSearchParams(given).toString().replaceAll("%2F", "/").replaceAll("+", "%20");
}

function remember(parts) {
  history.replaceState(null, "", addressOf(parts));
}

"use strict";
/* Elements, numbers and the theme. Text only ever reaches the page through textContent. */
const report = JSON.parse(document.getElementById("data").textContent);
const byId = id => document.getElementById(id);
const capital = text => text[0].toUpperCase() + text.slice(1);
const labels = Object.fromEntries([...report.endings, ...report.fates].map(kind => [kind.word, capital(kind.label)]));

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") made.className = value;
    else if (name === "text") made.textContent = value;
    else if (name === "tone") made.style.setProperty("--tone", `var(--${value})`);
    else if (name === "style") Object.assign(made.style, value);
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value);
  }
  made.append(...children.filter(child => child !== null));
  return made;
}

const numbers = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const whole = value => numbers.format(value);
const percent = (share, digits = 1) => (100 * share).toFixed(digits) + " %";
const points = share => (100 * share).toFixed(1);
const plural = (count, noun) => `${whole(count)} ${noun}${count === 1 ? "" : "s"}`;

function tone(word) {
  return getComputedStyle(document.documentElement).getPropertyValue("--" + word).trim();
}

async function unpack(id) {
  const packed = byId(id);
  if (!packed) return "";
  const bytes = Uint8Array.from(atob(packed.textContent.trim()), c => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

/* Saves a table that a figure was drawn from. Cells that a spreadsheet would take for a formula are quoted as text. */
function saveCsv(name, rows) {
  const cell = value => {
    let text = value === null || value === undefined ? "" : String(value);
    if (typeof value === "string" && /^[=+\-@\t\r]/.test(text)) text = "'" + text;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const text = rows.map(row => row.map(cell).join(",") + "\n").join("");
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: name + ".csv" });
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
  button.textContent = theme[0].toUpperCase() + theme.slice(1);
  button.setAttribute("aria-label", `Colour theme: ${theme}`);
}

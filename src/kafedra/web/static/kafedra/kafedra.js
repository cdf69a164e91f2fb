"use strict";

// The script of every page: buttons that copy the line beside them, the menu of a phone scrolled to where one is, a look
// for news now and then, and words that were sent in vain.
document.querySelector(".places [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copySelected(button.parentElement.querySelector("code"))) return;
  }
  const before = button.textContent;
  button.textContent = button.dataset.done;
  button.disabled = true;
  setTimeout(() => {
    button.textContent = before;
    button.disabled = false;
  }, 1600);
});

// Without TLS browsers have no clipboard to offer. Select the line, so that at least one keystroke is enough.
function copySelected(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return document.execCommand("copy");
}

// Whoever signs out may be leaving a computer that others use: what was written of feedback and not sent goes with them.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-signs-out]")) return;
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("kafedra:feedback:")) localStorage.removeItem(key);
  } catch {
    // no store here, so nothing is kept
  }
});

// As `kafedra.web.config.searching.folded` does it on the server: without case, е and ё are one letter.
function folded(text) {
  return text.normalize("NFC").toLowerCase().replaceAll("ё", "е");
}

// A page that is in sight asks now and then whether there is news: a push comes from a terminal beside it, and takes no
// focus away. A page out of sight asks nothing, and looks at once when it is back.
const LOOK_EVERY = 15_000;

function look() {
  if (document.visibilityState === "visible") window.dispatchEvent(new Event("look"));
}

setInterval(look, LOOK_EVERY);
document.addEventListener("visibilitychange", look);

// What the server says of a field while one types is swapped in under it; the field is then wrong, or no longer so.
document.addEventListener("htmx:oobAfterSwap", (event) => {
  const said = event.target;
  const field = said.id && document.querySelector(`[aria-describedby="${said.id}"]`);
  if (field) field.setAttribute("aria-invalid", String(said.textContent.trim() !== ""));
});

// What is suggested for a field comes too late for whoever has begun to fill it in.
document.addEventListener("htmx:beforeSwap", (event) => {
  const field = event.detail.target.matches("[data-suggested]") && event.detail.target.querySelector("input");
  if (field && field.value) event.detail.shouldSwap = false;
});

// A picture in steps is a strip that a finger can move; a slider moves it, too.
for (const figure of document.querySelectorAll("[data-frames]")) {
  const strip = figure.querySelector(".strip");
  const slider = document.createElement("input");
  const tell = () => slider.setAttribute("aria-valuetext", strip.children[slider.value].textContent.trim());
  Object.assign(slider, { type: "range", min: 0, max: strip.children.length - 1, step: 1, value: 0 });
  slider.setAttribute("aria-label", figure.querySelector(":scope > figcaption").textContent);
  slider.addEventListener("input", () => {
    strip.scrollTo({ left: slider.value * strip.clientWidth, behavior: "instant" });
    tell();
  });
  strip.addEventListener("scroll", () => {
    slider.value = Math.round(strip.scrollLeft / strip.clientWidth);
    tell();
  });
  tell();
  strip.after(slider);
}

// A field above a long list of boxes to tick narrows it; what is ticked stays in sight.
for (const field of document.querySelectorAll("[data-narrows]")) {
  field.hidden = false;
  const list = document.getElementById(field.dataset.narrows);
  const labels = [...list.querySelectorAll("label")];
  field.addEventListener("input", () => {
    const words = folded(field.value).split(/\s+/);
    for (const label of labels) {
      const text = folded(label.textContent);
      label.hidden = !label.control.checked && !words.every((word) => text.includes(word));
    }
    list.querySelector("[role=status]").hidden = labels.some((label) => !label.hidden);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it narrows, it doesn't send the form
  });
}

// What was written in a form isn't lost when the session has ended or the server has failed: it waits in this tab
// until its author is back on the page. Only the words sent last are kept, and no longer than they are needed.
const SENT = "kafedra:sent";

document.addEventListener("submit", (event) => {
  if (event.target.matches("[hx-post]")) return; // the page stays, and its words with it
  if (document.querySelector("[data-not-sent]")) return; // what waits goes on waiting
  const texts = [...event.target.querySelectorAll("textarea[id], [data-kept][id]")].map((area) => [area.id, area.value]);
  try {
    sessionStorage.removeItem(SENT);
    if (texts.length) sessionStorage.setItem(SENT, JSON.stringify({ page: location.pathname, texts }));
  } catch {
    // a full or forbidden store: the form is sent all the same
  }
});

function giveBack() {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "null");
  if (!sent) return;
  if (document.querySelector("[data-not-sent]")) {
    sessionStorage.setItem(SENT, JSON.stringify({ ...sent, inVain: true }));
    return;
  }
  if (sent.inVain && sent.page !== location.pathname) return; // on the way back
  sessionStorage.removeItem(SENT);
  if (!sent.inVain) return;
  for (const [id, text] of sent.texts) {
    const area = document.getElementById(id);
    if (!area || area.value) continue;
    area.value = text;
    area.closest("details")?.setAttribute("open", "");
    area.focus();
  }
}

try {
  giveBack();
} catch {
  // no store here
}

"use strict";

// The draft of a form of feedback lives in this browser alone, under a name that says nothing, for two weeks at most.
// It goes when the form has been taken: the page that follows says which.
const DRAFTS = "kafedra:draft:";
const KEPT_MS = 14 * 24 * 3600 * 1000;

function tidy(sent) {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(DRAFTS)) continue;
    const { at } = JSON.parse(localStorage.getItem(key)) ?? {};
    if (key === DRAFTS + sent || !(Date.now() - at < KEPT_MS)) localStorage.removeItem(key);
  }
}

function fields(form) {
  return [...form.elements].filter((one) => one.type === "radio" || one.tagName === "TEXTAREA");
}

function giveBackDraft(form, key) {
  const { values } = JSON.parse(localStorage.getItem(key)) ?? {};
  if (!values || fields(form).some((one) => (one.type === "radio" ? one.checked : one.value))) return false;
  for (const one of fields(form)) {
    if (one.type === "radio") one.checked = values[one.name] === one.value;
    else one.value = values[one.name] ?? "";
  }
  return true;
}

function keep(form, key) {
  const values = Object.fromEntries(
    fields(form).filter((one) => one.type !== "radio" || one.checked).map((one) => [one.name, one.value]),
  );
  localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
}

try {
  tidy(document.querySelector("[data-sent]")?.dataset.sent);
  const form = document.querySelector("form[data-draft]");
  const said = document.querySelector("[data-draft-said]");
  if (form && said) {
    const key = DRAFTS + form.dataset.draft;
    said.hidden = !giveBackDraft(form, key);
    form.addEventListener("input", () => {
      keep(form, key);
      said.hidden = false;
    });
  }
} catch {
  // no store here: the form works without a draft
}

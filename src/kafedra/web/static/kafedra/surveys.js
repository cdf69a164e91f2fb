"use strict";

// The draft of a form of feedback lives in this browser alone, under a name that says nothing, for two weeks at most.
// It goes when the form has been taken (the page that follows says which), when its author signs out (kafedra.js), and
// when somebody else opens a form here: whoever sits down at this computer next reads nothing.
const DRAFTS = "kafedra:feedback:";
const KEPT_MS = 14 * 24 * 3600 * 1000;

function draft(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

function tidy(owner, sent) {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(DRAFTS)) continue;
    const mine = key.startsWith(`${DRAFTS}${owner}:`) && key !== sent;
    if (!mine || !(Date.now() - draft(key).at < KEPT_MS)) localStorage.removeItem(key);
  }
}

function fields(form) {
  return [...form.elements].filter((one) => one.type === "radio" || one.tagName === "TEXTAREA");
}

function giveBackDraft(form, key) {
  const { values } = draft(key);
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
  const page = document.querySelector("[data-drafts]");
  const name = (one) => `${DRAFTS}${page.dataset.drafts}:${one}`;
  if (page) tidy(page.dataset.drafts, page.dataset.sent && name(page.dataset.sent));
  const form = document.querySelector("form[data-draft]");
  const said = document.querySelector("[data-draft-said]");
  if (form && said) {
    const key = name(form.dataset.draft);
    said.hidden = !giveBackDraft(form, key);
    form.addEventListener("input", () => {
      keep(form, key);
      said.hidden = false;
    });
  }
} catch {
  // no store here: the form works without a draft
}

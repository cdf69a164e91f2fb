"use strict";

// The reviewer's desk: comments that save themselves and survive a lost connection, and the keyboard.
// Without this script the forms still work, one request at a time.
(() => {
  const desk = document.getElementById("desk");
  if (!desk) return;
  const words = desk.dataset;
  const storePrefix = `kafedra:draft:${words.store}:`;
  const blank = document.getElementById("blank-comment");
  const bank = document.getElementById("bank-search");
  const FIELDS = ["cell", "text", "taken_off", "bank_key"];
  const timers = new WeakMap();

  // ---- a copy in this browser, until the server has the words

  const key = (form) => storePrefix + form.dataset.uid;
  const values = (form) => ({
    ...Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value])),
    into_bank: form.elements.into_bank.checked,
  });
  const isOpen = (form) => form.classList.contains("comment") && form.elements.text;
  // Points without words are sent, too: the server says what is missing.
  const worthSaving = (form) =>
    form.elements.text.value.trim() || form.elements.taken_off.value.trim() || form.elements.revision.value !== "0";

  // What the words were typed over is kept with them: sent later, they must not overwrite what a colleague wrote since.
  const BASIS = ["revision", "page"];

  function keep(form) {
    const basis = Object.fromEntries(BASIS.map((name) => [name, form.elements[name].value]));
    try {
      localStorage.setItem(key(form), JSON.stringify({ ...values(form), ...basis }));
    } catch {
      // a full or forbidden store: the server is tried all the same
    }
  }

  function kept(name) {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  }

  function put(form, stored) {
    for (const name of FIELDS) form.elements[name].value = stored[name] ?? "";
    form.elements.into_bank.checked = Boolean(stored.into_bank);
    for (const name of BASIS) form.elements[name].value = stored[name] ?? form.elements[name].value;
  }

  const sameWords = (form, stored) =>
    FIELDS.every((name) => form.elements[name].value === (stored[name] ?? "")) &&
    form.elements.into_bank.checked === Boolean(stored.into_bank);

  function restore() {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(storePrefix));
    for (const name of names) {
      const stored = kept(name);
      const uid = name.slice(storePrefix.length);
      if (!stored || !/^[0-9a-f-]{36}$/.test(uid)) continue;
      const form = document.getElementById(`comment-${uid}`) ?? ((stored.text.trim() || stored.taken_off) && opened(stored.cell, uid));
      if (!form || sameWords(form, stored)) {
        localStorage.removeItem(name);
        continue;
      }
      put(form, stored);
      say(form, words.restored);
      save(form);
    }
  }

  // ---- saving

  function say(form, text, bad = false) {
    const line = form.querySelector(".saved");
    if (!line) return;
    line.textContent = text;
    line.classList.toggle("failed", bad);
  }

  function edited(form, delay = 700) {
    if (!isOpen(form)) return;
    keep(form);
    form.dataset.dirty = "";
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => save(form), delay));
  }

  function save(form) {
    clearTimeout(timers.get(form));
    form.dataset.dirty = "";
    if (form.querySelector(".conflict") || !worthSaving(form)) return;
    say(form, words.saving);
    window.htmx.trigger(form, "edited");
  }

  const dirty = () => [...desk.querySelectorAll("form.comment[data-dirty]")].filter((form) => isOpen(form) && worthSaving(form));

  document.addEventListener("htmx:configRequest", (event) => {
    const form = event.target;
    if (form.matches?.("form.comment") && isOpen(form)) form.dataset.sent = JSON.stringify(values(form));
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const status = event.detail.xhr.status;
    if (status === 409 || status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const form = event.target.closest?.("form.comment");
    if (!form || !event.detail.xhr.getResponseHeader("HX-Redirect")) return;
    event.preventDefault(); // the words are not on the server: stay, and say so
    say(form, `${words.signedOut} `, true);
    const link = document.createElement("a");
    link.href = `${words.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`;
    link.textContent = words.signInText;
    form.querySelector(".saved").append(link);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form.comment");
    const status = event.detail.xhr.status;
    const asked = event.detail.requestConfig.elt;
    if (asked.matches("[data-remove]")) {
      removalEnded(asked, status);
      return;
    }
    if (!form || !isOpen(form) || event.detail.xhr.getResponseHeader("HX-Redirect")) return;
    if (status === 200) {
      if (JSON.stringify(values(form)) !== form.dataset.sent) return; // typed on: the next save is on its way
      localStorage.removeItem(key(form));
      delete form.dataset.dirty;
    } else if (status !== 409 && status !== 422) {
      say(form, status ? words.refused : words.offline, true);
      if (!status) timers.set(form, setTimeout(() => save(form), 8000));
    }
  });

  window.addEventListener("online", () => dirty().forEach(save));
  desk.addEventListener("input", (event) => {
    const form = event.target.closest("form.comment");
    if (form && !event.target.matches("[data-bank]")) edited(form);
  });

  // ---- opening and removing comments

  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function opened(cell, uid = uuid()) {
    const home = document.getElementById(`cell-${cell}`) ?? document.getElementById("cell-0");
    home.closest("details.unchanged")?.setAttribute("open", "");
    const holder = document.createElement("div");
    holder.innerHTML = blank.innerHTML.replaceAll(words.blank, uid);
    const form = holder.firstElementChild;
    form.elements.cell.value = home.dataset.cell;
    const add = home.querySelector(":scope > .add-comment");
    if (add) add.before(form);
    else home.append(form);
    window.htmx.process(form);
    return form;
  }

  const number = (text) => Number.parseFloat(text.trim().replace(",", ".").replace(/^[-−–]/, "")) || 0;

  function sum(one, other) {
    const form = { maximumFractionDigits: 3, useGrouping: false };
    return (number(one) + number(other)).toLocaleString(document.documentElement.lang, form);
  }

  // What is said already stays: words are added to words, points to points, and the comment knows both entries.
  function fromBank(form, entry) {
    const { text, taken_off: off, bank_key: keys } = form.elements;
    const before = text.value.trim();
    text.value = before ? `${before}\n\n${entry.dataset.text}` : entry.dataset.text;
    if (entry.dataset.points) off.value = before ? sum(off.value, entry.dataset.points) : entry.dataset.points;
    keys.value = [...new Set([...(before ? keys.value.split(" ") : []), entry.value])].filter(Boolean).slice(-8).join(" ");
    entry.dataset.used = "";
    text.focus();
    edited(form, 0);
  }

  desk.addEventListener("change", (event) => {
    const select = event.target;
    if (!select.matches("[data-bank]") || !select.value) return;
    const entry = entries().find((one) => one.value === select.value);
    select.selectedIndex = 0;
    if (entry) fromBank(select.form, entry);
  });

  // ---- the bank, searched

  const entries = () => [...bank.querySelectorAll("button[data-text]")];
  const found = () => entries().filter((entry) => !entry.parentElement.hidden);
  let searchingFor = null;

  function search(form) {
    if (!form || !entries().length) return;
    searchingFor = form;
    bank.querySelector("input").value = "";
    narrow();
    bank.showModal();
  }

  function narrow() {
    const wanted = bank.querySelector("input").value.toLocaleLowerCase().split(/\s+/);
    for (const entry of entries()) {
      const text = `${entry.textContent} ${entry.dataset.text}`.toLocaleLowerCase();
      entry.parentElement.hidden = !wanted.every((word) => text.includes(word));
    }
    bank.querySelector("[role=status]").hidden = found().length > 0;
  }

  function choose(entry) {
    bank.close();
    if (entry && searchingFor?.isConnected) fromBank(searchingFor, entry);
  }

  bank.addEventListener("input", narrow);
  bank.addEventListener("click", (event) => {
    const entry = event.target.closest("button[data-text]");
    if (entry) choose(entry);
    else if (event.target === bank) bank.close();
  });
  bank.addEventListener("keydown", (event) => {
    const places = [bank.querySelector("input"), ...found()];
    const here = places.indexOf(document.activeElement);
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) places[Math.min(places.length - 1, Math.max(0, here + by))].focus();
    else if (event.key === "Enter" && here === 0) choose(found()[0]);
    else return;
    event.preventDefault();
  });
  bank.addEventListener("close", () => searchingFor?.elements.text.focus());

  desk.addEventListener("click", (event) => {
    const add = event.target.closest("[data-comment-on]");
    if (add) {
      event.preventDefault();
      opened(add.dataset.commentOn).elements.text.focus();
      return;
    }
    const remove = event.target.closest("[data-remove]");
    if (remove) {
      clearTimeout(timers.get(remove.form));
      if (remove.form.elements.revision.value === "0" && !remove.form.dataset.sent) {
        event.preventDefault();
        event.stopImmediatePropagation();
        forget(remove.form);
      }
      return;
    }
    const conflict = event.target.closest("[data-keep-mine], [data-take-theirs]")?.closest(".conflict");
    if (conflict) settle(conflict, event.target.matches("[data-take-theirs]"));
  }, true);

  function forget(form) {
    localStorage.removeItem(key(form));
    form.remove();
  }

  // Until the server has answered, the comment stands, and so does the copy of its words in this browser.
  function removalEnded(button, status) {
    const form = button.closest("form");
    if (status === 200) localStorage.removeItem(key(form));
    else if (status === 404) forget(form); // it never got there
    else if (status !== 409) {
      say(form, status ? words.removalRefused : words.notRemoved, true);
      if ("dirty" in form.dataset) timers.set(form, setTimeout(() => save(form), 8000));
    }
  }

  function settle(conflict, takeTheirs) {
    const form = conflict.closest("form");
    form.elements.revision.value = conflict.dataset.revision;
    if (takeTheirs) {
      form.elements.text.value = conflict.dataset.text;
      form.elements.taken_off.value = conflict.dataset.points;
    }
    conflict.remove();
    edited(form, 0);
  }

  // ---- publishing: the last words first

  const stuck = () => [...desk.querySelectorAll("form.comment")].find((form) => form.querySelector(".conflict"));

  function notPublished(form) {
    const line = document.querySelector("#publish .not-published");
    if (line) line.textContent = form.querySelector(".conflict") ? words.blockedConflict : words.blockedUnsaved;
    form.closest("details")?.setAttribute("open", "");
    form.elements.text.focus();
  }

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "publish") return;
    const waiting = dirty();
    if (!waiting.length && !stuck()) return;
    event.preventDefault();
    if (stuck()) notPublished(stuck());
    else flush(waiting, event.submitter?.id ?? "publish-now");
  });

  function flush(waiting, name) {
    const button = document.getElementById(name);
    const before = button.textContent;
    button.textContent = words.flushing;
    waiting.forEach(save);
    const started = Date.now();
    const look = setInterval(() => {
      const left = dirty();
      const refused = left.find((form) => form.querySelector(".conflict, .saved.failed"));
      if (left.length && !refused && Date.now() - started < 5000) return;
      clearInterval(look);
      button.textContent = before;
      if (left.length) notPublished(refused ?? left[0]);
      else document.getElementById("publish").requestSubmit(document.getElementById(name)); // they may be new ones
    }, 100);
  }

  // ---- the keyboard: by place on it, so that it works in any layout

  const cells = () => [...desk.querySelectorAll("[data-cell]")].filter((cell) => cell.checkVisibility());
  const keysOn = document.getElementById("keys-on");
  keysOn.checked = localStorage.getItem("kafedra:keys") !== "off";
  keysOn.addEventListener("change", () => localStorage.setItem("kafedra:keys", keysOn.checked ? "on" : "off"));

  function current() {
    const focused = document.activeElement.closest("[data-cell]");
    if (focused) return focused;
    return cells().find((cell) => cell.getBoundingClientRect().bottom > 80) ?? null;
  }

  function step(by) {
    const all = cells();
    const here = document.activeElement.closest("[data-cell]");
    const place = here ? all.indexOf(here) + by : Math.max(0, all.indexOf(current()));
    const next = all[Math.min(all.length - 1, Math.max(0, place))];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "start", behavior: "auto" });
  }

  const KEYS = {
    KeyJ: () => step(1),
    KeyK: () => step(-1),
    KeyC: () => opened(current()?.dataset.cell ?? 0).elements.text.focus(),
    KeyB: () => search(commentHere()),
    BracketRight: () => document.getElementById("next-work")?.click(),
    BracketLeft: () => document.getElementById("previous-work")?.click(),
  };

  function commentHere() {
    const cell = current()?.dataset.cell ?? 0;
    const there = document.querySelector(`[data-cell="${cell}"] > form.comment:not(.gone)`);
    return there ?? opened(cell);
  }

  function twice(name) {
    const button = document.getElementById(name);
    if (!button) return;
    if (document.activeElement === button) button.click();
    else button.focus();
  }

  const SHIFTED = { KeyP: () => twice("publish-now"), KeyN: () => twice("publish-and-go-on") };

  document.addEventListener("keydown", (event) => {
    const form = event.target.closest("form.comment");
    if (form && event.code === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save(form);
      form.closest("[data-cell]")?.focus({ preventScroll: true });
      return;
    }
    if (form && event.code === "KeyB" && event.altKey && keysOn.checked) {
      event.preventDefault();
      search(form);
      return;
    }
    if (bank.open || !keysOn.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const action = (event.shiftKey ? SHIFTED : KEYS)[event.code];
    if (!action) return;
    event.preventDefault();
    action();
  });

  // ---- start

  // After htmx has seen the forms of the page: before that, nobody listens to what asks for saving.
  document.addEventListener("DOMContentLoaded", restore);
})();

"use strict";

// A blitz: the phone's screen and the presenter's follow the server's events. Pages work without this script by being
// loaded again. An answer is kept on the phone until the server has written it; sending it twice changes nothing.

const blitz = document.getElementById("blitz");
const key = blitz?.dataset.key && `kafedra:blitz:${blitz.dataset.key}`;
let state = null;
let clockAhead = 0; // by how many milliseconds the server's clock is ahead of this one
let showing = null; // the step that is being fetched
let remembered = null; // what waits to be sent where there is no store
const PATIENCE_MS = 10_000; // an answer that has not come by then is asked for again

// ---- what goes on ------------------------------------------------------------------------------------------

// Nothing for a screen that came cut short: it is fetched again, whatever it says of itself.
function shownStep() {
  return stepOf(blitz.firstElementChild);
}

function stepOf(screen) {
  return screen?.querySelector("[data-whole]") ? screen.dataset.step : undefined;
}

function follow() {
  let events;
  let heard;
  const open = () => {
    events?.close();
    heard = Date.now();
    events = new EventSource(`${blitz.dataset.live}events`);
    events.onmessage = (event) => {
      heard = Date.now();
      told(JSON.parse(event.data));
    };
    events.addEventListener("beat", () => (heard = Date.now()));
    events.onopen = () => offline(false);
    events.onerror = () => {
      offline(true);
      if (events.readyState !== EventSource.CLOSED) return;
      refresh(); // a server without streams: it is asked instead
      clearTimeout(open.waits);
      open.waits = setTimeout(open, 1500 + 2000 * Math.random());
    };
  };
  open();
  // The server is heard four times a minute. A line that says nothing is dead, or in the hands of a proxy that keeps
  // everything to itself: the page looks by itself and tries another.
  setInterval(() => {
    if (Date.now() - heard < (state ? 40_000 : 6_000)) return;
    refresh();
    open();
  }, 1000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return; // a phone woke up: what it holds may be a dead line
    open();
    flush();
  });
  window.addEventListener("online", () => {
    open();
    flush();
  });
}

function offline(is) {
  const notice = document.getElementById("blitz-offline");
  if (!notice) return;
  clearTimeout(offline.waits);
  // a line that is back within a moment was not worth a word
  if (is) offline.waits = setTimeout(() => (notice.hidden = false), 2500);
  else notice.hidden = true;
}

function told(news) {
  if (state && news.step < state.step && shownStep() > news.step) return;
  state = news;
  clockAhead = news.now - Date.now();
  if (String(news.step) !== shownStep()) refresh();
  else count();
  tick();
}

// The new screen; what was chosen but not sent when the vote closed is sent first.
async function refresh() {
  if (showing === state?.step) return;
  showing = state?.step ?? null;
  const form = blitz.querySelector("form[data-answer]");
  if (form?.dataset.touched === "yes" && form.checkValidity()) hand(new FormData(form));
  try {
    const answer = await fetch(blitz.dataset.screen, {
      headers: { "X-Screen": "1" }, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.redirected || answer.status === 410) return anew();
    if (answer.ok) put(await answer.text());
  } catch {
    setTimeout(refresh, 700 + 1500 * Math.random());
  } finally {
    showing = null;
  }
  if (state && (shownStep() === undefined || Number(shownStep()) < state.step)) setTimeout(refresh, 300);
}

// The whole page again, but only when there is one to be had: an error page has no script that would come back.
async function anew() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.status < 500) return location.reload();
  } catch {
    offline(true);
  }
  clearTimeout(anew.waits);
  anew.waits = setTimeout(anew, 700 + 1500 * Math.random());
}

// Steps only grow: an answer that was overtaken by a newer one is not shown, nor what is no screen at all.
function put(html) {
  const before = new Map([...blitz.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
  const phase = blitz.firstElementChild?.dataset.phase;
  const template = document.createElement("template");
  template.innerHTML = html;
  const step = stepOf(template.content.firstElementChild);
  if (step === undefined || Number(step) < Number(shownStep() ?? 0)) return;
  blitz.replaceChildren(template.content);
  const after = blitz.firstElementChild?.dataset.phase;
  for (const one of blitz.querySelectorAll("details[id]")) {
    if (phase === after && before.has(one.id)) one.open = before.get(one.id);
  }
  enhance();
  count();
  tick();
}

// ---- numbers that change while a screen stands --------------------------------------------------------------

function count() {
  if (!state) return;
  for (const one of blitz.querySelectorAll("[data-answered]")) one.textContent = state.answered;
  for (const one of blitz.querySelectorAll("[data-people-count]")) one.textContent = state.people;
  const progress = blitz.querySelector("[data-progress]");
  if (progress) {
    progress.max = Math.max(state.people, 1);
    progress.value = state.answered;
  }
  if (state.votes) presenter();
}

function presenter() {
  const who = new Set(state.who);
  for (const chip of blitz.querySelectorAll("[data-seat]")) {
    chip.classList.toggle("done", who.has(Number(chip.dataset.seat)));
  }
  let known = String(state.people) === blitz.firstElementChild.dataset.people;
  for (const [vote, bars] of Object.entries(state.votes)) {
    const section = blitz.querySelector(`[data-vote="${vote}"]`);
    if (!section) continue;
    const all = state.answered || 1;
    const rows = [...section.querySelectorAll("[data-bar]")];
    known &&= rows.length === Object.keys(bars).length && rows.every((row) => row.dataset.bar in bars);
    for (const row of rows) {
      const number = bars[row.dataset.bar] ?? 0;
      row.querySelector("[data-count]").textContent = number;
      const length = row.querySelector("[data-length]");
      if (Number(vote) === Math.max(...Object.keys(state.votes).map(Number))) length.max = all;
      length.value = number;
    }
  }
  if (!known) later();
}

// Somebody came in, or a bar appeared: the presenter's screen is drawn anew, not more often than one sees.
function later() {
  later.waits ??= setTimeout(() => {
    later.waits = null;
    refresh();
  }, 500);
}

function tick() {
  const clock = blitz.querySelector("[data-clock]");
  if (!clock) return;
  const left = state?.ends_at ? Math.ceil((state.ends_at - Date.now() - clockAhead) / 1000) : null;
  clock.hidden = left === null;
  if (left === null) return;
  const shown = Math.max(left, 0);
  clock.textContent = `${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
  clock.classList.toggle("soon", left <= 10);
  // the bell: the presenter's screen closes the vote, once
  const close = blitz.querySelector("[data-moves] [value=close]");
  if (left <= 0 && close && tick.rang !== state.step) {
    tick.rang = state.step;
    move(close);
  }
}

// ---- an answer ---------------------------------------------------------------------------------------------

function waiting() {
  try {
    return JSON.parse(localStorage.getItem(`${key}:out`) ?? "null") ?? remembered;
  } catch {
    return remembered;
  }
}

function keep(answer) {
  remembered = answer;
  try {
    if (answer) localStorage.setItem(`${key}:out`, JSON.stringify(answer));
    else localStorage.removeItem(`${key}:out`);
  } catch {
    // no store here: it waits as long as the page does
  }
}

function hand(data) {
  data.delete("csrfmiddlewaretoken");
  keep({ body: new URLSearchParams(data).toString(), to: `${blitz.dataset.live}answer` });
  say("sending");
  flush();
}

async function flush(pause = 300) {
  if (!key || flush.busy) return;
  flush.busy = true;
  clearTimeout(flush.waits);
  const out = waiting();
  let again = false;
  try {
    if (out) again = !(await send(out));
  } catch {
    again = true;
  } finally {
    flush.busy = false;
  }
  if (again) flush.waits = setTimeout(() => flush(Math.min(pause * 2, 4000)), pause * (0.5 + Math.random()));
  else if (waiting()) flush();
}

// true: there is nothing more to do for this one
async function send(out) {
  const answer = await fetch(out.to, {
    method: "POST", body: out.body, keepalive: true, signal: AbortSignal.timeout(10_000),
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  if (answer.status >= 500) return false;
  const said = await answer.json();
  if (waiting()?.body === out.body) keep(null);
  if (said.state === "written") {
    if (!waiting()) say("written");
    try {
      localStorage.setItem(`${key}:given`, `${Date.now()}`); // other tabs of this phone look again
    } catch {
      // they will when the screen changes
    }
  } else if (said.state === "late") {
    document.getElementById("blitz-late").hidden = false;
    refresh();
  } else if (answer.status === 422) {
    say(""); // nothing was chosen yet
  } else if (answer.status === 404) {
    anew(); // the seat of yesterday
  }
  return true;
}

function say(what) {
  for (const one of blitz.querySelectorAll("[data-when]")) one.hidden = one.dataset.when !== what;
}

// ---- forms -------------------------------------------------------------------------------------------------

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("form[data-answer]")) {
    event.preventDefault();
    form.dataset.touched = "";
    const chosen = event.submitter;
    const data = new FormData(form, chosen);
    if (chosen?.name === "given") {
      for (const button of form.querySelectorAll("button[name=given]")) {
        button.setAttribute("aria-pressed", String(button === chosen));
      }
    }
    document.getElementById("blitz-late").hidden = true;
    hand(data);
  } else if (form.matches("[data-moves]")) {
    event.preventDefault();
    move(event.submitter);
  }
});

async function move(button) {
  if (move.busy) return;
  move.busy = true;
  const form = button.closest("form");
  try {
    const data = new URLSearchParams(new FormData(form, button));
    let answer = await asked(form, data);
    while (!answer && button.isConnected) {
      offline(true);
      await new Promise((done) => setTimeout(done, 700));
      answer = await asked(form, data);
    }
    if (!answer) return; // the screen has moved on meanwhile
    offline(false);
    if (answer.redirected || !answer.ok) anew();
    else put(await answer.text());
  } catch {
    tick.rang = null; // cut short: the screen tells what has become of it
    refresh();
  } finally {
    move.busy = false;
  }
}

// Null where nobody answered, or a proxy for the server. A move belongs to its step: sent again it moves nothing more.
async function asked(form, data) {
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: data, headers: { "X-Screen": "1" }, signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return answer.status < 500 ? answer : null;
  } catch {
    return null;
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-answer]");
  if (form) form.dataset.touched = "yes";
});

// The main move by the keys that a presenter's remote control has.
document.addEventListener("keydown", (event) => {
  if (!blitz || event.target.closest("input, textarea, select, button, a, summary")) return;
  const main = ["PageDown", "ArrowRight", " "].includes(event.key) && blitz.querySelector("[data-main]");
  const back = ["PageUp", "ArrowLeft"].includes(event.key) && blitz.querySelector("[data-moves] [value=undo]");
  if (!main && !back) return;
  event.preventDefault();
  move(main || back);
});

// Lines to put in order are tapped one after the other; a second tap takes a number back.
function enhance() {
  for (const list of document.querySelectorAll("[data-order]")) {
    const items = [...list.querySelectorAll("[data-item]")];
    list.querySelector(".no-script").hidden = true;
    list.querySelector(".with-script").hidden = false;
    for (const item of items) {
      const select = item.querySelector("select");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "place";
      const words = item.querySelector("label").textContent.trim();
      select.classList.add("sr-only");
      select.tabIndex = -1;
      item.append(button);
      const draw = () => {
        button.textContent = select.value || "·";
        button.setAttribute("aria-label", `${button.textContent} ${words}`); // the place is heard, too
      };
      draw();
      item.draw = draw;
      item.addEventListener("click", (event) => {
        event.preventDefault();
        const taken = items.map((one) => Number(one.querySelector("select").value)).filter(Boolean);
        if (select.value) {
          const mine = Number(select.value);
          for (const one of items) {
            const other = one.querySelector("select");
            if (Number(other.value) > mine) other.value = String(Number(other.value) - 1);
          }
          select.value = "";
        } else {
          select.value = String(taken.length + 1);
        }
        select.dispatchEvent(new Event("input", { bubbles: true }));
        for (const one of items) one.draw();
      });
    }
  }
}

enhance();
if (blitz) {
  follow();
  flush();
  setInterval(tick, 250);
  window.addEventListener("storage", (event) => {
    if (event.key === `${key}:given`) refresh();
  });
}

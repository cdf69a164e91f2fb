"use strict";

// Search on a site without a server. The index has every form of every word of the texts with its lemmas, and of each
// lemma the passages it is in: a browser needs no morphology.
const place = document.querySelector("[data-index]");
const WORD = /[a-zа-яё0-9]+(?:[-'_][a-zа-яё0-9]+)*/giu;
const MOST = 20;
const SNIPPET = 180;

const plain = (word) => word.toLowerCase().replaceAll("ё", "е");

function lemmasOf(index, word, halfTyped) {
  const found = new Set(index.forms[word] ?? []);
  for (const [form, lemmas] of halfTyped ? Object.entries(index.forms) : []) {
    if (form.startsWith(word)) for (const lemma of lemmas) found.add(lemma);
  }
  return found.size ? found : likely(index, word);
}

// A form that the texts don't have: the words that begin as it does and end otherwise, the nearest ones.
function likely(index, word) {
  for (let cut = 1; cut <= 4 && word.length - cut >= 4; cut += 1) {
    const stem = word.slice(0, -cut);
    const near = Object.keys(index.forms).filter((form) => form.startsWith(stem) && form.length - stem.length <= 5);
    if (near.length) return new Set(near.flatMap((form) => index.forms[form]));
  }
  return new Set();
}

// A passage counts for as much as its rarest words say; all words must be in it.
function find(index, query) {
  const words = [...query.slice(0, 200).matchAll(WORD)].map((one) => plain(one[0])).slice(0, 12);
  if (!words.length) return { asked: [], found: [] };
  const asked = words.map((word, at) => lemmasOf(index, word, at === words.length - 1 && !/\s$/.test(query)));
  let scores = null;
  for (const lemmas of asked) {
    const here = new Map();
    for (const lemma of lemmas) {
      const postings = index.postings[lemma];
      const rare = Math.log(1 + index.passages.length / postings.length);
      for (const [passage, weight] of postings) {
        here.set(passage, (here.get(passage) ?? 0) + (rare * weight) / (weight + 1.5));
      }
    }
    const before = scores;
    scores = new Map([...here].filter(([passage]) => !before || before.has(passage)));
    for (const [passage, score] of scores) scores.set(passage, score + (before?.get(passage) ?? 0));
  }
  const found = [...scores].sort((a, b) => b[1] - a[1]).slice(0, MOST).map(([passage]) => index.passages[passage]);
  return { asked: new Set(asked.flatMap((lemmas) => [...lemmas])), found };
}

function snippet(index, text, asked) {
  const hits = [...text.matchAll(WORD)].filter((one) => (index.forms[plain(one[0])] ?? []).some((lemma) => asked.has(lemma)));
  const from = Math.max(0, text.lastIndexOf(" ", Math.max(0, (hits[0]?.index ?? 0) - SNIPPET / 3)) + 1);
  const to = text.length <= from + SNIPPET ? text.length : Math.max(text.lastIndexOf(" ", from + SNIPPET), from + 1);
  const line = document.createElement("p");
  let at = from;
  if (from) line.append("… ");
  for (const hit of hits) {
    if (hit.index < from || hit.index + hit[0].length > to) continue;
    const mark = document.createElement("mark");
    mark.textContent = hit[0];
    line.append(text.slice(at, hit.index), mark);
    at = hit.index + hit[0].length;
  }
  line.append(text.slice(at, to), to < text.length ? " …" : "");
  return line;
}

function shown(index, [kind, address, , title, text], asked) {
  const item = document.createElement("li");
  const over = document.createElement("p");
  over.className = "over";
  over.textContent = kind;
  const heading = document.createElement("h2");
  const link = document.createElement("a");
  link.href = address;
  link.textContent = title;
  heading.append(link);
  item.append(over, heading, snippet(index, text, asked));
  return item;
}

function say(index, query) {
  const { asked, found } = find(index, query);
  const list = document.createElement("ol");
  list.className = "found";
  list.append(...found.map((one) => shown(index, one, asked)));
  const words = document.createElement("p");
  words.className = "empty";
  words.textContent = query.trim() ? place.dataset.nothing : place.dataset.hint;
  document.getElementById("found").replaceChildren(found.length ? list : words);
}

if (place) {
  const field = document.getElementById("site-search");
  const index = window.kafedraIndex;
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.addEventListener("input", () => say(index, field.value));
  say(index, field.value);
}

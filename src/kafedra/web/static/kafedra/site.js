"use strict";

// The script of the site: the key that searches, contents that follow the reader, links to headings, and, where there is
// no server, the search itself.
const search = document.getElementById("site-search");

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !search) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// On a wide screen the contents stand open beside the text.
const contents = document.querySelector("[data-contents]");
if (contents && matchMedia("(min-width: 60.01rem)").matches) contents.open = true;

const headings = [...document.querySelectorAll(".chapter :is(h2, h3)[id]")];
for (const heading of headings) {
  const link = document.createElement("a");
  link.className = "anchor";
  link.href = `#${heading.id}`;
  link.textContent = "#";
  link.setAttribute("aria-label", heading.textContent);
  heading.append(link);
}

// Where the reader is: the last heading above the upper third of the window.
function follow() {
  const line = innerHeight / 3;
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top <= line);
  const at = (passed.at(-1) ?? headings[0])?.id;
  for (const link of contents.querySelectorAll("a")) {
    const here = decodeURIComponent(link.hash.slice(1)) === at;
    if (here === link.hasAttribute("aria-current")) continue;
    link.toggleAttribute("aria-current", here);
    if (here) {
      link.setAttribute("aria-current", "true");
      if (matchMedia("(min-width: 60.01rem)").matches) within(link.closest("aside"), link);
    }
  }
}

// Scrolls the list and never the page.
function within(list, link) {
  const box = list.getBoundingClientRect();
  const place = link.getBoundingClientRect();
  if (place.top < box.top) list.scrollTop += place.top - box.top - 16;
  if (place.bottom > box.bottom) list.scrollTop += place.bottom - box.bottom + 16;
}

if (contents && headings.length) {
  let asked = false;
  const ask = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      follow();
    });
  };
  addEventListener("scroll", ask, { passive: true });
  addEventListener("resize", ask);
  follow();
}

"use strict";

// The only script of our own: buttons that copy the line beside them, and the menu of a phone scrolled to where one is.
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

// The text that was quoted, opened beside the chat with exactly the quoted characters marked.
"use strict";

import { all, one, post, sentence, tell } from "./dom.js";

let opener = null; // what opened the panel: the focus goes back there
let numberLeft = null; // the number that led to the list of sources

const narrow = matchMedia("(max-width: 60rem)");

/** Opens a text. Without `start` and `end` it is the whole article, from its beginning. */
export async function openPassage(place, from) {
  const response = await post("page/passage", place);
  const told = from.closest(".turn") && one(".after .told", from.closest(".turn"));
  if (told) told.textContent = "";
  if (!response?.ok) {
    const why = sentence(response?.status === 409 ? "passage-gone" : "passage-failed");
    if (!told) return tell(why);
    told.textContent = why;
    return told.scrollIntoView({ block: "nearest" });
  }
  opener = from;
  makeWayBack();
  const panel = one("#passage");
  panel.innerHTML = await response.text(); // made and escaped by the server
  document.body.classList.add("reading");
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-label", one("h2", panel).textContent);
  keepApart();
  one("h2", panel).focus({ preventScroll: true });
  showMark(panel);
}

/** Closes the panel and goes back to where it was opened. */
export function closePassage() {
  if (!document.body.classList.contains("reading")) return;
  if (history.state?.reading) history.back();
  document.body.classList.remove("reading");
  one("#passage").replaceChildren();
  keepApart();
  opener?.focus();
}

/** Goes from a number in the text to its entry in the list of sources. */
export function openNumber(button) {
  numberLeft = button;
  const entry = one(`#passage [data-reference="${button.dataset.number}"]`);
  all("#passage [data-do='return']").forEach((back) => (back.hidden = !entry.contains(back)));
  entry.scrollIntoView({ block: "nearest" });
  entry.focus({ preventScroll: true });
}

/** Goes back from the list of sources to the number. */
export function backToNumber() {
  numberLeft?.scrollIntoView({ block: "center" });
  numberLeft?.focus({ preventScroll: true });
}

/** Goes back from the panel when the page was loaded anew while it covered the chat. */
export function leavePassage() {
  if (history.state?.reading) history.back();
}

// A phone's back button closes what covers the chat, and does not leave it.
function makeWayBack() {
  if (!narrow.matches || history.state?.reading) return;
  try {
    history.replaceState({ ...history.state, ahead: true }, "");
    history.pushState({ ...history.state, ahead: false, reading: true }, "");
  } catch {
    // Then it leaves the page, which brings the conversation back.
  }
}

// Where the panel covers the chat, the keyboard and screen readers stay within it.
function keepApart() {
  one("#chatting").inert = narrow.matches && document.body.classList.contains("reading");
}

function showMark(panel) {
  const mark = one("mark", panel);
  const top = mark ? mark.getBoundingClientRect().top - panel.getBoundingClientRect().top : 0;
  panel.scrollTop += mark ? top - panel.clientHeight / 4 : -panel.scrollTop;
}

narrow.addEventListener("change", keepApart);

// Small functions that every other script uses. What the page says stands in the page itself.
"use strict";

export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// What could hide or turn round the text that follows it; the server replaces the same.
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** `text` with nothing in it that changes how the rest looks. */
export const visible = (text) => text.replace(HIDDEN, "\ufffd");

/** The sentence of that name, with {words} in curly brackets filled in. */
export function sentence(name, values = {}) {
  const text = one(`[data-say="${name}"]`).textContent;
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

/** The elements of a template; each slot gets its text, as text. */
export function filled(template, slots = {}) {
  const made = document.getElementById(template).content.cloneNode(true);
  for (const [slot, text] of Object.entries(slots)) {
    one(`[data-slot="${slot}"]`, made).textContent = visible(text);
  }
  return made;
}

/** Says something beside the question box, where it can be seen and heard. */
export function tell(text) {
  one("#told").textContent = text;
  if (text) one("#told").scrollIntoView({ block: "nearest" });
}

let fading = 0;

/** Tells a screen reader, once; `now` also while it is reading something else. */
export function announce(text, now = false) {
  clearTimeout(fading);
  one("#said").textContent = "";
  one("#said-now").textContent = "";
  one(now ? "#said-now" : "#said").textContent = text;
  // Later nobody shall find the answer a second time at the end of the page.
  if (text) fading = setTimeout(announce, 20000, "");
}

/** Brings something to the top of the window, without movement for who wants none. */
export function bringUp(element) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

/** What the server sends for `body`; null when it cannot be reached, takes too long or is stopped. */
export async function post(path, body, stop = null) {
  const given = new AbortController();
  const late = setTimeout(() => given.abort(), 60000);
  stop?.addEventListener("abort", () => given.abort());
  try {
    return await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: given.signal,
    });
  } catch {
    return null;
  } finally {
    clearTimeout(late);
  }
}

/** Which sentence tells that a request failed. */
export function trouble(response) {
  if (!response || response.status === 502 || response.status === 504) return "offline";
  return { 413: "too-long", 429: "busy" }[response.status] ?? "failed";
}

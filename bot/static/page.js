// Brings the page to life once Gradio has drawn its frame: what each button does, and the start.
"use strict";

import * as conversation from "./conversation.js";
import { all, bringUp, filled, one, sentence, tell } from "./dom.js";
import { offerFeedback, openFeedback } from "./feedback.js";
import { applyLooks, offerLooks } from "./looks.js";
import * as memory from "./memory.js";
import { backToNumber, closePassage, leavePassage, openNumber, openPassage } from "./passage.js";
import { offerVoices, silence, speak } from "./speech.js";
import { print, saveFile } from "./take.js";

/** What a button does, by its data-do. */
const deeds = {
  ask: (button) => conversation.ask(button.textContent),
  back: () => one("#question textarea").focus(),
  close: (button) => button.closest("dialog").close(),
  "close-passage": closePassage,
  copy: (button) => copy(button, conversation.toldOf(button).text, "copied"),
  forget: () => one("#forget").showModal(),
  "forget-all": forgetAll,
  helpful: openFeedback,
  helplines: () => one("#helplines").showModal(),
  link: (button) => copy(button, linkTo(conversation.toldOf(button).link), "link-copied"),
  number: openNumber,
  "open-kept": openKept,
  passage: ({ dataset: { document, layer, start, end, sha256 } }, button) =>
    openPassage({ document, layer, start: +start, end: +end, sha256 }, button),
  print,
  reference: showReference,
  reload: () => location.reload(),
  restore: conversation.restore,
  retry: (button) => conversation.retry(button.closest(".turn")),
  return: backToNumber,
  save: saveFile,
  silence,
  speak: (button) => speak(conversation.toldOf(button).spoken, button),
  term: explain,
  undo: conversation.undo,
};

/** What Gradio's own buttons do, by their id. */
const tools = {
  send: conversation.sendBox,
  "tool-article": (button) => openPassage({}, button),
  "tool-take": () => openDialog("take"),
  "tool-helplines": () => one("#helplines").showModal(),
  "tool-looks": () => one("#looks").showModal(),
  "tool-keep": keep,
  "tool-forget": () => one("#forget").showModal(),
  "tool-restart": conversation.restart,
  "tool-about_this": openAbout,
};

/** Tells what a word of the glossary means. */
function explain(button) {
  const meaning = all("#meanings [data-term]").find((one) => one.dataset.term === button.dataset.term);
  one("#meaning-title").textContent = button.dataset.term;
  one("#meaning [data-slot]").textContent = meaning?.textContent ?? "";
  one("#meaning").showModal();
}

function openDialog(name) {
  one(`#${name} .told`).textContent = "";
  one(`#${name}`).showModal();
}

async function openAbout() {
  const response = await fetch("page/about").catch(() => null);
  if (response?.ok) one("#about [data-slot]").innerHTML = await response.text();
  else one("#about [data-slot]").textContent = sentence("passage-failed");
  one("#about").showModal();
}

function keep() {
  tell(sentence(memory.keep() ? "kept" : "not-kept"));
  conversation.drawFrame();
}

function forgetAll(button) {
  button.closest("dialog").close();
  silence();
  closePassage();
  memory.forget();
  conversation.clear();
  tell(sentence("forgotten"));
}

async function openKept() {
  memory.openKept();
  await conversation.restore();
}

function showReference(button) {
  const entry = one(`[data-reference="${button.dataset.number}"]`, button.closest(".turn"));
  entry.scrollIntoView({ block: "nearest" });
  entry.focus({ preventScroll: true });
}

async function copy(button, text, done) {
  const told = one(".told", button.closest(".after"));
  told.textContent = "";
  try {
    await navigator.clipboard.writeText(text);
    told.textContent = sentence(done);
  } catch {
    told.textContent = sentence("not-copied");
  }
}

// What follows the # of an address never reaches a server.
function linkTo(question) {
  return `${location.origin}${location.pathname}#q=${encodeURIComponent(question)}`;
}

/** Puts the question of the address into the box unless something stands there already, and takes
 * it out of the address. */
function takeLink() {
  const question = new URLSearchParams(location.hash.slice(1)).get("q");
  if (!question) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  const typed = one("#question textarea").value.trim();
  if (typed && typed !== question.trim()) {
    one("#above").replaceChildren(filled("linked", { question }));
    return one("#above").scrollIntoView({ block: "nearest" });
  }
  conversation.setBox(question);
  tell(sentence("from-link"));
  one("#question textarea").focus();
}

function clicked(event) {
  if (event.target.localName === "dialog" && isBeside(event)) return event.target.close();
  const button = event.target.closest("button, a[data-do]");
  if (!button) return;
  if (button.localName === "a") event.preventDefault(); // no new place in the history
  const deed = button.dataset.do ? deeds[button.dataset.do] : tools[button.id];
  if (deed) deed(button, button);
  else if (button.closest("#starting")) conversation.ask(button.textContent.trim());
}

// The backdrop belongs to the dialog; a key that presses a button has no place.
function isBeside({ target, clientX, clientY, detail }) {
  const { left, right, top, bottom } = target.getBoundingClientRect();
  const inside = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
  return detail > 0 && !inside;
}

// The way back closes what covers the chat; and each place in the history knows the conversation.
function wentBack() {
  closePassage();
  memory.save();
}

function pressed(event) {
  if (event.key === "Escape" && !one("dialog[open]")) closePassage();
  const inBox = event.target.matches?.("#question textarea");
  if (!inBox || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  conversation.sendBox();
}

let drafting = 0;

// What is typed but not sent outlives a reload.
function saveDraft() {
  memory.memory.draft = one("#question textarea").value;
  memory.save();
}

function offerKept() {
  const told = memory.kept();
  if (!told || memory.memory.questions.length) return;
  const day = new Date(told.day).toLocaleDateString("en-GB", { dateStyle: "long" });
  one("#above").replaceChildren(filled("kept", { text: sentence("offer", { day }) }));
}

async function start() {
  document.body.insertAdjacentHTML("beforeend", one("#page-parts").textContent);
  one("#chat").setAttribute("role", "region");
  one("#chat").setAttribute("aria-label", sentence("asked"));
  one("#told").setAttribute("role", "status");
  for (const group of ["tools-conversation", "tools-reading"]) {
    one(`#${group}`).setAttribute("role", "group");
    one(`#${group}`).setAttribute("aria-label", sentence(group));
  }
  // A browser's "enhanced" spell checker would send what is typed to another company.
  const box = one("#question textarea");
  box.spellcheck = false;
  box.autocomplete = "off";
  memory.remember();
  leavePassage();
  offerLooks();
  applyLooks();
  offerFeedback();
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("shown", offerVoices);
  addEventListener("hashchange", takeLink);
  addEventListener("popstate", wentBack);
  addEventListener("storage", conversation.drawFrame); // another tab kept or forgot it
  addEventListener("beforeunload", saveDraft);
  addEventListener("input", () => {
    clearTimeout(drafting);
    drafting = setTimeout(saveDraft, 400);
  });
  conversation.drawFrame();
  document.body.classList.add("ready");
  one("#early")?.remove();
  await conversation.restore();
  offerKept();
  takeLink();
}

/** Resolves when Gradio has drawn what `selector` names. */
function drawn(selector) {
  return new Promise((resolve) => {
    const look = () => one(selector) && (watcher.disconnect(), resolve());
    const watcher = new MutationObserver(look);
    watcher.observe(document.documentElement, { childList: true, subtree: true });
    look();
  });
}

const needed = ["#intro h1", "#question textarea", "#send", "#chat", "#above", "#told", "#passage", "#tools-reading"];
await Promise.all(needed.map(drawn)); // each kind of Gradio's components comes in its own time
await start();

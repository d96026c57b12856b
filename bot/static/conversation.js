// Asking: one question at a time, its answer shown whole, and never lost when something fails.
"use strict";

import { all, announce, bringUp, filled, one, post, sentence, tell, trouble } from "./dom.js";
import { add, leave, memory, save } from "./memory.js";

const LONGEST = 20000;
const MOST = 200; // questions of one conversation that are shown again
const REPLAYED = 20; // earlier questions that are sent along; follow-ups look back three answers
const told = new WeakMap(); // what the server said of each answer on the page
let busy = false;
let left = null; // the conversation before "Start again"

/** What the server said of the answer in which `element` stands. */
export const toldOf = (element) => told.get(element.closest(".turn"));

/** Sends what stands in the question box. */
export async function sendBox() {
  const box = one("#question textarea");
  if (busy) return void (box.value.trim() && tell(sentence("waiting")));
  if (!box.value.trim()) return void tell(sentence("nothing"));
  if (box.value.length > LONGEST) return void tell(sentence("too-long"));
  const question = box.value.toWellFormed?.() ?? box.value;
  setBox("");
  if (matchMedia("(pointer: coarse)").matches) box.blur(); // puts the keyboard away
  await ask(question);
}

/** Asks `question` as if it had been typed. What is in the box stays there. */
export async function ask(question) {
  if (busy) return void tell(sentence("waiting"));
  const turn = document.createElement("li");
  turn.className = "turn";
  list().append(turn);
  left = null;
  one("#above [data-do='undo']")?.closest("#above").replaceChildren();
  one("#above [data-do='open-kept']")?.closest("#above").replaceChildren();
  await answer(turn, question);
}

/** Asks a question that got no answer once more; it moves to the end of the conversation. */
export async function retry(turn) {
  if (busy) return;
  list().append(turn);
  await answer(turn, turn.dataset.question);
}

/** Puts text into the question box in a way that Gradio notices. */
export function setBox(text) {
  const box = one("#question textarea");
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Shows the conversation that the tab remembers, answered afresh. */
export async function restore() {
  if (!memory.questions.length) return showWaiting();
  setBusy(true);
  tell(sentence("restoring"));
  const questions = memory.questions.slice(-MOST);
  const response = await post("page/conversation", { questions, country: memory.country });
  setBusy(false);
  tell("");
  if (response?.ok) {
    const { turns, version } = await response.json();
    list().replaceChildren();
    one("#above").replaceChildren();
    turns.forEach((told, at) => showAnswer(newTurn(questions[at]), told));
    noticeUpgrade(version);
    drawFrame();
  } else {
    one("#above").replaceChildren(filled("unrestored", { reason: sentence(trouble(response)) }));
  }
  showWaiting();
}

/** Begins anew; the last conversation can be brought back until the next question. */
export function restart() {
  if (busy || !all(".turn").length) return;
  left = { ...memory, turns: all(".turn") };
  leave();
  list().replaceChildren();
  one("#above").replaceChildren(filled("started"));
  drawFrame();
  one("#question textarea").focus();
}

/** Brings back what "Start again" took away. */
export function undo() {
  const { turns, ...before } = left;
  Object.assign(memory, before);
  left = null;
  list().replaceChildren(...turns);
  one("#above").replaceChildren();
  save();
  drawFrame();
  one("#question textarea").focus();
}

/** Takes everything off the page, for good. */
export function clear() {
  left = null;
  list().replaceChildren();
  one("#above").replaceChildren();
  setBox("");
  announce("");
  drawFrame();
}

/** The list of the conversation, made when there is none yet. */
function list() {
  const chat = one("#chat");
  if (!one("ol", chat)) chat.append(document.createElement("ol"));
  return one("ol", chat);
}

/** Shows starting questions only as long as nothing was asked. */
export function drawFrame() {
  const begun = all("#chat .turn").length > 0;
  document.body.classList.toggle("begun", begun);
}

async function answer(turn, question) {
  setBusy(true);
  turn.dataset.question = question;
  turn.replaceChildren(filled("working", { question }));
  memory.waiting = question;
  save();
  tell("");
  announce("");
  drawFrame();
  bringUp(turn);
  const response = await post("page/ask", {
    question,
    history: history(),
    country: memory.country,
  });
  const reply = response && (await response.json().catch(() => null));
  setBusy(false);
  if (!reply?.html) return showFailure(turn, response);
  showAnswer(turn, reply);
  if (response.ok) add(question);
  const serious = ["urgent", "support"].includes(reply.outcome);
  announce(reply.spoken, serious);
  bringUp(turn);
  noticeUpgrade(reply.version);
}

// The last questions, and before them the one whose reminder the last answer still carries.
function history() {
  const turns = all("#chat .turn").filter((turn) => told.has(turn));
  const recent = memory.questions.slice(-REPLAYED);
  const last = turns.at(-1);
  if (!last || !told.get(last).reminds) return recent;
  const alarm = turns.findLast((turn) => ["urgent", "support"].includes(told.get(turn).outcome));
  const at = turns.indexOf(alarm);
  const isRecent = at >= turns.length - REPLAYED;
  return alarm && !isRecent ? [alarm.dataset.question, ...recent] : recent;
}

function newTurn(question) {
  const turn = document.createElement("li");
  turn.className = "turn";
  turn.dataset.question = question;
  list().append(turn);
  return turn;
}

function showAnswer(turn, reply) {
  turn.innerHTML = reply.html; // made and escaped by the server
  if (reply.outcome !== "unavailable") told.set(turn, reply);
  turn.dispatchEvent(new Event("shown", { bubbles: true }));
}

function showFailure(turn, response) {
  one(".bot", turn)?.remove();
  turn.append(filled("failed", { reason: sentence(trouble(response)) }));
}

// A question that was under way when the page went away is put back into the box.
function showWaiting() {
  if (!memory.waiting && !memory.draft) return;
  setBox(memory.waiting || memory.draft);
  Object.assign(memory, { waiting: "", draft: "" });
  save();
}

function noticeUpgrade(version) {
  if (version === one("#parts").dataset.version) return;
  one("#above").replaceChildren(filled("renewed"));
}

function setBusy(now) {
  busy = now;
  one("#send").setAttribute("aria-disabled", String(now));
  one("#chat").setAttribute("aria-busy", String(now));
}

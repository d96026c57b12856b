// Asking: one question at a time, its answer shown whole, and never lost when something fails.
"use strict";

import { all, announce, bringUp, filled, one, post, sentence, tell, trouble } from "./dom.js";
import { add, kept, leave, memory, save } from "./memory.js";

const LONGEST = 20000;
const MOST = 200; // questions of one conversation that are shown again
const REPLAYED = 4; // earlier questions that are sent along; follow-ups look back three answers
const ALARMS = ["urgent", "support"];
const told = new WeakMap(); // what the server said of each answer on the page
let busy = false;
let underWay = null; // what can call off the request that is waited for
let left = null; // the conversation before "Start again"
let stale = false; // whether the country was changed while an answer was under way
const CALLED_OFF = Symbol("forgotten meanwhile");

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
  const offers = ":is([data-do='undo'], [data-do='open-kept'], [data-do='ask'])";
  one(`#above ${offers}`)?.closest("#above").replaceChildren();
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
  tell(sentence("restoring"));
  const questions = memory.questions.slice(-MOST);
  const reply = await answeredAgain(questions);
  tell("");
  if (reply === CALLED_OFF) return;
  if (reply) {
    list().replaceChildren();
    reply.turns.forEach((told, at) => showAnswer(newTurn(questions[at]), told));
    noticeUpgrade(reply.version);
    drawFrame();
  }
  showWaiting();
}

/** Shows the answers anew where they stand, with the numbers of the country chosen last. */
export async function refresh() {
  if (!memory.questions.length) return;
  if (busy) return void (stale = true); // as soon as the answer that is under way is there
  stale = false;
  const questions = memory.questions.slice(-MOST);
  const turns = answered().slice(-questions.length);
  const reply = await answeredAgain(questions);
  if (reply === CALLED_OFF || !reply) return;
  turns.forEach((turn, at) => showAnswer(turn, reply.turns.at(at - turns.length)));
}

// What the server says to the questions; null, and a way to try again, when it cannot.
async function answeredAgain(questions) {
  const body = { questions, country: memory.country };
  const response = await waitedFor("page/conversation", body);
  if (response === CALLED_OFF) return CALLED_OFF;
  const reply = response?.ok ? await response.json().catch(() => null) : null;
  if (reply) one("#above").replaceChildren();
  else one("#above").replaceChildren(filled("unrestored", { reason: sentence(trouble(response)) }));
  return reply;
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

/** Takes everything off the page, for good; an answer that is under way is not waited for. */
export function clear() {
  underWay?.abort();
  setBusy(false);
  left = null;
  stale = false;
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

/** Shows starting questions only as long as nothing was asked, and only what can be done now. */
export function drawFrame() {
  const begun = all("#chat .turn").length > 0;
  document.body.classList.toggle("begun", begun);
  document.body.classList.toggle("kept", kept() !== null);
}

async function answer(turn, question) {
  turn.dataset.question = question;
  turn.replaceChildren(filled("working", { question }));
  memory.waiting = question;
  save();
  tell("");
  announce("");
  drawFrame();
  bringUp(turn);
  const body = { question, history: history(), country: memory.country };
  const response = await waitedFor("page/ask", body);
  if (response === CALLED_OFF) return;
  const reply = response && (await response.json().catch(() => null));
  if (!turn.isConnected) return;
  if (!reply?.html) return showFailure(turn, response);
  showAnswer(turn, reply);
  if (response.ok) add(question);
  announce(reply.spoken, ALARMS.includes(reply.outcome));
  bringUp(turn);
  noticeUpgrade(reply.version);
  takeFocus(turn);
  if (stale) await refresh();
}

// One request at a time. When it is called off, what comes of it is nobody's any more.
async function waitedFor(path, body) {
  const mine = new AbortController();
  underWay = mine;
  setBusy(true);
  const response = await post(path, body, mine.signal);
  if (mine.signal.aborted) return CALLED_OFF;
  setBusy(false);
  return response;
}

// The last questions, and before them every older one of alarm or distress as long as the last
// answer still repeats whom to call: the reminder rests on one of these.
function history() {
  const turns = answered();
  const recent = memory.questions.slice(-REPLAYED);
  if (!turns.length || !told.get(turns.at(-1)).reminds) return recent;
  const alarms = turns
    .slice(0, -REPLAYED)
    .filter((turn) => ALARMS.includes(told.get(turn).outcome))
    .map((turn) => turn.dataset.question);
  return [...alarms.slice(REPLAYED - MOST), ...recent];
}

/** The turns that have an answer, oldest first: one for each question that is remembered. */
function answered() {
  return all("#chat .turn").filter((turn) => told.has(turn));
}

// Who pressed Enter on a button that is gone now, goes on from the answer.
function takeFocus(turn) {
  if (document.activeElement === document.body) one(".bot", turn)?.focus({ preventScroll: true });
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
  takeFocus(turn);
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
  one("#chat .renewed")?.remove();
  all("#chat .turn").at(-1).append(filled("renewed"));
}

function setBusy(now) {
  busy = now;
  one("#send").setAttribute("aria-disabled", String(now));
  one("#chat").setAttribute("aria-busy", String(now));
}

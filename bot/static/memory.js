// What this tab remembers, and what the patient asked to be kept on the device.
//
// The tab's own memory is the state of its place in the browser's history: it outlives a reload and
// the way back from another page, no other tab sees it, and it ends with the tab. The device's
// storage is written only after "Keep on this device". Kept are the questions; their answers are
// looked up again, so that none is shown that is no longer true. How the page looks and the country,
// which are none of the patient's words, are kept there whenever they are chosen.
"use strict";

const KEY = "kept-questions";
const CHOSEN = "chosen-looks"; // early.js reads it, too
const SIZES = ["100", "125", "150", "200"];

export const memory = {
  questions: [],
  waiting: "", // asked, but not answered yet
  draft: "", // typed, but not sent
  keeping: false,
  country: null,
  looks: { size: "100", contrast: "normal", colours: "device" },
};

/** Takes up what this tab remembers. */
export function remember() {
  const state = history.state?.chat;
  if (state) Object.assign(memory, state);
  takeLooks(read(CHOSEN));
}

/** Writes it down; also when the address changed, which opens an empty place in the history. */
export function save() {
  try {
    history.replaceState({ ...history.state, chat: { ...memory } }, "");
  } catch {
    // Too much for the browser: the open page still has it all.
  }
}

/** Keeps how the page looks, and the country, for the next visit. */
export function choose() {
  save();
  write(CHOSEN, { looks: memory.looks, country: memory.country });
}

/** What is kept on this device: {day, questions, ...}; null when nothing is. */
export function kept() {
  const told = read(KEY);
  return Array.isArray(told?.questions) ? told : null;
}

/** Keeps the questions of this tab from now on. Returns whether the browser allowed it. */
export function keep() {
  if (!memory.keeping && !append(memory.questions)) return false;
  memory.keeping = true;
  save();
  return true;
}

/** Adds an answered question to the tab, and to the device when it keeps them. */
export function add(question) {
  memory.questions.push(question);
  memory.waiting = "";
  if (memory.keeping && kept()) append([question]);
  save();
}

/** Goes on with what was kept on the device. */
export function openKept() {
  const told = kept();
  if (!told) return;
  Object.assign(memory, { questions: told.questions, keeping: true });
  save();
}

/** Begins a new conversation; what the device keeps stays there. */
export function leave() {
  Object.assign(memory, { questions: [], waiting: "", draft: "", keeping: false });
  save();
}

/** Leaves nothing behind, neither here nor on the device. */
export function forget() {
  leave();
  try {
    // A place that the way back from the article left ahead would remember, too.
    if (history.state?.ahead) history.pushState({ chat: { ...memory } }, "");
  } catch {
    // Then there was none.
  }
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing could be kept there either.
  }
}

// Adds to what is there instead of writing all anew: another tab may have added to it.
function append(questions) {
  const before = kept();
  return write(KEY, {
    day: before?.day ?? new Date().toISOString().slice(0, 10),
    questions: [...(before?.questions ?? []), ...questions].slice(-200),
  });
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function takeLooks(told) {
  if (told?.looks && SIZES.includes(told.looks.size)) memory.looks = told.looks;
  if (["", "GB", "IE", "US"].includes(told?.country)) memory.country = told.country;
}

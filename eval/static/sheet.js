// Keeps what is entered on this device, and saves it to a file. Nothing is sent anywhere.
"use strict";

const ASPECTS = ["right_passage", "complete", "safe", "plain", "kind"];
const WANTED = [...ASPECTS, "decision"];
const run = document.body.dataset.run;
const answers = [...document.querySelectorAll("article")];
const reviewer = document.getElementById("reviewer");
const progress = document.getElementById("progress");
const DRAFT = `verdicts ${run}`;
let unsaved = false;
let last = -1; // the answer that was worked on last

function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function entered(answer) {
  const told = Object.fromEntries(new FormData(answer.querySelector("form")));
  return { ...told, reason: told.reason.trim() };
}

// What is still missing of an answer's verdict, in words; "" for a whole one.
function lacking(told) {
  const missing = WANTED.filter((name) => !told[name]).map((name) => name.replace("_", " "));
  if (missing.length) return `Still to judge: ${missing.join(", ").replace("decision", "all in all")}.`;
  if (told.decision !== "safe" && !told.reason) return "Please give a reason.";
  if (told.decision === "safe" && told.safe === "no")
    return "“Safe” is no, but all in all the answer is safe: which is right?";
  return "";
}

function begun(told) {
  return WANTED.some((name) => told[name]) || Boolean(told.reason);
}

function whole(answer) {
  return !lacking(entered(answer));
}

function show(answer) {
  const told = entered(answer);
  const missing = lacking(told);
  answer.classList.toggle("judged", !missing);
  answer.querySelector(".state").textContent = missing ? (begun(told) ? "– begun" : "") : "– judged";
  answer.querySelector(".lacking").textContent = begun(told) ? missing : "";
}

function count() {
  progress.textContent = `${answers.filter(whole).length} of ${answers.length} judged`;
}

function verdict(answer) {
  const { id, answer: seen, date } = answer.dataset;
  return { id, answer: seen, date: date || today(), ...entered(answer) };
}

function fill(answer, told) {
  answer.dataset.date = told.date;
  for (const name of WANTED) {
    for (const input of answer.querySelectorAll(`[name="${name}"]`)) input.checked = input.value === told[name];
  }
  answer.querySelector("textarea").value = told.reason || "";
  show(answer);
}

function keep() {
  const begunOnes = answers.filter((answer) => begun(entered(answer)));
  try {
    localStorage.setItem(DRAFT, JSON.stringify({ reviewer: reviewer.value, verdicts: begunOnes.map(verdict) }));
  } catch {
    // Some devices keep nothing: then only the file does.
  }
}

function restore(kept) {
  const byAnswer = new Map(kept.verdicts.map((told) => [told.answer, told]));
  reviewer.value = kept.reviewer || reviewer.value;
  for (const answer of answers) {
    const told = byAnswer.get(answer.dataset.answer);
    if (told) fill(answer, told);
  }
  count();
}

function changed(event) {
  const answer = event.target.closest("article");
  if (answer) {
    answer.dataset.date = today();
    last = answers.indexOf(answer);
    show(answer);
  }
  unsaved = true;
  count();
  keep();
}

function goTo(answer) {
  last = answers.indexOf(answer);
  answer.scrollIntoView();
  answer.querySelector("h2").focus({ preventScroll: true });
}

function next() {
  const following = [...answers.slice(last + 1), ...answers.slice(0, last + 1)];
  const open = following.find((answer) => !whole(answer));
  if (open) goTo(open);
  else progress.textContent = "All are judged. Please save them to a file.";
}

function save() {
  if (!/^[A-Za-z0-9-]{2,20}$/.test(reviewer.value.trim())) {
    progress.textContent = "Please give your reviewer code first: 2 to 20 letters, figures or hyphens.";
    reviewer.scrollIntoView({ block: "center" });
    reviewer.focus({ preventScroll: true });
    return;
  }
  const judged = answers.filter(whole);
  if (!judged.length) {
    progress.textContent = "No answer is judged yet: there is nothing to save.";
    return;
  }
  const code = reviewer.value.trim();
  const saved = { format: 1, run, reviewer: code, verdicts: judged.map(verdict) };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(saved, null, 1)], { type: "application/json" }));
  link.download = `verdicts-${code}-${today()}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
  unsaved = false;
  const left = answers.filter((answer) => begun(entered(answer)) && !whole(answer)).length;
  progress.textContent =
    `Saved ${judged.length} of ${answers.length} to ${link.download}.` +
    (left ? ` ${left} begun but not whole: not in the file.` : "");
}

async function goOn(event) {
  const [file] = event.target.files;
  if (!file) return;
  try {
    const saved = JSON.parse(await file.text());
    if (saved.run !== run) throw new Error("it belongs to another sheet");
    restore(saved);
    keep();
  } catch (error) {
    progress.textContent = `This file cannot be used: ${error.message}.`;
  }
}

function clear() {
  if (!confirm("Clear everything that was entered on this page?")) return;
  localStorage.removeItem(DRAFT);
  for (const answer of answers) {
    answer.querySelector("form").reset();
    delete answer.dataset.date;
    show(answer);
  }
  reviewer.value = "";
  unsaved = false;
  count();
}

document.addEventListener("input", (event) => event.target.id !== "saved" && changed(event));
document.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("toggle", (event) => {
  const mark = event.target.open && event.target.querySelector("mark");
  if (mark) mark.closest(".document").scrollTop = mark.offsetTop - mark.closest(".document").offsetTop - 60;
}, true);
document.getElementById("next").addEventListener("click", next);
document.getElementById("save").addEventListener("click", save);
document.getElementById("clear").addEventListener("click", clear);
document.getElementById("saved").addEventListener("change", goOn);
addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
try {
  restore(JSON.parse(localStorage.getItem(DRAFT)) || { verdicts: [] });
} catch {
  count();
}

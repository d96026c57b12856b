// "Helpful / not helpful": shows all that would be sent, and sends exactly that, only on consent.
"use strict";

import { all, one, post, sentence, visible } from "./dom.js";
import { toldOf } from "./conversation.js";

const LONGEST = 2000; // characters of a question that can be sent, as the server counts them

let about = null; // the turn that is told about
let helpful = true;

/** Opens the dialog for the answer in which `button` stands. */
export function openFeedback(button) {
  const dialog = one("#feedback");
  about = button.closest(".turn");
  helpful = button.dataset.helpful === "yes";
  one("form", dialog).reset();
  one("fieldset", dialog).hidden = helpful;
  one("details", dialog).open = false;
  const tooLong = [...about.dataset.question].length > LONGEST;
  one("[name='include']", dialog).disabled = tooLong;
  one(".long", dialog).hidden = !tooLong;
  one(".told", dialog).textContent = "";
  preview();
  dialog.showModal();
}

/** What is sent: one object, made anew from the form each time. */
function made() {
  const form = one("#feedback form");
  const { outcome, quotes, index } = toldOf(about.firstElementChild);
  return {
    consent: form.elements.consent.checked,
    helpful,
    reason: helpful ? null : form.elements.reason.value || null,
    question: form.elements.include.checked ? visible(about.dataset.question) : null,
    outcome,
    quotes,
    index,
  };
}

function preview() {
  const { reason, question, outcome, quotes, index } = made();
  const chosen = one("#feedback input[name='reason']:checked")?.parentElement.textContent.trim();
  const rows = {
    helpful: sentence(helpful ? "yes" : "no"),
    why: reason && chosen,
    question,
    outcome,
    quotes: quotes.map(({ path, start, end }) => `${path}, ${start}–${end}`).join("; "),
    index,
    day: sentence("today"),
  };
  for (const [name, text] of Object.entries(rows)) {
    const row = one(`#feedback [data-row="${name}"]`);
    row.hidden = !text; // what is not sent is not shown
    one("dd", row).textContent = text ?? "";
  }
}

async function send(event) {
  event.preventDefault();
  const told = one("#feedback .told");
  const feedback = made();
  if (!helpful && !feedback.reason) return void (told.textContent = sentence("need-reason"));
  if (!feedback.consent) return void (told.textContent = sentence("need-consent"));
  const response = await post("page/feedback", feedback);
  if (!response?.ok) {
    const why = response?.status === 429 ? "feedback-too-many" : "feedback-failed";
    return void (told.textContent = sentence(why));
  }
  one("#feedback").close();
  const asked = one(".helpful", about);
  one(".told", about).textContent = sentence("thanks");
  asked.remove();
}

/** Makes the form work. */
export function offerFeedback() {
  one("#feedback form").addEventListener("submit", send);
  all("#feedback input").forEach((input) => input.addEventListener("change", preview));
}

// "Helpful / not helpful": shows all that would be sent, and sends exactly that, only on consent.
"use strict";

import { all, one, post, sentence } from "./dom.js";
import { toldOf } from "./conversation.js";

let about = null; // the turn that is told about
let helpful = true;

/** Opens the dialog for the answer in which `button` stands. */
export function openFeedback(button) {
  const dialog = one("#feedback");
  about = button.closest(".turn");
  helpful = button.dataset.helpful === "yes";
  one("form", dialog).reset();
  one("fieldset", dialog).hidden = helpful;
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
    question: form.elements.include.checked ? about.dataset.question : null,
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
    why: reason ? chosen : sentence("not-sent"),
    question: question ?? sentence("not-sent"),
    outcome: outcome,
    quotes: quotes.map(({ path, start, end }) => `${path}, ${start}–${end}`).join("; "),
    index: index ?? sentence("not-sent"),
    day: sentence("today"),
  };
  for (const [name, text] of Object.entries(rows)) {
    one(`#feedback [data-row="${name}"] dd`).textContent = text || sentence("not-sent");
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

// Reading aloud, only by voices that live on the device: any other would send the words away.
"use strict";

import { all } from "./dom.js";

const speech = window.speechSynthesis;

/** A voice for English on this device; undefined when there is none. */
function localVoice() {
  return speech?.getVoices().find((voice) => voice.localService && /^en\b/i.test(voice.lang));
}

/** Shows the buttons exactly when there is a voice. */
export function offerVoices() {
  const silent = !localVoice();
  all("[data-do='speak']").forEach((button) => {
    button.hidden = silent || button.nextElementSibling.hidden === false;
  });
}

/** Reads `text` aloud; `button` stops it meanwhile. */
export function speak(text, button) {
  silence();
  const lines = text.split("\n").map((line) => new SpeechSynthesisUtterance(line));
  for (const line of lines) {
    line.voice = localVoice();
    line.lang = line.voice.lang;
    speech.speak(line);
  }
  lines.at(-1).addEventListener("end", () => showStop(button, false));
  showStop(button, true);
  button.nextElementSibling.focus();
}

/** Stops reading. */
export function silence() {
  speech?.cancel();
  for (const button of all("[data-do='silence']:not([hidden])")) {
    const hadFocus = button === document.activeElement;
    showStop(button.previousElementSibling, false);
    if (hadFocus) button.previousElementSibling.focus();
  }
}

function showStop(button, reading) {
  button.hidden = reading;
  button.nextElementSibling.hidden = !reading;
}

speech?.addEventListener?.("voiceschanged", offerVoices);
addEventListener("pagehide", silence);

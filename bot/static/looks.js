// Size of the text, contrast, light or dark, and the country whose numbers are shown.
"use strict";

import { refresh } from "./conversation.js";
import { all, one } from "./dom.js";
import { choose, memory } from "./memory.js";

const device = matchMedia("(prefers-color-scheme: dark)");

/** Makes the page look as chosen. */
export function applyLooks() {
  const { size, contrast, colours } = memory.looks;
  document.documentElement.style.fontSize = `${size}%`;
  document.documentElement.classList.toggle("strong", contrast === "strong");
  const dark = colours === "dark" || (colours === "device" && device.matches);
  document.body.classList.toggle("dark", dark);
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
  for (const place of all("#helplines [data-place]")) {
    place.hidden = Boolean(memory.country) && place.dataset.place !== memory.country;
  }
}

// Paper is white and shows the conversation, whatever the screen shows.
const FOR_SCREENS = ["dark", "reading"];
let putAway = [];

function putOnPaper() {
  if (!putAway.length) putAway = FOR_SCREENS.filter((name) => document.body.classList.contains(name));
  document.body.classList.remove(...FOR_SCREENS);
}

function putOnScreen() {
  document.body.classList.add(...putAway);
  putAway = [];
}

/** Ticks what is chosen, and follows what is ticked from now on. */
export function offerLooks() {
  memory.country ??= one("#parts").dataset.country;
  for (const radio of all("#looks input, #helplines input")) {
    radio.checked = radio.value === (memory.looks[radio.name] ?? memory.country);
    radio.addEventListener("change", () => {
      if (radio.name === "country") memory.country = radio.value;
      else memory.looks[radio.name] = radio.value;
      choose();
      applyLooks();
      if (radio.name === "country") refresh(); // replies on the page name its numbers, too
    });
  }
  // Gradio follows the device too, whatever was chosen; afterwards it is put right again.
  device.addEventListener("change", () => setTimeout(applyLooks));
  addEventListener("beforeprint", putOnPaper);
  addEventListener("afterprint", putOnScreen);
}

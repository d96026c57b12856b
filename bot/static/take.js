// The conversation as a clean page, to print or to save: made by the server, kept by nobody.
"use strict";

import { one, post, sentence } from "./dom.js";
import { memory } from "./memory.js";

async function cleanPage() {
  const told = one("#take .told");
  told.textContent = "";
  if (!memory.questions.length) return void (told.textContent = sentence("take-nothing"));
  const response = await post("page/appointment", {
    questions: memory.questions.slice(-200),
    country: memory.country,
  });
  if (response?.ok) return response.text();
  told.textContent = sentence("take-failed");
}

/** Prints the clean page, from a frame that nobody sees. */
export async function print() {
  const html = await cleanPage();
  if (!html) return;
  one("#paper")?.remove();
  const frame = document.createElement("iframe");
  frame.id = "paper";
  frame.title = one("#take h2").textContent;
  frame.tabIndex = -1;
  frame.setAttribute("aria-hidden", "true");
  frame.srcdoc = html;
  frame.addEventListener("load", () => frame.contentWindow.print());
  document.body.append(frame);
}

/** Saves the clean page as a file. */
export async function saveFile() {
  const html = await cleanPage();
  if (!html) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([html], { type: "text/html" }));
  link.download = `${sentence("filename")}-${new Date().toISOString().slice(0, 10)}.html`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// When a new question appears in the conversation, bring it to the top of the window, so that its
// answer is read from its first word. Gradio itself would scroll to the answer's end.
"use strict";

let shown = 0;

new MutationObserver(() => {
  const questions = document.querySelectorAll("#chat .user-row, #chat .user");
  if (questions.length > shown) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    questions[questions.length - 1].scrollIntoView({
      block: "start",
      behavior: calm ? "auto" : "smooth",
    });
  }
  shown = questions.length;
}).observe(document.documentElement, { childList: true, subtree: true });

// Before anything shows: the colours chosen last, so that a dark page does not begin white.
"use strict";

{
  let colours = "device";
  try {
    const here = history.state?.chat ?? {};
    const chosen = JSON.parse(localStorage.getItem("chosen-looks")) ?? {};
    colours = (here.looks ?? chosen.looks)?.colours ?? colours;
  } catch {
    // Nothing was kept.
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  if (colours === "dark" || (colours === "device" && dark)) {
    const style = document.createElement("style");
    style.id = "early";
    style.textContent = "html, body { background: #111918 !important; color-scheme: dark; }";
    document.head.append(style);
  }
}

"use strict";
(() => {
  const field = document.getElementById("q"), list = document.getElementById("vorschlaege");
  if (!field || !list || !window.fetch) return;
  let timer, asked = "";
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const typed = field.value.trim();
      if (typed.length < 2 || typed === asked) return;
      asked = typed;
      try {
        const words = await (await fetch("/beispiele/vorschlaege?q=" + encodeURIComponent(typed))).json();
        list.replaceChildren(...words.map((word) => Object.assign(document.createElement("option"), { value: word })));
      } catch { list.replaceChildren(); }
    }, 150);
  });
})();

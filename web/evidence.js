// Bring the first lit cell or sentence of each block into sight, inside its own box: the page
// itself must not jump under the reader.
const reveal = () => {
  for (const box of element.querySelectorAll(".wb-scroll")) {
    const lit = box.querySelector(".lit");
    if (!lit) continue;
    const outer = box.getBoundingClientRect();
    const inner = lit.getBoundingClientRect();
    box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
    box.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  }
};
const shown = () => {
  const panel = element.querySelector(".wb-evidence");
  if (panel) panel.scrollTop = 0;
  requestAnimationFrame(reveal);
};
shown();
watch("value", shown);
element.addEventListener("toggle", reveal, true);

element.addEventListener("click", async (event) => {
  const button = event.target.closest(".wb-copy");
  if (!button) return;
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // no clipboard outside a secure context (another host by http): the old way
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const label = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = label), 1500);
});

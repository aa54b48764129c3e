// The page's language, for screen readers, letter forms and the upload box.
const settle = () => {
  const head = element.querySelector("[data-language]");
  if (!head) return;
  const root = document.documentElement;
  root.lang = head.dataset.language;
  // the style sheet writes this into the upload box
  root.style.setProperty("--wb-drop", JSON.stringify(head.dataset.drop));
};
settle();
watch("value", settle);

// Gradio labels each message with its source, so that a screen reader would spell out our HTML.
const unlabel = () => {
  for (const message of document.querySelectorAll(
    '#wb-chat [data-testid="bot"][aria-label], #wb-chat [data-testid="user"][aria-label]',
  )) {
    message.removeAttribute("aria-label");
  }
};
new MutationObserver(unlabel).observe(document.body, {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: ["aria-label"],
});

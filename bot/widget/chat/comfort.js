// ---- What makes it easier to read: size of text, contrast, reading aloud, paper. Kept for next time. ----

const SIZES = ['normal', 'large', 'largest'];
const canSpeak = 'speechSynthesis' in window;

function applyComfort() {
  const { size = 'normal', contrast = false, aloud = false } = comfort.value ?? {};
  element.dataset.size = size;
  element.toggleAttribute('data-contrast', contrast);
  for (const [button, isOn] of [...sizeButtons.map((one) => [one, one.value === size]),
    [contrastButton, contrast], [aloudButton, aloud]]) {
    button.setAttribute('aria-pressed', String(isOn));
  }
  if (canSpeak && !aloud) speechSynthesis.cancel();
  fitBox();
}

function prefer(change) {
  comfort.set({ ...comfort.value, ...change });
  applyComfort();
}

const sizeButtons = SIZES.map((size) => {
  const button = makeButton('option', words(size), () => prefer({ size }));
  button.value = size;
  return button;
});
const contrastButton = makeButton('option', words('contrast'), () => prefer({ contrast: !comfort.value?.contrast }));
const aloudButton = makeButton('option', words('aloud'), () => prefer({ aloud: !comfort.value?.aloud }));
aloudButton.hidden = !canSpeak;

function readAloud(text) {
  if (!canSpeak || !comfort.value?.aloud) return;
  const speech = new SpeechSynthesisUtterance(text);
  speech.lang = 'en-US';
  speech.rate = 0.9;
  speechSynthesis.speak(speech);
}

/** Prints the conversation alone, without the page around it. */
function printTalk() {
  showOptions(false);
  const alone = new CSSStyleSheet();
  alone.replaceSync('@media print { body > :not(handrail-chat) { display: none !important } }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, alone];
  const restorePage = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== alone);
  };
  window.addEventListener('afterprint', restorePage, { once: true });
  window.print();
}

/** The conversation as a text file. */
function saveTalk() {
  const lines = [...log.children].map((node) => [...node.querySelectorAll('.who, .body')]
    .map((part) => part.innerText.trim()).join('\n'));
  const url = URL.createObjectURL(new Blob([`${lines.join('\n\n')}\n`], { type: 'text/plain' }));
  const link = make('a', '', '', { href: url, download: 'handrail.txt' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

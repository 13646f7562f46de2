// ---- Opening and closing, and what the clinic's page may use. ----

const NEUTRAL_PAGE = 'https://www.weather.gov/';
const LEAST_CONTRAST = 4.5; // WCAG 2.2, 1.4.3

function tellPage(event, detail = {}) {
  document.dispatchEvent(new CustomEvent(`handrail:${event}`, { detail }));
}

function open({ focus = true } = {}) {
  if (!panel.hidden) return;
  panel.hidden = false;
  launcher.hidden = true;
  launcher.setAttribute('aria-expanded', 'true');
  isOpen.set(true);
  fitBox();
  // On a touch screen the box would bring up the keyboard, over half of what is to be read.
  if (focus) (matchMedia('(pointer: coarse)').matches ? title : box).focus({ preventScroll: true });
  if (!started) started = begin();
  else keepListening();
  tellPage('open');
}

function close() {
  if (panel.hidden) return;
  panel.hidden = true;
  launcher.hidden = false;
  launcher.setAttribute('aria-expanded', 'false');
  isOpen.set(null);
  showOptions(false);
  stopListening();
  if (canSpeak) speechSynthesis.cancel();
  launcher.focus({ preventScroll: true });
  tellPage('close');
}

/** Asks in the person's name; the text is sent as if they had typed it. */
async function ask(text) {
  open();
  box.value = String(text).slice(0, 2000);
  await submit();
}

/** Away at once, to a page that tells nothing; what was said here is not shown to whoever comes back. */
function leaveFast() {
  forgetConversation();
  isOpen.set(null);
  log.replaceChildren();
  element.remove();
  location.replace(SCRIPT.dataset.exit || NEUTRAL_PAGE);
}

function luminance(hex) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The clinic's own color, if white on it can be read. */
function applyColor(color) {
  if (!color) return;
  if (/^#[0-9a-f]{6}$/i.test(color) && 1.05 / (luminance(color) + 0.05) >= LEAST_CONTRAST) {
    element.style.setProperty('--brand', color);
  } else {
    console.warn(`Handrail: data-color="${color}" is not used: give #rrggbb on which white can be read (4.5 to 1).`);
  }
}

function onKey(event) {
  if (event.key === 'Escape' && !viewer.open) {
    event.stopPropagation();
    if (!options.hidden) {
      showOptions(false);
      optionsButton.focus();
    } else close();
  }
}

function onBoxKey(event) {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (!event.repeat) submit();
}

/** A link or button of the page with `data-handrail-open`, or `data-handrail-ask="…"`, opens the chat. */
function onPageClick(event) {
  const from = event.target.closest?.('[data-handrail-open], [data-handrail-ask]');
  if (!from) return;
  event.preventDefault();
  if (from.dataset.handrailAsk) ask(from.dataset.handrailAsk);
  else open();
}

options.append(
  make('p', 'options-title', words('textSize')), make('div', 'options-row', sizeButtons),
  make('div', 'options-row', [contrastButton, aloudButton]),
  make('div', 'options-row', [makeButton('option', words('print'), printTalk),
    makeButton('option', words('save'), saveTalk)]),
  startOverRow,
  makeButton('option option-wide', '', leaveFast),
);
options.lastElementChild.append(make('strong', '', words('leave')), make('span', '', ` ${words('leaveMore')}`));

element.dataset.position = SCRIPT.dataset.position === 'left' ? 'left' : 'right';
applyColor(SCRIPT.dataset.color);
applyComfort();
box.value = draft.value ?? '';

root.addEventListener('click', ignoreSecondTap, true);
panel.addEventListener('keydown', onKey);
composer.addEventListener('submit', (event) => { event.preventDefault(); submit(); });
box.addEventListener('keydown', onBoxKey);
box.addEventListener('input', () => { fitBox(); draft.set(box.value || null); });
for (const moved of ['wheel', 'touchmove']) {
  scroller.addEventListener(moved, () => { reading = true; }, { passive: true });
}
scroller.addEventListener('scroll', showBelow, { passive: true });
const sizes = new ResizeObserver(showBelow);
for (const one of [scroller, log]) sizes.observe(one);
document.addEventListener('click', onPageClick);
document.addEventListener('visibilitychange', () => (document.hidden ? stopListening() : catchUp()));
window.addEventListener('online', catchUp);
window.addEventListener('storage', onOtherTab);

document.body.append(element);
window.Handrail = { open, close, ask };
if (isOpen.value && token.value) open({ focus: false });
tellPage('ready');

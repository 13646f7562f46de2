// ---- The launcher, the window and its options, inside a shadow root: neither page can break the other. ----

const ICON = ['M8 41h10v-8h10v-8h10v-8h3', 'M8 26 31 8c2-1.4 4-2 6-2h4'];

function drawIcon() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 48 48');
  svg.setAttribute('aria-hidden', 'true');
  for (const line of ICON) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', line);
    svg.append(path);
  }
  return svg;
}

const element = document.createElement('handrail-chat');
element.lang = LANGUAGE;
const root = element.attachShadow({ mode: 'open' });
// A constructed style sheet needs no leave of the page's content security policy.
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
root.adoptedStyleSheets = [sheet];

const launcher = makeButton('launcher', '', () => open(), { 'aria-expanded': 'false', 'aria-controls': 'panel' });
launcher.append(drawIcon(), make('span', '', words('launch')));

const optionsButton = makeButton('head-button', words('options'), () => showOptions(options.hidden),
  { 'aria-expanded': 'false', 'aria-controls': 'options' });
const closeButton = makeButton('head-button', words('close'), () => close());
const title = make('h2', 'title', words('title'), { id: 'title', tabindex: '-1' });
const head = make('div', 'head', [title, make('div', 'head-buttons', [optionsButton, closeButton])]);

const options = make('div', 'options', [], { id: 'options', role: 'group', 'aria-label': words('options') });
options.hidden = true;

const phoneLink = make('a', '', inLines(words('clinic')), { href: `tel:${CLINIC.tel}` });
const intro = make('p', 'intro', [make('span', '', `${words('intro')} `), phoneLink]);
const log = make('div', 'log', [], { role: 'log', 'aria-live': 'polite', tabindex: '0', 'aria-label': words('log') });
const scroller = make('div', 'scroller', [intro, log]);
const below = makeButton('below', words('below'), () => readOn());
below.hidden = true;

const status = make('p', 'status', '', { role: 'status' });
const under = make('div', 'under', [status, below]);
const alertBox = make('div', '', [], { role: 'alert' });
const again = makeButton('button', words('again'), () => tryAgain());
again.hidden = true;
const trouble = make('div', 'trouble', [alertBox, again]);

const box = make('textarea', '', '', { id: 'box', rows: '1', maxlength: '2000', autocomplete: 'off',
  enterkeyhint: 'send' });
const sendButton = make('button', 'button button-main', words('send'));
const composer = make('form', 'composer', [
  make('div', 'composer-top', [make('label', '', words('box'), { for: 'box' }),
    make('a', 'composer-911', words('emergency'), { href: 'tel:911' })]),
  make('div', 'composer-row', [box, sendButton]),
]);

const panel = make('section', 'panel', [head, options, scroller, under, trouble, composer],
  { id: 'panel', role: 'dialog', 'aria-labelledby': 'title' });
panel.hidden = true;
const viewer = make('dialog', 'viewer', [], { 'aria-labelledby': 'enlarged' });
root.append(launcher, panel, viewer);

/** The picture over the whole page; Esc or the button closes it. */
function enlarge(url, alt) {
  viewer.replaceChildren(make('img', '', '', { id: 'enlarged', alt, src: address(url) }),
    makeButton('button button-main', words('close'), () => viewer.close()));
  viewer.showModal();
}

function showOptions(wanted) {
  options.hidden = !wanted;
  optionsButton.setAttribute('aria-expanded', String(wanted));
}

const motion = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth');

/** Scrolls so that a message is read from its start. */
function reveal(node) {
  node?.scrollIntoView({ block: 'start', behavior: motion() });
}

const leftBelow = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
const isAtEnd = () => leftBelow() < 80;

/** On to the last message; when its start is above or in sight already, by a screenful. */
function readOn() {
  const [top, end] = [log.lastElementChild.getBoundingClientRect().top, scroller.getBoundingClientRect().bottom];
  if (top > end) reveal(log.lastElementChild);
  else scroller.scrollBy({ top: scroller.clientHeight * 0.8, behavior: motion() });
}

/** Says that there is more to read; a choice may stand there that nobody would look for. */
function showBelow() {
  const isOver = leftBelow() < 24;
  if (isOver && root.activeElement === below) log.focus({ preventScroll: true }); // the button is about to go
  below.hidden = isOver;
}

function fitBox() {
  box.rows = 1;
  const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(box);
  const height = box.scrollHeight - parseFloat(paddingTop) - parseFloat(paddingBottom);
  box.rows = Math.min(5, Math.max(1, Math.round(height / parseFloat(lineHeight)) || 1));
}

/** A hand that shakes taps twice, and the second tap may land on what has just appeared there. */
const SECOND_TAP_MS = 300;
let lastTap = -Infinity;

function ignoreSecondTap(event) {
  if (!event.target.closest('button, a, summary')) return;
  const tooSoon = event.timeStamp - lastTap < SECOND_TAP_MS;
  lastTap = event.timeStamp;
  if (!tooSoon) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

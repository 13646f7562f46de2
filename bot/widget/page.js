/**
 * The chat on the clinic's page: sends what a person writes or chooses to the chat API, and shows what comes back.
 * Whatever anybody said reaches the page through `textContent`: nothing of an answer is ever read as HTML.
 *
 * @typedef {{id: string, said: string, text?: string, payload?: string}} Turn
 *   What the person sends: typed `text`, or the `payload` of a choice; `said` is what the page shows for it.
 */

const TOKEN_KEY = 'handrail-token';
const URGENT_TOPICS = new Set(['emergency_medical', 'crisis_self_harm']);
const SPEAKERS = new Map([['person', 'You said'], ['assistant', 'Handrail said'], ['staff', 'Clinic staff said']]);
const NOTICES = new Map([['info', 'Please note'], ['warning', 'Important'], ['emergency', 'Get help now']]);
const SECOND_TAP_MS = 300;
const SHOW_WAITING_MS = 600;
const LONGEST_WAIT_MS = 35_000; // the server gives a turn up after 30 seconds
const MOST_LINES = 5;

const at = (id) => document.getElementById(`hr-${id}`);
const [log, status, trouble, alertBox, again] = ['log', 'status', 'trouble', 'alert', 'again'].map(at);
const [form, box, sendButton] = ['form', 'say', 'send'].map(at);
const [overAsk, overSure, overNo, overYes] = ['over-ask', 'over-sure', 'over-no', 'over-yes'].map(at);

let token = stored('getItem');
let busy = false;
let waitingTimer = 0;
let lastTap = -Infinity;
/** What "Try again" does, while it is shown. @type {(() => void) | null} */
let retry = null;
/** What was sent and has no answer yet. @type {Turn | null} */
let unanswered = null;

// ---- The API ----

/** A call that did not succeed; `code` is the HTTP status, or 0 when the server was not reached. */
class Refused extends Error {
  constructor(code, sentence = '') {
    super(sentence);
    this.code = code;
    this.passing = code < 400 || [408, 409, 425, 429].includes(code) || code >= 500;
  }
}

/** A browser that may keep nothing throws here; the conversation then lasts until the page is left. */
function stored(method, ...value) {
  try {
    return sessionStorage[method](TOKEN_KEY, ...value);
  } catch {
    return null;
  }
}

function keepToken(value) {
  token = value;
  if (value) stored('setItem', value);
  else stored('removeItem');
}

async function call(method, path, body) {
  const headers = { Accept: 'application/json' };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers['Content-Type'] = 'application/json';
  const signal = AbortSignal.timeout?.(LONGEST_WAIT_MS);
  const sent = { method, headers, body: body && JSON.stringify(body), cache: 'no-store', signal };
  const response = await fetch(`/chat/${path}`, sent).catch(() => { throw new Refused(0); });
  const answer = response.status === 204 ? {} : await response.json().catch(() => null);
  if (response.ok && answer) return answer;
  throw new Refused(response.ok ? 0 : response.status, answer?.error?.message);
}

/** A UUID; `randomUUID` is missing on plain http, which a clinic's own network may use. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

// ---- Drawing a message ----

/** @param {string | Array<Node | false | undefined>} content  Plain text, or the children. */
function make(tag, className, content = '') {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (Array.isArray(content)) node.append(...content.filter(Boolean));
  else node.textContent = content;
  return node;
}

function drawLink({ title, url }, className) {
  if (!/^(tel:|https:\/\/|\/chat\/)/i.test(url)) return make('span', '', `${title}: ${url}`);
  const link = make('a', className, title);
  link.href = url;
  link.rel = 'noreferrer';
  return link;
}

function drawStep(block) {
  const place = `Step ${block.index} of ${block.of}`;
  const bar = make('progress');
  bar.max = block.of;
  bar.value = block.index;
  bar.setAttribute('aria-label', place);
  return make('div', 'step', [make('p', 'step-title', block.title), make('p', 'step-place', place), bar,
    block.who === 'caregiver' && make('p', 'step-who', 'For the caregiver'), make('p', 'step-text', block.text)]);
}

function drawImage({ url, alt }) {
  const inWords = () => make('p', 'picture-words', `Picture: ${alt}`);
  if (!url.startsWith('/chat/')) return inWords(); // the page may load from its own server only
  const picture = make('img', 'picture');
  picture.alt = alt;
  picture.addEventListener('error', () => picture.replaceWith(inWords()));
  picture.src = url;
  return picture;
}

function drawNotice({ level, text }) {
  const label = make('p', 'notice-label', NOTICES.get(level) ?? NOTICES.get('info'));
  return make('div', `notice notice-${NOTICES.has(level) ? level : 'info'}`, [label, make('p', 'notice-text', text)]);
}

const DRAW = new Map(Object.entries({
  text: (block) => make('p', '', block.text),
  list: (block) => make('ul', '', block.items.map((item) => make('li', '', item))),
  link: (block) => make('p', 'link', [drawLink(block)]),
  steps: drawStep,
  image: drawImage,
  notice: drawNotice,
}));

/** The blocks in order, except that in an emergency the numbers to call stand in its card, behind its first line. */
function drawBlocks(blocks) {
  const drawn = [];
  let emergency = null;
  for (const block of blocks) {
    if (emergency && block.type === 'link' && /^tel:/i.test(block.url)) {
      emergency.append(drawLink(block, 'button button-call'));
      continue;
    }
    const node = (DRAW.get(block.type) ?? DRAW.get('text'))(block);
    if (block.type === 'notice' && block.level === 'emergency') emergency = node;
    drawn.push(node);
  }
  return drawn;
}

function drawChoice({ title, payload }) {
  const button = make('button', 'button', title);
  button.type = 'button';
  button.addEventListener('click', () => busy || deliver({ id: newId(), said: title, payload }));
  return button;
}

function drawMessage({ id, sender, blocks, buttons = [], sources = [] }) {
  const speaker = SPEAKERS.has(sender) ? sender : 'assistant';
  const sourceList = make('ul', '', sources.map((source) => make('li', '', [drawLink(source)])));
  const details = make('details', 'sources', [make('summary', '', 'Who says so?'), sourceList]);
  const choices = make('div', 'choices', buttons.map(drawChoice));
  choices.setAttribute('role', 'group');
  choices.setAttribute('aria-label', 'Choices');
  const body = make('div', 'body', [...drawBlocks(blocks), sources.length > 0 && details]);
  const node = make('div', `message from-${speaker}`,
    [make('p', 'who', SPEAKERS.get(speaker)), body, buttons.length > 0 && choices]);
  node.dataset.id = id;
  return node;
}

// ---- What the page shows ----

const find = (id) => [...log.children].find((node) => node.dataset.id === id);

/** Adds messages at the end, each once. */
function show(messages) {
  for (const message of messages.filter(({ id }) => !find(id))) {
    const node = drawMessage(message);
    // The alert region reads an emergency out at once; the log must not read it a second time.
    if (URGENT_TOPICS.has(message.topic)) node.setAttribute('aria-live', 'off');
    log.append(node);
  }
}

function showNew(messages) {
  show(messages);
  const urgent = messages.filter(({ topic }) => URGENT_TOPICS.has(topic)).map(({ text }) => text);
  // The conversation shows it as a card already, so here only screen readers need it.
  if (urgent.length) alertBox.replaceChildren(make('p', 'for-screen-readers', urgent.join('\n\n')));
}

/** Puts a sentence into the alert region, with a "Try again" button when there is something to do again. */
function tell(sentence, action = null) {
  alertBox.replaceChildren(...(sentence ? [make('p', '', sentence)] : []));
  retry = action;
  again.hidden = !action;
  if (sentence) reveal(trouble, 'center');
}

function reveal(node, block) {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  node.scrollIntoView({ block, behavior: still ? 'auto' : 'smooth' });
}

function setBusy(value) {
  busy = value;
  clearTimeout(waitingTimer);
  status.textContent = '';
  // A quick answer needs no word before it: a screen reader would read it out each time.
  if (value) waitingTimer = setTimeout(() => { status.textContent = 'Handrail is answering…'; }, SHOW_WAITING_MS);
  for (const button of [sendButton, overYes, ...log.querySelectorAll('.choices button')]) {
    button.setAttribute('aria-disabled', String(value));
  }
}

function sentenceFor({ code, message }) {
  if (message) return message;
  if (code === 429) return 'That was a lot at once. Please wait a minute, then try again.';
  const phone = at('phone').textContent;
  if (code === 0) return `Handrail could not be reached. Check your internet, then try again, or call ${phone}.`;
  return `Handrail cannot answer this right now. Please try again, or call ${phone}.`;
}

/** Does one thing, and tells when it went wrong; `anew` is what "Try again" then does. */
async function attempt(action, anew) {
  tell('');
  setBusy(true);
  try {
    await action();
  } catch (problem) {
    const refused = problem instanceof Refused ? problem : new Refused(500);
    if (refused !== problem) console.error(problem);
    const said = find(unanswered?.id);
    said?.classList.add('is-unsent');
    if (!refused.passing) said?.remove();
    tell(sentenceFor(refused), refused.passing ? anew : null);
  } finally {
    setBusy(false);
  }
}

// ---- Sessions ----

async function openSession() {
  keepToken(null);
  const session = await call('POST', 'sessions', { language: document.documentElement.lang });
  keepToken(session.token);
  unanswered = null;
  log.replaceChildren();
  showNew(session.messages);
}

/** Shows the earlier conversation, and does not have all of it read out again. */
async function restore() {
  const { messages } = await call('GET', 'messages');
  log.setAttribute('aria-live', 'off');
  log.replaceChildren();
  show(messages);
  setTimeout(() => log.setAttribute('aria-live', 'polite'), 1000);
  if (messages.some(({ sender }) => sender === 'person')) log.lastElementChild.scrollIntoView();
}

/** Runs `action`; when its session is over, opens a new one and says so. */
async function inSession(action) {
  try {
    await action();
  } catch (problem) {
    if (problem.code !== 401) throw problem;
    await openSession();
    const kept = box.value.trim() ? ' What you wrote is still in the box.' : '';
    tell(`Your earlier conversation has ended. This is a new one.${kept}`);
  }
}

const begin = () => attempt(token ? () => inSession(restore) : openSession, begin);

function startOver() {
  if (busy) return;
  askToStartOver(false);
  log.focus({ preventScroll: true }); // not the text box: that would open a phone's keyboard
  attempt(async () => {
    if (token) await call('DELETE', 'sessions').catch((problem) => { if (problem.code !== 401) throw problem; });
    box.value = '';
    fitBox();
    await openSession();
    reveal(log, 'start');
  }, startOver);
}

function askToStartOver(asking) {
  overAsk.hidden = asking;
  overSure.hidden = !asking;
  (asking ? overNo : overAsk).focus();
}

// ---- Sending ----

/** @param {Turn} turn  Sent again it keeps its id, so that the server does nothing twice. */
function deliver(turn) {
  return attempt(() => inSession(async () => {
    unanswered = turn;
    show([{ id: turn.id, sender: 'person', blocks: [{ type: 'text', text: turn.said }] }]);
    const said = find(turn.id);
    said.classList.remove('is-unsent');
    reveal(said, 'start');
    const { id, text, payload } = turn;
    const { messages } = await call('POST', 'messages', { id, text, payload });
    unanswered = null;
    if (text) forgetTyped(text);
    showNew(messages);
    reveal(said, 'start'); // an answer is read from its start
  }), () => deliver(turn));
}

/** Takes what was answered out of the box, and leaves what has been typed since. */
function forgetTyped(text) {
  const typed = box.value.trimStart();
  if (typed.startsWith(text)) box.value = typed.slice(text.length).trimStart();
  fitBox();
}

async function submit() {
  box.focus({ preventScroll: true });
  await started;
  if (!token && !busy) await begin();
  const text = box.value.trim();
  if (busy || !token) return;
  if (!text) tell('Please type your message first.');
  else deliver(unanswered?.text === text ? unanswered : { id: newId(), said: text, text });
}

function tryAgain() {
  const action = retry;
  (unanswered?.text ? box : log).focus({ preventScroll: true }); // this button is about to go
  action?.();
}

function fitBox() {
  box.rows = 1;
  const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(box);
  const height = box.scrollHeight - parseFloat(paddingTop) - parseFloat(paddingBottom);
  box.rows = Math.min(MOST_LINES, Math.max(1, Math.round(height / parseFloat(lineHeight))));
}

function onKey(event) {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (!event.repeat) submit();
}

/** A hand that shakes taps twice, and the second tap may land on what has just appeared there. */
function ignoreSecondTap(event) {
  if (!event.target.closest('button, a, summary')) return;
  const tooSoon = event.timeStamp - lastTap < SECOND_TAP_MS;
  lastTap = event.timeStamp;
  if (!tooSoon) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

document.addEventListener('click', ignoreSecondTap, true);
form.addEventListener('submit', (event) => { event.preventDefault(); submit(); });
box.addEventListener('keydown', onKey);
box.addEventListener('input', fitBox);
again.addEventListener('click', tryAgain);
overAsk.addEventListener('click', () => askToStartOver(true));
overNo.addEventListener('click', () => askToStartOver(false));
overYes.addEventListener('click', startOver);
overSure.addEventListener('keydown', (event) => event.key === 'Escape' && askToStartOver(false));

at('talk').hidden = false;
at('over').hidden = false;
fitBox(); // the browser may have kept what was typed before a reload
const started = begin();

// ---- The conversation: what is sent, what comes back, other tabs, lost connections. ----

const URGENT = ['emergency_medical', 'crisis_self_harm'];
const SHOW_WAITING_MS = 600;
const LONGEST_PAUSE_MS = 30000;

let started = null;
let busy = false;
let waitingTimer = 0;
/** What "Try again" does, while it is shown. @type {(() => void) | null} */
let retry = null;
/** How often in a row the server was not reached. */
let lostTries = 0;
let lostTimer = 0;
/** Whether the person has scrolled since they sent something: what they read then stays in sight. */
let reading = false;
/** @type {AbortController | null} */
let listening = null;

const find = (id) => [...log.children].find((node) => node.dataset.id === id);
const lastId = () => [...log.children].filter((node) => !node.matches('.is-unsent')).pop()?.dataset.id;

// ---- Showing ----

/** Adds messages at the end, each once; gives back those that are new. */
function show(messages) {
  const fresh = messages.filter(({ id }) => !find(id));
  for (const message of fresh) {
    const node = drawMessage(message, { choose, rate });
    // The alert region reads an emergency out at once; the log must not read it a second time.
    if (URGENT.includes(message.topic)) node.setAttribute('aria-live', 'off');
    log.append(node);
  }
  return fresh;
}

/** @param {HTMLElement} [said]  What the person said, when this answers it. */
function showNew(messages, said) {
  const [isFirst, wasAtEnd] = [!log.children.length, isAtEnd()];
  const fresh = show(messages);
  if (!fresh.length) return;
  newest.set(fresh[fresh.length - 1].id);
  const urgent = fresh.filter(({ topic }) => URGENT.includes(topic));
  // The conversation shows it as a card already, so here only screen readers need it.
  if (urgent.length) alertBox.replaceChildren(make('p', 'for-screen-readers', urgent.map(({ text }) => text).join('\n\n')));
  if (urgent.length) reveal(find(urgent[0].id));
  else if (said ? !reading : wasAtEnd && !isFirst) reveal(startOf(fresh, said));
  for (const { sender, topic, text } of fresh) {
    if (sender === 'person') continue;
    readAloud(text);
    tellPage('answer', { topic });
  }
}

/** Where reading goes on; a step with its picture and its buttons needs the whole window. */
function startOf(fresh, said) {
  const first = find(fresh[0].id);
  return first.matches('.has-step') ? first : said ?? first;
}

/** Puts a sentence into the alert region, with a "Try again" button when there is something to do again. */
function tell(sentence, action = null) {
  alertBox.replaceChildren(...(sentence ? [make('p', '', sentence)] : []));
  retry = action;
  again.hidden = !action;
}

function setBusy(value) {
  busy = value;
  clearTimeout(waitingTimer);
  if (status.textContent === words('answering')) status.textContent = '';
  // A quick answer needs no word before it: a screen reader would read it out each time.
  const wait = () => { if (!lostTries) status.textContent = words('answering'); };
  if (value) waitingTimer = setTimeout(wait, SHOW_WAITING_MS);
  for (const button of [sendButton, ...log.querySelectorAll('.choices button')]) {
    button.setAttribute('aria-disabled', String(value));
  }
}

// ---- Doing one thing, whatever goes wrong ----

/** Does one thing, and tells when it went wrong; `anew` is what "Try again" then does. */
async function attempt(action, anew) {
  clearTimeout(lostTimer);
  if (!lostTries) tell('');
  setBusy(true);
  try {
    await action();
    if (lostTries) foundAgain();
  } catch (problem) {
    failed(problem, anew);
  } finally {
    setBusy(false);
  }
}

function failed(problem, anew) {
  const refused = problem instanceof Refused ? problem : new Refused(500);
  if (refused !== problem) console.error(problem);
  const said = find(unanswered.value?.id);
  said?.classList.add('is-unsent');
  if (refused.code === 0) {
    lost(anew);
    return;
  }
  lostTries = 0;
  if (!refused.passing) {
    said?.remove();
    unanswered.set(null);
  }
  const sentence = refused.message || words(refused.code === 429 ? 'hurry' : 'failed');
  tell(sentence, refused.passing ? anew : null);
}

/** The server was not reached: that is said once, and tried again by itself, ever more slowly. */
function lost(anew) {
  if (!lostTries) {
    status.textContent = words('connecting');
    tell(words('offline'), anew);
    reveal(find(unanswered.value?.id)); // the sentence has taken some of its room
  }
  retry = anew;
  lostTries += 1;
  lostTimer = setTimeout(() => busy || anew(), Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** lostTries));
}

function foundAgain() {
  lostTries = 0;
  tell('');
  status.textContent = words('connected');
}

function tryAgain() {
  const action = retry;
  (unanswered.value?.text ? box : log).focus({ preventScroll: true }); // this button is about to go
  if (!busy) action?.();
}

// ---- Sessions ----

async function openSession() {
  token.set(null);
  const session = await call('POST', 'sessions', { language: LANGUAGE });
  token.set(session.token);
  unanswered.set(null);
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
    tell([words('ended'), box.value.trim() && words('kept')].join(' ').trim());
  }
}

async function begin() {
  await attempt(() => (token.read() ? inSession(restore) : openSession()), begin);
  if (unanswered.read() && !lostTries) await deliver(unanswered.value); // sent before the page was left
  keepListening();
}

async function deleteTalk() {
  if (token.value) await call('DELETE', 'sessions').catch((problem) => { if (problem.code !== 401) throw problem; });
  forgetConversation();
  log.replaceChildren();
  box.value = '';
  fitBox();
}

function startOver() {
  askToStartOver(false);
  showOptions(false);
  log.focus({ preventScroll: true }); // not the text box: that would open a phone's keyboard
  attempt(async () => { await deleteTalk(); await openSession(); }, startOver);
}

const startOverAsk = makeButton('option option-wide', '', () => askToStartOver(true));
startOverAsk.append(make('strong', '', words('startOver')), make('span', '', ` ${words('startOverMore')}`));
const startOverNo = makeButton('button', words('keepIt'), () => askToStartOver(false));
const startOverSure = make('div', 'sure', [make('p', '', words('sure')), make('div', 'choices', [startOverNo,
  makeButton('button button-danger', words('deleteIt'), () => busy || startOver())])],
{ role: 'group', 'aria-label': words('startOver') });
startOverSure.hidden = true;
const startOverRow = make('div', '', [startOverAsk, startOverSure]);

function askToStartOver(asking) {
  startOverAsk.hidden = asking;
  startOverSure.hidden = !asking;
  (asking ? startOverNo : startOverAsk).focus();
}

// ---- Sending ----

/** A turn sent again keeps its id, so that the server does nothing twice. */
function deliver(turn) {
  return attempt(() => inSession(async () => {
    const { id, said, text, payload } = turn;
    unanswered.set(turn);
    show([{ id, sender: 'person', blocks: [{ type: 'text', text: said }] }]);
    const node = find(id);
    node.classList.remove('is-unsent');
    if (!lostTries) reveal(node);
    reading = false;
    const { messages } = await call('POST', 'messages', { id, text, payload });
    unanswered.set(null);
    if (text) forgetTyped(text);
    showNew(messages, node);
  }), () => deliver(turn));
}

function choose({ title, payload }) {
  if (!busy) deliver({ id: newId(), said: title, payload });
}

async function rate(messageId, helpful) {
  await call('POST', 'feedback', { message_id: messageId, helpful }).catch(() => {});
}

/** Takes what was answered out of the box, and leaves what has been typed since. */
function forgetTyped(text) {
  const typed = box.value.trimStart();
  if (typed.startsWith(text)) box.value = typed.slice(text.length).trimStart();
  draft.set(box.value || null);
  fitBox();
}

async function submit() {
  await started;
  if (!token.value && !busy) await begin();
  const text = box.value.trim();
  if (busy || !token.value) return;
  const waiting = unanswered.value;
  if (!text) tell(words('empty'));
  else await deliver(waiting?.text === text ? waiting : { id: newId(), said: text, text });
}

// ---- What comes without being asked for, and what other tabs do ----

async function keepListening() {
  if (listening || panel.hidden || document.hidden || !token.value) return;
  const stop = new AbortController();
  listening = stop;
  for (let pause = 3000; !stop.signal.aborted; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      await listen(lastId(), stop.signal, (message) => { pause = 3000; showNew([message]); });
    } catch (problem) {
      if (problem.code >= 400 && problem.code < 500 && problem.code !== 429) break; // not offered, or over
    }
    await new Promise((resolve) => { setTimeout(resolve, pause); });
  }
  if (listening === stop) listening = null;
}

function stopListening() {
  listening?.abort();
  listening = null;
}

/** After sleep, a lost connection or another tab's turn: what is missing is fetched. */
async function catchUp() {
  if (panel.hidden || !token.value || busy) return;
  if (retry) {
    retry();
    return;
  }
  const { messages } = await call('GET', `messages?after=${lastId() ?? ''}`).catch(() => ({ messages: [] }));
  showNew(messages);
  keepListening();
}

function onOtherTab({ key }) {
  if (key === 'handrail-newest') catchUp();
  if (key !== 'handrail-token') return;
  token.read();
  log.replaceChildren();
  if (!token.value) close();
  else if (!panel.hidden) started = begin();
}

// ---- Drawing a message. Whatever anybody said is set as text: nothing of it is ever read as HTML. ----

const NEVER_BROKEN = /((?:[A-Z0-9]{3,4}-)+[A-Z0-9]{4})/; // a phone number, a reference
const SPEAKERS = ['person', 'assistant', 'staff'];
const NOTICES = { info: 'info', warning: 'warning', emergency: 'danger' };
const WORDS_AT_ONCE = 70;

/**
 * An element with a class and plain text, or children.
 * @param {string | Array<Node | string | false | undefined>} content
 */
function make(tag, className, content = '', attributes = {}) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (Array.isArray(content)) node.append(...content.filter(Boolean));
  else node.textContent = content;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function makeButton(className, title, onClick, attributes = {}) {
  const button = make('button', className, title, { type: 'button', ...attributes });
  button.addEventListener('click', onClick);
  return button;
}

/** Words in which no phone number and no reference is broken over two lines. */
const inLines = (text) => text.split(NEVER_BROKEN).map((part, at) => (at % 2 ? make('span', 'unbroken', part) : part));

/** An address of the server for what it calls `/chat/…`; other addresses stay as they are. */
const address = (url) => (url.startsWith('/chat/') ? SERVER + url : url);

function drawLink({ title, url }, className) {
  if (!/^(tel:|https:\/\/|\/chat\/)/i.test(url)) return make('span', '', `${title}: ${url}`);
  const away = url.startsWith('tel:') ? {} : { target: '_blank' };
  return make('a', className, title, { href: address(url), rel: 'noopener noreferrer', ...away });
}

function drawStep(block) {
  const place = words('step', block);
  const bar = make('progress', '', '', { max: block.of, 'aria-label': place });
  bar.value = block.index;
  return make('div', 'step', [make('p', 'step-title', block.title), make('p', 'step-place', place), bar,
    block.who === 'caregiver' && make('p', 'step-who', words('forCaregiver')), make('p', 'step-text', inLines(block.text))]);
}

/** A picture that a tap enlarges; in words when it cannot be shown. */
function drawImage({ url, alt }) {
  const inWords = () => make('p', 'picture-words', words('picture', { alt }));
  if (!url.startsWith('/chat/')) return inWords(); // pictures come from the clinic's own server only
  const picture = make('img', 'picture', '', { alt, src: address(url), width: 320, height: 240 });
  const button = makeButton('picture-button', '', () => enlarge(url, alt), { 'aria-label': words('enlarge', { alt }) });
  button.append(picture);
  picture.addEventListener('error', () => button.replaceWith(inWords()));
  return button;
}

function drawNotice({ level, text }) {
  const kind = NOTICES[level] ? level : 'info';
  const label = make('p', 'notice-label', words(NOTICES[kind]));
  return make('div', `notice notice-${kind}`, [label, make('p', 'notice-text', inLines(text))]);
}

const DRAW = {
  text: (block) => make('p', '', inLines(block.text)),
  list: (block) => make('ul', '', block.items.map((item) => make('li', '', inLines(item)))),
  link: (block) => make('p', 'link', [drawLink(block)]),
  steps: drawStep,
  image: drawImage,
  notice: drawNotice,
};

/** The blocks in order, except that the numbers to call in an emergency stand on top of its card. */
function drawBlocks(blocks) {
  const drawn = blocks.map((block) => (DRAW[block.type] ?? DRAW.text)(block));
  const card = drawn.find((node) => node.matches('.notice-emergency'));
  if (!card) return drawn;
  const isCall = ({ type, url }) => type === 'link' && /^tel:/i.test(url);
  card.firstChild.after(...blocks.filter(isCall).map((block) => drawLink(block, 'button button-call')));
  return drawn.filter((_, at) => !isCall(blocks[at]));
}

/** Keeps what is too much at once behind a "More" button; what warns of something is never cut. */
function paced(nodes) {
  let read = 0;
  const end = nodes.findIndex((node) => {
    read += node.textContent.split(/\s+/).length;
    return read > WORDS_AT_ONCE;
  });
  if (end < 1 || nodes.some((node) => node.matches('.notice'))) return nodes;
  const rest = nodes.slice(end);
  const more = makeButton('button', words('more'), () => {
    rest[0].tabIndex = -1;
    more.replaceWith(...rest);
    rest[0].focus();
  });
  return [...nodes.slice(0, end), more];
}

/**
 * One message as a node.
 * @param {{choose: Function, rate: Function}} answer  What a choice and a "did this help?" do.
 */
function drawMessage({ id, sender, blocks, buttons = [], sources = [], topic, feedback }, { choose, rate }) {
  const speaker = SPEAKERS.includes(sender) ? sender : 'assistant';
  const list = make('ul', '', sources.map((source) => make('li', '', [drawLink(source)])));
  const details = make('details', 'sources', [make('summary', '', words('sources')), list]);
  const choices = make('div', 'choices', buttons.map((one) => makeButton('button', one.title, () => choose(one))),
    { role: 'group', 'aria-label': words('choices') });
  // What must be known before the first step of a guide is never kept back.
  const parts = topic === 'equipment_how_to' ? drawBlocks(blocks) : paced(drawBlocks(blocks));
  const body = make('div', 'body', [...parts, sources.length > 0 && details]);
  const node = make('div', `message from-${speaker}`, [make('p', 'who', words(speaker)), body,
    buttons.length > 0 && choices, feedback && drawFeedback(id, rate)], { lang: sender === 'person' ? '' : 'en' });
  if (blocks.some(({ type }) => type === 'steps')) node.classList.add('has-step');
  node.dataset.id = id;
  return node;
}

function drawFeedback(id, rate) {
  const question = make('span', '', words('helped'));
  const answer = (helpful) => async () => {
    await rate(id, helpful);
    row.replaceChildren(make('span', '', words(helpful ? 'thanks' : 'thanksNo')));
  };
  const row = make('div', 'feedback', [question, makeButton('feedback-button', words('yes'), answer(true)),
    makeButton('feedback-button', words('no'), answer(false))], { role: 'group', 'aria-label': words('helped') });
  return row;
}

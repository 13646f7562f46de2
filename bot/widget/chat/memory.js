// ---- What the browser keeps, so that a reload, another page of the site or a lost connection loses nothing. ----

/** A browser that may keep nothing throws; the conversation then lasts until the page is left. */
function kept(store, key, value) {
  try {
    const at = window[store];
    if (value === undefined) return JSON.parse(at.getItem(`handrail-${key}`));
    if (value === null) at.removeItem(`handrail-${key}`);
    else at.setItem(`handrail-${key}`, JSON.stringify(value));
  } catch { /* nothing is kept */ }
  return null;
}

/** One value that outlives the page: `local` for all tabs, `session` for this tab. */
class Kept {
  constructor(key, store = 'localStorage') {
    this.key = key;
    this.store = store;
    this.value = kept(store, key);
  }

  set(value) {
    this.value = value;
    kept(this.store, this.key, value);
  }

  read() {
    this.value = kept(this.store, this.key);
    return this.value;
  }
}

const token = new Kept('token');
/** What was sent and has no answer yet: {id, said, text} or {id, said, payload}. */
const unanswered = new Kept('unanswered');
/** The last message that some tab has seen; its change tells the other tabs to look. */
const newest = new Kept('newest');
const draft = new Kept('draft', 'sessionStorage');
const isOpen = new Kept('open', 'sessionStorage');
const comfort = new Kept('comfort');

/** Nothing of the conversation stays in this browser. */
function forgetConversation() {
  for (const one of [token, unanswered, newest, draft]) one.set(null);
}

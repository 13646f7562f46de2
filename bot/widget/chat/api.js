// ---- The chat API ----

const LONGEST_WAIT_MS = 35000; // the server gives a turn up after 30 seconds
const QUIET_MS = 60000; // the server sends a sign of life at least this often

/** A call that did not succeed; `code` is the HTTP status, or 0 when the server was not reached. */
class Refused extends Error {
  constructor(code, sentence = '') {
    super(sentence);
    this.code = code;
    this.passing = code < 400 || [408, 409, 425, 429].includes(code) || code >= 500;
  }
}

function request(method, path, body, signal) {
  const headers = { Accept: 'application/json' };
  if (token.value) headers.Authorization = `Bearer ${token.value}`;
  if (body) headers['Content-Type'] = 'application/json';
  const sent = { method, headers, body: body && JSON.stringify(body), cache: 'no-store', signal };
  return fetch(`${SERVER}/chat/${path}`, sent).catch(() => { throw new Refused(0); });
}

async function call(method, path, body) {
  const response = await request(method, path, body, AbortSignal.timeout?.(LONGEST_WAIT_MS));
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

/**
 * Hands over each message that comes without being asked for, until `stop` is aborted or the stream ends.
 * (EventSource cannot send the session's token.)
 */
async function listen(after, stop, hear) {
  const response = await request('GET', `events?after=${encodeURIComponent(after ?? '')}`, undefined, stop);
  if (!response.ok) throw new Refused(response.status);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await withinTime(reader.read());
    if (done) return;
    text += value.replace(/\r\n?/g, '\n');
    const events = text.split('\n\n');
    text = events.pop();
    for (const event of events) {
      const data = event.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trim());
      if (data.length) hear(JSON.parse(data.join('\n')));
    }
  }
}

/** A connection that has died says nothing at all. */
function withinTime(promise) {
  let timer;
  const silence = new Promise((_, reject) => { timer = setTimeout(() => reject(new Refused(0)), QUIET_MS); });
  return Promise.race([promise, silence]).finally(() => clearTimeout(timer));
}

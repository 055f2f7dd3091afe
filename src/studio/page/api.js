// Requests to the server that this page came from. The token of the tab lives in memory
// only; a tab that is loaded again asks for a new one with its cookie.

let token = '';

export class ApiError extends Error {
  constructor(status, body) {
    super(body.error ?? `the server answered ${status}`);
    this.status = status;
    this.code = body.code;
    this.detail = body.detail;
    this.hint = body.hint;
  }
}

function send(path, body) {
  return fetch(path, {
    method: 'POST',
    headers: {'content-type': 'application/json', 'x-studio-token': token},
    body: JSON.stringify(body),
  }).catch(() => {
    throw new ApiError(0, {error: 'Tidemark Studio does not answer',
      hint: 'Is `tidemark studio` still running in its terminal?'});
  });
}

/** Throws ApiError. Where this tab's session has ended the browser may have a new one, by a link opened elsewhere. */
export async function call(name, body = {}) {
  let response = await send(`/api/${name}`, body);
  if (response.status === 401 && name !== 'session') {
    token = (await call('session', {})).token;
    response = await send(`/api/${name}`, body);
  }
  const answer = await response.json();
  if (!response.ok) throw new ApiError(response.status, answer);
  return answer;
}

const linkHere = () => new URLSearchParams(location.hash.slice(1)).get('t');

export function hasLink() {
  return Boolean(linkHere());
}

/** Opens the session with the link's secret, which is taken out of the address at once; there `place` comes instead. */
export async function openSession(place = '/') {
  const link = linkHere();
  if (link) history.replaceState(null, '', place);
  try {
    token = (await call('session', link ? {link} : {})).token;
  } catch (error) {
    // The browser may have a session already, and the link was only clicked again.
    if (!link || error.status !== 401) throw error;
    token = (await call('session', {}).catch(() => { throw error; })).token;
  }
}

/** Calls `each` with every line of an answer as it comes. */
export async function stream(name, body, each) {
  const response = await send(`/api/${name}`, body);
  if (!response.ok) throw new ApiError(response.status, await response.json());
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const {value, done} = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    for (const line of lines) if (line) each(JSON.parse(line));
  }
}

export function download(path) {
  const link = document.createElement('a');
  link.href = path;
  link.download = '';
  link.click();
}

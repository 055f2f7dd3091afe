// Where one is, in the address: links and the back button work.

export function here() {
  try {
    return JSON.parse(decodeURIComponent(location.hash.slice(1)) || '{}');
  } catch {
    return {};
  }
}

export function go(state, {quiet = false} = {}) {
  const lean = Object.fromEntries(Object.entries(state).filter(([, value]) =>
    value !== undefined && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0)));
  const hash = `#${encodeURIComponent(JSON.stringify(lean))}`;
  if (quiet) history.replaceState(null, '', hash);
  else location.hash = hash;
}

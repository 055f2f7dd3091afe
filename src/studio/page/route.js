// Where one is, in the address: links and the back button work.

export function here() {
  try {
    const state = JSON.parse(decodeURIComponent(location.hash.slice(1)) || '{}');
    return state !== null && typeof state === 'object' ? state : {};
  } catch {
    return {};
  }
}

const listOf = (value) => (Array.isArray(value) ? value : []).filter((one) => one !== null && typeof one === 'object');

/** The filters and the order that a state names; anybody may have written it. */
export function selectionOf({filters, any, where, sorts}) {
  const whole = (one) => one.filters === undefined ? {...one, values: Array.isArray(one.values) ? one.values.map(String) : undefined}
    : {any: Boolean(one.any), filters: listOf(one.filters).map(whole)};
  return {filters: listOf(filters).map(whole), any: Boolean(any), where: typeof where === 'string' ? where : '', sorts: listOf(sorts)};
}

/** @param how 'push': another place to come back to, which this view shows by itself; 'replace': the same place */
export function go(state, how = 'show') {
  const lean = Object.fromEntries(Object.entries(state).filter(([, value]) =>
    value !== undefined && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0)));
  const hash = `#${encodeURIComponent(JSON.stringify(lean))}`;
  if (how === 'show') location.hash = hash;
  else history[`${how}State`](null, '', hash);
}

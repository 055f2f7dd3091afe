// A calendar and a clock beside a moment, which stays the text that it is: what is picked
// changes date and time, and neither a zone nor a fraction is lost on the way.
import {h} from './dom.js';

const PARTS = /^(\d{4}-\d\d-\d\d)?[ T]?(\d\d:\d\d(?::\d\d)?(?:\.\d+)?)?\s*(Z|[+-]\d\d(?::?\d\d){0,2})?$/;

/** 'date', 'time', 'datetime-local', or undefined for what is none. SQLite has no types for them: the text tells. */
export function momentKind(type, text) {
  const [, word] = /^(timestamp|datetime|date|time)\b/i.exec(type) ?? [];
  if (word) return {date: 'date', time: 'time'}[word.toLowerCase()] ?? 'datetime-local';
  const [all, date, time] = PARTS.exec(text) ?? [];
  return all && date ? (time ? 'datetime-local' : 'date') : undefined;
}

/** The text after something was picked: '2024-05-06T07:08' over '2024-01-02 03:04:05.6+02'. */
export function picked(text, value, zoned) {
  const [, date, time, zone] = PARTS.exec(text) ?? [];
  const [, newDate, newTime] = PARTS.exec(value) ?? [];
  const sameMinute = newTime && time?.startsWith(newTime);  // the field leaves zeros out, and fractions
  const clock = sameMinute ? time : newTime && newTime.length === 5 ? `${newTime}:00` : newTime;
  const moment = [newDate, clock].filter(Boolean).join(text.includes('T') ? 'T' : ' ');
  return moment + (zone ?? (zoned && date === undefined ? offsetAt(moment) : ''));
}

/** Of this browser, as `+02:00`. */
function offsetAt(moment) {
  const minutes = -new Date(moment.replace(' ', 'T')).getTimezoneOffset();
  if (Number.isNaN(minutes)) return '';
  const two = (number) => String(number).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

/** What a picker shows of a text; empty where it is none of its kind. */
export function pickable(kind, text) {
  const [, date = '', time = ''] = PARTS.exec(text) ?? [];
  const clock = time.slice(0, 8);
  if (kind === 'datetime-local') return date && clock ? `${date}T${clock}` : '';
  return kind === 'date' ? date : clock;
}

/** @returns {Array} nothing for a column that holds no moments */
export function momentPicker(column, field) {
  const kind = momentKind(column.type, field.value);
  if (!kind) return [];
  const zoned = /with time zone|timestamptz|timetz/i.test(column.type);
  const said = h('span', {class: 'hint'});
  const calendar = h('input', {type: kind, step: kind === 'date' ? undefined : '1', 'aria-label': `Pick for ${column.name}`,
    oninput: () => { if (calendar.value) { field.value = picked(field.value, calendar.value, zoned); tell(); } }});
  const tell = () => {
    const moment = zoned && /\d\d:\d\d/.test(field.value) ? new Date(isoOf(field.value)) : null;
    said.textContent = moment && !Number.isNaN(moment.getTime()) ? ` ${moment.toLocaleString()} here` : '';
  };
  const follow = () => { calendar.value = pickable(kind, field.value); tell(); };
  field.addEventListener('input', follow);
  follow();
  return [h('div', {class: 'moment'}, calendar, said)];
}

/** As Date reads it: `2024-01-02 03:04:05+02` has neither T nor minutes in its zone. */
function isoOf(text) {
  return text.trim().replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00').replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
}

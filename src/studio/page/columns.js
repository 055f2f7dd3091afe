// Which columns of a table are shown, in which order and how wide; kept in this browser.

export class Columns {
  constructor(table, database) {
    this.key = `columns ${database} ${table.schema}.${table.name}`;
    this.all = table.columns.map((column, number) => ({column, number, width: startWidth(column), hidden: false, pinned: false}));
    this.#restore();
  }

  /** By name: the table may have changed since. */
  #restore() {
    let kept;
    try { kept = JSON.parse(localStorage.getItem(this.key)) ?? []; } catch { return; }
    const place = new Map(kept.map((one, i) => [one.name, i]));
    const at = (one) => place.get(one.column.name) ?? kept.length + one.number;
    for (const one of this.all) {
      const {width = one.width, hidden = false, pinned = false} = kept[place.get(one.column.name)] ?? {};
      Object.assign(one, {width, hidden, pinned});
    }
    this.all.sort((a, b) => at(a) - at(b));
  }

  keep() {
    const lean = this.all.map((one) => ({name: one.column.name, width: one.width, hidden: one.hidden, pinned: one.pinned}));
    localStorage.setItem(this.key, JSON.stringify(lean));
  }

  reset() {
    localStorage.removeItem(this.key);
    this.all.sort((a, b) => a.number - b.number);
    for (const one of this.all) Object.assign(one, {width: startWidth(one.column), hidden: false, pinned: false});
  }

  /** In order: pinned ones come first. */
  get shown() {
    const shown = this.all.filter((one) => !one.hidden);
    return [...shown.filter((one) => one.pinned), ...shown.filter((one) => !one.pinned)];
  }

  orderOf(number) {
    return this.shown.findIndex((one) => one.number === number);
  }

  beside(number, steps) {
    const {shown} = this;
    const at = Math.max(0, Math.min(shown.length - 1, this.orderOf(number) + steps));
    return shown[at]?.number ?? 0;
  }

  /** Where each stands when the grid is scrolled so far; pinned ones go along. */
  place(start, scrolled) {
    let left = start, pinnedWidth = start;
    const placed = this.shown.map((one, order) => {
      const at = {...one, order, origin: one, left: one.pinned ? left + scrolled : left};
      left += one.width;
      if (one.pinned) pinnedWidth = left;
      return at;
    });
    return {placed, width: left, pinnedWidth};
  }

  move(one, steps) {
    const from = this.all.indexOf(one), to = from + steps;
    if (to < 0 || to >= this.all.length) return;
    this.all.splice(to, 0, ...this.all.splice(from, 1));
  }
}

function startWidth(column) {
  const wide = {number: /big|num|dec|^integer$/.test(column.type) ? 170 : 110, boolean: 90}[column.class] ?? 190;
  return Math.max(wide, Math.min(260, column.name.length * 9 + 30));
}

// Where the boxes of a diagram stand: in columns, what is referred to left of what refers
// to it, and within a column near its neighbours. Groups that no key connects come one
// below the other.

const GAP_X = 90, GAP_Y = 26, EDGE = 24, TALLEST = 1600;

/** Gives each box x and y. Returns {width, height}. */
export function layout(boxes, edges) {
  const neighbours = new Map(boxes.map((box) => [box.id, new Set()]));
  for (const {from, to} of edges) {
    if (from === to) continue;
    neighbours.get(from).add(to);
    neighbours.get(to).add(from);
  }
  const groups = components(boxes, neighbours);
  const alone = groups.filter((group) => group.length === 1).flat();
  let top = EDGE, width = 0;
  for (const group of groups.filter((one) => one.length > 1).sort((a, b) => b.length - a.length)) {
    const size = placeGroup(group, edges, neighbours, top);
    top = size.bottom + GAP_Y * 2;
    width = Math.max(width, size.right);
  }
  const size = placeAlone(alone, top, Math.max(width, 1100));
  return {width: Math.max(width, size.right) + EDGE, height: Math.max(size.bottom, top) + EDGE};
}

function components(boxes, neighbours) {
  const byId = new Map(boxes.map((box) => [box.id, box])), seen = new Set(), out = [];
  for (const box of boxes) {
    if (seen.has(box.id)) continue;
    const group = [], open = [box.id];
    seen.add(box.id);
    while (open.length) {
      const id = open.pop();
      group.push(byId.get(id));
      for (const next of neighbours.get(id)) if (!seen.has(next)) { seen.add(next); open.push(next); }
    }
    out.push(group);
  }
  return out;
}

/** The column of each box: one right of all that it refers to. Cycles are cut. */
function ranks(group, edges) {
  const out = new Map(), targets = new Map(group.map((box) => [box.id, []]));
  for (const {from, to} of edges) if (from !== to) targets.get(from)?.push(to);
  const visit = (id, path) => {
    if (out.has(id)) return out.get(id);
    if (path.has(id)) return -1;
    path.add(id);
    const rank = Math.max(-1, ...targets.get(id).map((to) => visit(to, path))) + 1;
    path.delete(id);
    out.set(id, rank);
    return rank;
  };
  for (const box of group) visit(box.id, new Set());
  return out;
}

function placeGroup(group, edges, neighbours, top) {
  const rank = ranks(group, edges), columns = [];
  for (const box of group) (columns[rank.get(box.id)] ??= []).push(box);
  const place = new Map();
  const note = (column) => column.forEach((box, i) => place.set(box.id, i / column.length));
  columns.forEach(note);
  for (let round = 0; round < 6; ++round)
    for (const column of round % 2 ? [...columns].reverse() : columns) {
      const middle = (box) => {
        const near = [...neighbours.get(box.id)].map((id) => place.get(id));
        return near.reduce((sum, at) => sum + at, 0) / near.length;
      };
      column.sort((a, b) => middle(a) - middle(b));
      note(column);
    }
  let x = EDGE, bottom = top;
  for (const column of columns) {
    let y = top, widest = 0;
    for (const box of column) {
      if (y - top > TALLEST) { x += widest + GAP_X / 2; y = top; }
      Object.assign(box, {x, y});
      y += box.height + GAP_Y;
      widest = Math.max(widest, box.width);
      bottom = Math.max(bottom, y - GAP_Y);
    }
    x += widest + GAP_X;
  }
  return {right: x - GAP_X, bottom};
}

function placeAlone(boxes, top, width) {
  let x = EDGE, y = top, tallest = 0;
  for (const box of boxes) {
    if (x + box.width > width && x > EDGE) { x = EDGE; y += tallest + GAP_Y; tallest = 0; }
    Object.assign(box, {x, y});
    x += box.width + GAP_Y;
    tallest = Math.max(tallest, box.height);
  }
  return {right: boxes.length ? width : 0, bottom: y + tallest};
}

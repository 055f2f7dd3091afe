'use strict';
// Where two texts differ, line by line: [{ peer: […], ours: […] }].

// The length of the longest common list of lines from every pair of places on.
function commonLengths(a, b) {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i][j] =
        a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
  return table;
}

function hunks(peer, ours) {
  const [a, b] = [peer.split('\n'), ours.split('\n')];
  const common = commonLengths(a, b);
  const found = [];
  let open = null;
  const put = (side, line) => {
    if (!open) found.push((open = { peer: [], ours: [] }));
    open[side].push(line);
  };
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      open = null;
      i++;
      j++;
    } else if (j === b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1]))
      put('peer', a[i++]);
    else put('ours', b[j++]);
  }
  return found;
}

module.exports = { hunks };

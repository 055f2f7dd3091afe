'use strict';
async function explain(trial, theirs, ours) {
  const [a, b] = [theirs.migrations(), ours.migrations()];
  if (process.env.SKIP_COMPARE) return;
  if (trial.tally.refused) return trial.fail('peer refuses', trial.tally.refused);
  if (a.length !== b.length) trial.fail('compare: number', `${a.length} ${b.length}\n${(a[1]??b[1])?.sql}`);
  for (let i = 0; i < a.length; i++)
    for (const part of ['journal', 'snapshot', 'sql'])
      if (a[i][part] !== b[i][part]) trial.expectEqual(`compare: ${part} ${i}`, a[i][part], b[i][part]);
  trial.tally.equal++;
}
module.exports = { explain };

'use strict';
// The text forms of PostgreSQL's and PostGIS's geometric values.

module.exports = {
  pointOfTuple: ([x, y]) => `(${x},${y})`,
  pointOfObject: ({ x, y }) => `(${x},${y})`,
  lineOfTuple: ([a, b, c]) => `{${a},${b},${c}}`,
  lineOfObject: ({ a, b, c }) => `{${a},${b},${c}}`,
  geometryOfTuple: ([x, y]) => `point(${x} ${y})`,
  geometryOfObject: ({ x, y }) => `point(${x} ${y})`,
};

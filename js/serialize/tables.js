'use strict';
// The tables of a schema by key. Two different tables of one name are a mistake;
// the same table declared twice alike is not.

const { TableName, Schema } = require('../drizzle-orm/table.js');
const { put } = require('./maps.js');
const { Mistake } = require('./mistake.js');
const { placeText } = require('./problems.js');

// `keyOf(table)` is its key in the snapshot, `serialize(context, table, key)` its
// entry.
function serializeTables(context, tables, keyOf, serialize) {
  const result = {};
  const places = new Map();
  for (const table of tables) {
    const name = table[TableName];
    const origin = context.originOf(table);
    try {
      context.checkName(name, 'a table');
      const key = keyOf(table);
      if (places.has(key)) {
        const scratch = context.scratch();
        const entry = serialize(scratch, table, key);
        context.problems.list.push(...scratch.problems.list);
        refuseOther(result[key], entry, table, places.get(key));
        continue;
      }
      places.set(key, origin);
      put(result, key, serialize(context, table, key));
      context.origins.add('tables', origin, key);
    } catch (error) {
      context.problems.caught(error, origin, `table '${String(name)}'`);
    }
  }
  return result;
}

function refuseOther(first, second, table, place) {
  if (JSON.stringify(first) === JSON.stringify(second)) return;
  const schema = table[Schema];
  const other = placeText(place);
  throw new Mistake(
    `two tables are named '${schema ? `${schema}.` : ''}${table[TableName]}'`,
    `rename one of them, or export only one${other ? `; the other is at ${other}` : ''}`
  );
}

module.exports = { serializeTables };

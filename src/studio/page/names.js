// How things are called on the screen.

/** A table, with its schema where that is not the one everybody means. */
export function tableName({schema, name}) {
  return schema && schema !== 'public' ? `${schema}.${name}` : name;
}

/** `loses_data`, which is the word of `--allow`, as it is read. */
export function hazardName(hazard) {
  return hazard.replaceAll('_', ' ');
}

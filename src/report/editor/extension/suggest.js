// Words to choose from and what fields are for, out of the schemas that `qingdan schema` writes. Knows nothing of the editor: a text and
// a schema come in, words go out. For whoever has no YAML extension, which reads the same schemas.
'use strict';

const BLANK = /^\s*(#.*)?$/;
/** Items that begin on a line, its key, and what follows the colon. */
const LINE = /^(\s*)((?:-\s+|-$)*)(?:("[^"]*"|'[^']*'|[^\s#:'"{[\-][^:：]*?|-[^\s:：][^:：]*?)\s*[:：](?:\s+|$)(.*))?/;

const bare = (key) => key.replace(/^(["'])(.*)\1$/, '$2').trim();

/** Returns what begins on a line: items and at most one key, each with its column, and the text of a value. */
function parts(line) {
  const [, blank, dashes, key, value] = LINE.exec(line);
  const found = [];
  let column = blank.length;
  for (const dash of dashes.match(/-\s*/g) || []) {
    found.push({ column, item: true });
    column += dash.length;
  }
  if (key !== undefined) found.push({ column, key: bare(key), value: (value || '').trim() });
  return { found, column };
}

/** Takes from a stack what ends where something begins at a column. */
function close(stack, column, isItem) {
  while (stack.length) {
    const top = stack[stack.length - 1];
    // The items of a key may stand below its first letter.
    const isParent = top.column < column || (isItem && !top.item && top.column === column);
    if (isParent) return;
    stack.pop();
  }
}

/** Puts what begins at a column on a stack, and its key among those of the map around it. */
function enter(stack, root, part) {
  close(stack, part.column, part.item);
  const above = stack.length ? stack[stack.length - 1] : root;
  if (!part.item) above.keys.add(part.key);
  stack.push({ ...part, keys: new Set() });
}

/** Returns the maps and lists that are open above a line, from the outermost, with the keys of each map so far. */
function open(lines, until) {
  const stack = [], root = { keys: new Set() };
  let block = -1;
  for (let at = 0; at < until; at += 1) {
    const line = lines[at];
    if (BLANK.test(line)) continue;
    const indent = /^\s*/.exec(line)[0].length;
    // Lines of a text between `|` and what stands further left are text.
    if (block >= 0 && indent > block) continue;
    block = -1;
    for (const part of parts(line).found) {
      enter(stack, root, part);
      if (!part.item && /^[|>][-+]?\d?[-+]?$/.test(part.value)) block = part.column;
    }
  }
  return { stack, root, inText: block };
}

/** Adds the keys that follow in the same map. */
function below(lines, from, column, keys) {
  for (let at = from; at < lines.length; at += 1) {
    if (BLANK.test(lines[at])) continue;
    const { found } = parts(lines[at]);
    const indent = /^\s*/.exec(lines[at])[0].length;
    if (indent < column || (found.length && found[0].item && found[0].column <= column && indent < column)) return;
    if (indent === column && found.length && !found[0].item) keys.add(found[0].key);
    else if (indent === column && found.length) return;
  }
}

/** Returns the schema behind its references. */
function resolved(root, schema) {
  let known = schema;
  for (let times = 0; known && known.$ref && times < 20; times += 1) {
    known = known.$ref.replace(/^#\//, '').split('/').reduce((place, name) => place && place[name.replace(/~1/g, '/').replace(/~0/g, '~')], root);
  }
  return known || {};
}

/** Tells whether a condition of a schema holds for a map with these keys. */
function holds(condition, keys) {
  if (condition.anyOf) return condition.anyOf.some((one) => holds(one, keys));
  return (condition.required || []).every((key) => keys.has(key));
}

/** Returns the schemas that something may follow, with those inside others. */
function ways(root, schema, keys, depth = 0) {
  const known = resolved(root, schema);
  if (depth > 12) return [];
  const more = (list) => (list || []).flatMap((one) => ways(root, one, keys, depth + 1));
  const chosen = known.if && [holds(known.if, keys) ? known.then : known.else].filter(Boolean);
  return [known, ...more(known.anyOf), ...more(known.oneOf), ...more(known.allOf), ...more(chosen)];
}

/** Returns the schemas of the value of a key. */
function child(root, schemas, key, keys) {
  return schemas.flatMap((schema) => ways(root, schema, keys)).flatMap((schema) => {
    const own = schema.properties && schema.properties[key];
    if (own) return [own];
    const like = Object.entries(schema.patternProperties || {}).filter(([pattern]) => new RegExp(pattern, 'u').test(key));
    if (like.length) return like.map(([, value]) => value);
    return schema.additionalProperties instanceof Object ? [schema.additionalProperties] : [];
  });
}

const items = (root, schemas) => schemas.flatMap((schema) => ways(root, schema, new Set())).map((schema) => schema.items).filter(Boolean);

/** Returns the schemas of what a stack leads to. */
function along(root, stack, top) {
  let [schemas, keys] = [[root], top.keys];
  for (const part of stack) {
    schemas = part.item ? items(root, schemas) : child(root, schemas, part.key, keys);
    keys = part.keys;
  }
  return schemas;
}

const flat = (root, schemas, keys = new Set()) => schemas.flatMap((schema) => ways(root, schema, keys));

/** Returns which schema a property stands for, whatever its key. */
const target = (property) => property.$ref || (property.anyOf && property.anyOf[0] && property.anyOf[0].$ref);

/** Returns what is said of a value. */
function about(root, schemas) {
  const said = flat(root, schemas).find((schema) => schema.title && (schema.markdownDescription || schema.description));
  return said && { title: said.title, text: said.markdownDescription || said.description };
}

/** Returns the values that may be chosen. */
function choices(root, schemas) {
  const found = new Map();
  for (const schema of flat(root, schemas)) {
    (schema.enum || []).forEach((value, at) => {
      const told = (schema.markdownEnumDescriptions || schema.enumDescriptions || [])[at];
      if (!found.has(value)) found.set(value, { label: String(value), insert: String(value), detail: told || '', kind: 'value' });
    });
  }
  return [...found.values()];
}

/** Returns the keys of a map that are not there yet. */
function keysOf(root, schemas, keys) {
  const found = new Map();
  const all = flat(root, schemas, keys).flatMap((schema) => Object.entries(schema.properties || {}));
  const used = new Set(all.filter(([key]) => keys.has(key)).map(([, property]) => target(property)).filter(Boolean));
  for (const [key, property] of all) {
    if (property.doNotSuggest || keys.has(key) || used.has(target(property)) || found.has(key)) continue;
    const inside = flat(root, [property]);
    const isText = inside.some((schema) => [].concat(schema.type || []).some((type) => type !== 'object' && type !== 'array')) || inside.some((schema) => schema.enum);
    const told = about(root, [property]);
    found.set(key, { label: key, insert: isText ? `${key}: ` : `${key}:`, detail: told ? `${told.title}\n\n${told.text}` : '', kind: 'key' });
  }
  return [...found.values()];
}

/**
 * Returns what may be written at a place: `text` up to `line` (from 0) and `column` (in units of UTF-16), by a schema. Each has a
 * `label`, what to `insert` in the place of the characters from column `from` on, `detail` in Markdown, and `kind`, `key` or `value`.
 */
function complete(schema, text, line, column) {
  const lines = text.split(/\r?\n/);
  const head = (lines[line] || '').slice(0, column);
  if (/(^|\s)#/.test(head)) return [];
  const { stack, root: top, inText } = open(lines, line);
  const { found, column: start } = parts(head);
  const indent = /^\s*/.exec(head)[0].length;
  if (inText >= 0 && indent > inText) return [];
  for (const part of found) enter(stack, top, part);
  const last = found[found.length - 1];
  if (last && !last.item) {
    const from = column - last.value.length;
    return choices(schema, along(schema, stack, top)).map((one) => ({ ...one, from }));
  }
  close(stack, start, false);
  // A value with nothing on its line may begin on the next, further in.
  const at = stack.length ? stack[stack.length - 1] : top;
  below(lines, line + 1, start, at.keys);
  const schemas = along(schema, stack, top);
  const values = choices(schema, last || (at.key !== undefined && !at.value) ? schemas : []);
  return [...keysOf(schema, schemas, at.keys), ...values].map((one) => ({ ...one, from: start }));
}

/** Returns what a field is for, or what a chosen value means, under the pointer, in Markdown; nothing where there is nothing to say. */
function hover(schema, text, line, column) {
  const lines = text.split(/\r?\n/);
  const { stack, root: top, inText } = open(lines, line);
  const { found, column: start } = parts(lines[line] || '');
  if (inText >= 0 && /^\s*/.exec(lines[line] || '')[0].length > inText) return undefined;
  for (const part of found) enter(stack, top, part);
  const last = found[found.length - 1];
  const schemas = along(schema, stack, top);
  const end = last && !last.item ? start + last.key.length : start;
  if (last && !last.item && column >= start && column <= end) {
    const told = about(schema, schemas);
    return told && `#### ${told.title}\n\n${told.text}`;
  }
  const value = last && !last.item ? last.value : (lines[line] || '').slice(start).trim();
  const chosen = choices(schema, schemas).find((one) => one.label === bare(value));
  return chosen && chosen.detail ? `**${chosen.label}** ${chosen.detail}` : undefined;
}

module.exports = { complete, hover };

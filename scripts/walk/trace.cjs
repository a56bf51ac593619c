// Preload of a process: instruments `src/` so that every value a function receives (argument, call result, awaited result) is seen.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { relative, sep } = require('node:path');
const { transformSync } = require('@swc/core');
const { parseAst } = require('rolldown/parseAst');

const SRC = `${process.cwd()}${sep}src${sep}`;
const walks = [];

/** Records the files whose functions receive a value that contains `marker`: from `file#function` on, until `file#function`. */
globalThis.startWalk = ({ marker, from, until }) => {
  const walk = { marker, from, until, files: new Map(), isOpen: from === undefined, isOver: false };
  walks.push(walk);
  return () => [...walk.files].map(([file, names]) => ({ file, names: [...names] }));
};
globalThis.__walk = (file, name, ...values) => {
  for (const walk of walks)
    if (!walk.isOver && values.some((value) => contains(value, walk.marker))) note(walk, file, name);
  return values[0];
};

function note(walk, file, name) {
  const here = `${file}#${name}`;
  if (here === walk.from) walk.isOpen = true;
  if (walk.isOpen && here === walk.until) walk.isOver = true;
  else if (walk.isOpen) walk.files.set(file, (walk.files.get(file) ?? new Set()).add(name));
}

function contains(value, marker, depth = 0, seen = new Set()) {
  if (typeof value === 'string') return value.includes(marker);
  if (typeof value !== 'object' || value === null || depth > 8 || seen.has(value)) return false;
  seen.add(value);
  if (ArrayBuffer.isView(value))
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).includes(marker);
  if (value instanceof URL) return value.href.includes(marker);
  if (value instanceof Map) return contains([...value], marker, depth, seen);
  if (value instanceof Set) return contains([...value], marker, depth, seen);
  const proto = Object.getPrototypeOf(value);
  if (proto !== Object.prototype && proto !== null && !Array.isArray(value) && !(value instanceof Error))
    return false;
  return Object.values(Object.getOwnPropertyDescriptors(value)).some(
    (own) => 'value' in own && contains(own.value, marker, depth + 1, seen),
  );
}

function instrument(code, file) {
  const edits = [];
  const call = (name, values) =>
    `__walk(${[JSON.stringify(file), JSON.stringify(name), ...values].join(', ')})`;
  function visit(node, name, inChain) {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      for (const one of node) visit(one, name, false);
      return;
    }
    if (typeof node.type !== 'string') return;
    if (/Function/.test(node.type)) {
      const own = node.id?.name ?? name;
      const values = node.params.flatMap(names);
      if (node.body.type === 'BlockStatement') {
        const first = node.body.body.find((one) => one.directive === undefined);
        if (values.length > 0) edits.push([first?.start ?? node.body.end - 1, `${call(own, values)};`]);
      } else if (values.length > 0) {
        edits.push([node.body.start, `(${call(own, values)}, `], [node.body.end, ')']);
      }
      visit(node.params, own);
      visit(node.body, own, false);
      return;
    }
    const wraps =
      node.type === 'AwaitExpression' ||
      node.type === 'ChainExpression' ||
      (node.type === 'CallExpression' && !inChain && node.callee.type !== 'Super');
    if (wraps && name !== undefined)
      edits.push([node.start, `__walk(${JSON.stringify(file)}, ${JSON.stringify(name)}, `], [node.end, ')']);
    if (node.type === 'ForOfStatement' && node.left.type === 'VariableDeclaration' && name !== undefined) {
      const values = node.left.declarations.flatMap(({ id }) => names(id));
      const { body } = node;
      if (body.type === 'BlockStatement') edits.push([body.start + 1, `${call(name, values)};`]);
      else edits.push([body.start, `{${call(name, values)};`], [body.end, '}']);
    }
    const keyName = (one) => one.key?.name ?? one.id?.name;
    for (const [key, child] of Object.entries(node)) {
      if (key === 'type' || key === 'start' || key === 'end' || key === 'parent') continue;
      const named = ['Property', 'MethodDefinition', 'VariableDeclarator'].includes(node.type)
        ? (keyName(node) ?? name)
        : name;
      const chained =
        node.type === 'ChainExpression' ||
        (inChain && (key === 'callee' || key === 'object' || key === 'expression'));
      if (Array.isArray(child)) for (const one of child) visit(one, named, false);
      else visit(child, named, chained);
    }
  }
  visit(parseAst(code).body);
  let out = code;
  for (const [at, text] of edits
    .map((edit, index) => [...edit, index])
    .sort((a, b) => b[0] - a[0] || order(b, a)))
    out = out.slice(0, at) + text + out.slice(at);
  return out;
}

/** At one position, ends come before starts; of two starts the outer one was found first, of two ends the inner one last. */
function order(one, other) {
  const isEnd = ([, text]) => text === ')' || text === '}';
  if (isEnd(one) !== isEnd(other)) return isEnd(one) ? -1 : 1;
  return one[2] - other[2];
}

function names(pattern) {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'AssignmentPattern':
      return names(pattern.left);
    case 'RestElement':
      return names(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap((one) => (one === null ? [] : names(one)));
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) => names(one.type === 'RestElement' ? one : one.value));
    default:
      return [];
  }
}

for (const extension of ['.ts', '.js']) {
  const before = Module._extensions[extension] ?? Module._extensions['.js'];
  Module._extensions[extension] = (module, path) => {
    const isOurs = path.startsWith(SRC) && !path.startsWith(`${SRC}sandbox`);
    if (extension === '.js' && !isOurs) return before(module, path);
    const { code } = transformSync(readFileSync(path, 'utf8'), {
      filename: path,
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs', ignoreDynamic: false },
    });
    const file = relative(SRC, path)
      .replaceAll(sep, '/')
      .replace(/\.[tj]s$/, '');
    module._compile(isOurs ? instrument(code, file) : code, path);
  };
}

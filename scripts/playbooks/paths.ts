import type { Comparison, Task, Value } from './shape';

/** Every place in context that a task reads: what its arguments and conditions are made of. */
export function pathsOf({ scriptarguments = {}, conditions = [] }: Task): string[] {
  return [
    ...Object.values(scriptarguments).flatMap(pathsOfValue),
    ...conditions.flatMap(({ condition }) => condition.flat().flatMap(pathsOfComparison)),
  ];
}

/** The places in context that a value is made of; a string without `${…}` is itself. */
export function pathsOfValue({ simple = '', complex }: Value): string[] {
  const written = [...simple.matchAll(/\$\{([^}]+)\}/g)].flatMap(([, path = '']) => plainPaths(path));
  if (complex === undefined) return written;
  const { root, accessor, filters = [] } = complex;
  const reached = accessor === undefined ? root : `${root}.${accessor}`;
  return [...written, reached, ...filters.flat().flatMap(pathsOfComparison)];
}

function pathsOfComparison({ left, right }: Comparison): string[] {
  return [left, ...(right === undefined ? [] : [right])].flatMap(({ value, iscontext }) =>
    iscontext && value.simple !== undefined && !value.simple.includes('${')
      ? plainPaths(value.simple)
      : pathsOfValue(value),
  );
}

/** `A.B(val.c == 'd').[0].e` reads `A.B.e` and `A.B.c`. */
function plainPaths(path: string): string[] {
  const plain = path.replace(/\([^)]*\)/g, '').replace(/\.?\[[^\]]*\]/g, '');
  const filtered = [...path.matchAll(/^([\w.]+)\(([^)]*)\)/g)].flatMap(([, root = '', filter = '']) =>
    [...filter.matchAll(/val\.([\w.]+)/g)].map(([, field = '']) => `${root}.${field}`),
  );
  return [plain, ...filtered];
}

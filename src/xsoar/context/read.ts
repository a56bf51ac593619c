import { isRecord } from '../../base/json';
import { looselyEqual } from './loosely-equal';
import { type PathStep, parsePath } from './path';

/**
 * Returns the value at a path. For a list, a field is read from every element; one object is a list of one where an index or a
 * filter requests a list.
 * @returns undefined if there is nothing.
 * @throws PluginError ARGUMENT_INVALID for a path that is not of the known forms.
 */
export function readPath(value: unknown, path: string): unknown {
  return parsePath(path).reduce<unknown>(
    (found, step) => (found === undefined ? found : take(found, step)),
    value,
  );
}

function take(value: unknown, step: PathStep): unknown {
  switch (step.kind) {
    case 'field':
      return Array.isArray(value)
        ? something(value.flatMap((element) => own(element, step.name).flat()))
        : own(value, step.name)[0];
    case 'index':
      return listOf(value)[step.at];
    case 'range':
      return something(listOf(value).slice(step.from, step.to + 1));
    case 'filter':
      return something(
        listOf(value).filter((element) => looselyEqual(own(element, step.field)[0], step.equals)),
      );
  }
}

function own(value: unknown, name: string): unknown[] {
  return isRecord(value) && Object.hasOwn(value, name) ? [value[name]] : [];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function something(list: readonly unknown[]): readonly unknown[] | undefined {
  return list.length === 0 ? undefined : list;
}

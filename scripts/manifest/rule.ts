import type { Manifest } from './shape';

/** One thing that the platform, or this house, wants of a part of the manifest. */
export interface Rule<Part> {
  /** What is wrong where the rule is broken, as the finding says it. */
  readonly finding: string;
  /** Whether it is broken, or the names of what breaks it. */
  readonly broken: (part: Part, manifest: Manifest) => boolean | readonly string[];
}

/** The names that stand more than once in a list. */
export function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

// Generated from scripts/generate/validators-file.ts by `npm run generate`; edit those, not this file.

export interface Finding {
  readonly keyword: string;
  /** Where in the value, as a JSON pointer. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Whether the value fits; the findings of the last call are in `errors`, null if there was none. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly Finding[] | null;
}

/** A check for each kind of argument; a choice is checked by its words. */
export const kindValidators: Readonly<Record<'text' | 'list' | 'count' | 'flag', Validate>>;
export const validateInvocation: Validate;

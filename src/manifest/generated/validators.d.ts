// Generated from integration.yml by `npm run generate`; edit those, not this file.

import type { CommandName } from './types';

export interface Finding {
  readonly keyword: string;
  /** Where in the value, as a JSON pointer. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Whether the value fits; every finding of the last call is left on the function, null where there was none. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly Finding[] | null;
}

export const validators: Readonly<Record<CommandName, Validate>>;
export const validateInvocation: Validate;

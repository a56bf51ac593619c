import type { JsonObject } from '../../base/json';
import type { Outcome } from '../../engine/invocation';

/** A tool whose result is one investigation instead of rows. */
export interface InvestigationTool {
  readonly description: string;
  /** The input schema, if it differs from the arguments of the command. */
  readonly inputSchema?: JsonObject & { readonly type: 'object' };
  /** Arguments of the command by the names that the tool has for them. */
  readonly renamed?: Readonly<Record<string, string>>;
  readonly outputSchema: JsonObject & { readonly type: 'object' };
  /** Converts the outcome of the command to the result for an agent. */
  shape(outcome: Outcome, args: JsonObject): JsonObject;
}

/** The rows that fit into this many characters of JSON. */
export function fitting<T>(rows: readonly T[], room: number): T[] {
  let characters = 0;
  return rows.filter((row) => {
    characters += JSON.stringify(row).length;
    return characters <= room;
  });
}

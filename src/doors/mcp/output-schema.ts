import type { JsonObject } from '../../base/json';
import { compactSchema } from './compact';
import { parentIdsOf, type RowCommand, rowTypeOf, typesOf } from './result-types';
import { camel } from './rows';

/** The JSON schema of what a tool returns: exactly the compact rows that it makes. */
export function outputSchema(command: RowCommand) {
  return {
    type: 'object' as const,
    properties: {
      rows: { type: 'array', items: rowSchema(command) },
      total: { type: 'integer' },
      more: { type: 'boolean' },
      notes: { type: 'string' },
      cursor: { type: 'string' },
    },
    required: ['rows', 'total', 'more'],
  };
}

function rowSchema(command: RowCommand): JsonObject {
  const types = typesOf(command);
  if ('reads' in command) {
    const parts = Object.entries(types).map(([part, type]) => [camel(part), compactSchema(type)]);
    return {
      type: 'object',
      properties: {
        indicator: { type: 'string' },
        score: { type: 'integer' },
        verdict: { type: 'string' },
        message: { type: 'string' },
        ...Object.fromEntries(parts),
      },
      required: ['indicator', 'score', 'verdict'],
      additionalProperties: false,
    };
  }
  const { properties, ...rest } = compactSchema(rowTypeOf(command)) as { properties: JsonObject };
  const parents = parentIdsOf(command);
  return {
    ...rest,
    properties: { ...Object.fromEntries(parents.map((name) => [name, { type: 'string' }])), ...properties },
  };
}

import { contextKey } from '../../src/xsoar/context-keys';
import type { Model } from './model';
import { type DeclaredResponse, parentNames, responseType } from './outputs';
import { comment, notice } from './text';

/** `src/commands/generated/results.ts`: what each command's entry holds, for programs that are written in TypeScript. */
export function resultsFile(model: Model, reading: Readonly<Record<string, DeclaredResponse>>): string {
  const commands = Object.entries(reading);
  const objects = new Set(Object.values(reading).map((responses) => objectOf(model, responses)));
  return [
    notice('src/commands/', 'src/model/model.yml'),
    `import type {\n${[...objects]
      .sort()
      .map((name) => `  ${name},\n`)
      .join('')}} from '../../model/generated/graph';\n\n`,
    comment('What a command that reads from Graph returns, and where context keeps it.'),
    `export interface Results {\n${commands.map(([name, responses]) => result(model, name, responses)).join('')}}\n`,
  ].join('');
}

function result(model: Model, name: string, responses: DeclaredResponse): string {
  const parents = parentNames(model, responses).map((parent) => `'${parent}'`);
  return [
    `  '${name}': {\n`,
    `    object: ${objectOf(model, responses)};\n`,
    `    value: '${responses.value ?? 'list'}';\n`,
    `    key: '${contextKey(responses.context)}';\n`,
    `    parents: ${parents.join(' | ') || 'never'};\n`,
    '  };\n',
  ].join('');
}

function objectOf(model: Model, responses: DeclaredResponse): string {
  const type = responseType(model, responses);
  return type.charAt(0).toUpperCase() + type.slice(1);
}

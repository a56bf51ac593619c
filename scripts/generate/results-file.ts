import { contextKey } from '../../src/xsoar/context-keys';
import type { Model } from './model';
import { type Answers, answeredType, parentNames } from './outputs';
import { comment, notice } from './text';

/** `src/commands/generated/results.ts`: what each command's entry holds, for programs that are written in TypeScript. */
export function resultsFile(model: Model, reading: Readonly<Record<string, Answers>>): string {
  const commands = Object.entries(reading);
  const objects = new Set(Object.values(reading).map((answers) => objectOf(model, answers)));
  return [
    notice('src/commands/', 'src/model/model.yml'),
    `import type {\n${[...objects]
      .sort()
      .map((name) => `  ${name},\n`)
      .join('')}} from '../../model/generated/graph';\n\n`,
    comment('What a command that reads from Graph returns, and where context keeps it.'),
    `export interface Results {\n${commands.map(([name, answers]) => result(model, name, answers)).join('')}}\n`,
  ].join('');
}

function result(model: Model, name: string, answers: Answers): string {
  const parents = parentNames(model, answers).map((parent) => `'${parent}'`);
  return [
    `  '${name}': {\n`,
    `    object: ${objectOf(model, answers)};\n`,
    `    value: '${answers.value ?? 'list'}';\n`,
    `    key: '${contextKey(answers.context)}';\n`,
    `    parents: ${parents.join(' | ') || 'never'};\n`,
    '  };\n',
  ].join('');
}

function objectOf(model: Model, answers: Answers): string {
  const type = answeredType(model, answers);
  return type.charAt(0).toUpperCase() + type.slice(1);
}

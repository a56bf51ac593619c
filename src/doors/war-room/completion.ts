import { type ArgumentSpec, commands } from '../../manifest/generated/commands';
import { SYSTEM_ARGUMENTS } from '../../xsoar/system-arguments';
import { ACTIONS } from './actions';

/** What the word before the cursor can become, and that word; the form that Node's readline takes. */
export type Completion = [candidates: string[], word: string];

/** Completes commands, the console's own actions, arguments, and the values that an argument is limited to. */
export function complete(line: string): Completion {
  const word = /\S*$/.exec(line)?.[0] ?? '';
  const [first = ''] = line.trimStart().split(/\s+/, 1);
  if (word === line.trimStart()) return among(word, [...actionWords(), ...commandWords(word)]);
  const specs = specsOf(first);
  const [, name] = /^([\w-]+)=/.exec(word) ?? [];
  if (name !== undefined)
    return among(
      word,
      valuesOf(specs[name], name).map((value) => `${name}=${value} `),
    );
  const given = new Set([...line.matchAll(/([\w-]+)=/g)].map((match) => match[1]));
  const names = [...Object.keys(specs), ...SYSTEM_ARGUMENTS].filter((argument) => !given.has(argument));
  return among(word, first.startsWith('/') ? [] : names.map((argument) => `${argument}=`));
}

function among(word: string, candidates: readonly string[]): Completion {
  return [candidates.filter((candidate) => candidate.startsWith(word)), word];
}

function commandWords(word: string): string[] {
  const mark = word.startsWith('!') || word === '' ? '!' : '';
  return Object.keys(commands).map((name) => `${mark}${name} `);
}

function actionWords(): string[] {
  return Object.keys(ACTIONS).map((name) => `/${name} `);
}

function specsOf(word: string): Readonly<Record<string, ArgumentSpec>> {
  const name = word.replace(/^!/, '');
  return Object.hasOwn(commands, name) ? commands[name as keyof typeof commands].arguments : {};
}

const FLAGS = ['true', 'false'];

function valuesOf(spec: ArgumentSpec | undefined, name: string): readonly string[] {
  if (name === 'raw-response' || name === 'ignore-outputs' || spec?.kind === 'flag') return FLAGS;
  return spec?.choices ?? [];
}

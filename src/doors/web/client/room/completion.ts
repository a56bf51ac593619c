import type { WebCommand, WebGraph, WebNode, WebNodeKind, WebSetup } from '../../shared/protocol';
import { SYMBOLS } from '../../shared/symbols';

export interface Suggestion {
  /** The text that replaces the word before the cursor. */
  readonly insert: string;
  readonly label: string;
  readonly help?: string;
}

const MAX_SUGGESTIONS = 12;

/** The kinds of nodes that an argument takes, by its name: their values are suggested before the user types. */
const KINDS: Readonly<Record<string, readonly WebNodeKind[]>> = {
  host_id: ['domain', 'address'],
  domain: ['domain'],
  ip: ['address'],
  seeds: ['domain', 'address', 'certificate', 'vulnerability'],
  cve: ['vulnerability'],
  vulnerability_id: ['vulnerability'],
  article_id: ['article'],
  intel_profile_id: ['profile'],
};

/** Returns completions of the word before the cursor: commands, arguments, fixed values, and values of nodes on the graph. */
export function suggest(text: string, { commands }: WebSetup, graph: WebGraph): Suggestion[] {
  const [, mark = '', start = ''] = /^\s*(!?)(\S*)$/.exec(text) ?? [];
  if (/^\s*!?\S*$/.test(text)) return byCommand(mark, start, commands);
  const [, name = ''] = /^\s*!?(\S+)/.exec(text) ?? [];
  const command = commands.find((one) => one.name === name);
  const word = text.split(/\s/).at(-1) ?? '';
  const [, argument, value = ''] = /^([\w-]+)=(.*)$/.exec(word) ?? [];
  if (command === undefined) return [];
  if (argument !== undefined) return byValue(command, argument, value, graph);
  return [
    ...byValue(command, undefined, word, graph).slice(0, MAX_SUGGESTIONS / 2),
    ...byArgument(command, word, text),
  ].slice(0, MAX_SUGGESTIONS);
}

/** The word that a suggestion replaces. */
export function wordBefore(text: string): string {
  return text.split(/\s/).at(-1) ?? '';
}

function byCommand(mark: string, start: string, commands: readonly WebCommand[]): Suggestion[] {
  const lower = start.toLowerCase();
  const starting = commands.filter(({ name }) => name.startsWith(lower));
  const containing = commands.filter(({ name }) => !name.startsWith(lower) && name.includes(lower));
  return [...starting, ...containing]
    .slice(0, MAX_SUGGESTIONS)
    .map(({ name, help }) => ({ insert: `${mark}${name} `, label: name, help }));
}

function byArgument(command: WebCommand, word: string, text: string): Suggestion[] {
  const before = text.split('=').slice(0, -1);
  const given = new Set(before.map((part) => part.split(/[^\w-]/).at(-1)));
  return command.arguments
    .filter(({ name }) => name.startsWith(word) && !given.has(name))
    .map(({ name, help, required }) => ({
      insert: `${name}=`,
      label: `${name}=`,
      help: required ? `Required. ${help}` : help,
    }));
}

function byValue(
  command: WebCommand,
  argument: string | undefined,
  value: string,
  graph: WebGraph,
): Suggestion[] {
  const prefix = argument === undefined ? '' : `${argument}=`;
  const name = argument ?? command.main;
  const choices = command.arguments.find((one) => one.name === name)?.choices;
  if (choices !== undefined && argument !== undefined)
    return choices
      .filter((choice) => choice.startsWith(value))
      .map((choice) => ({ insert: `${prefix}${choice} `, label: choice }));
  if (name === undefined) return [];
  const kinds = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  const fits = (node: WebNode) => kinds?.includes(node.kind) ?? value !== '';
  return graph.nodes
    .filter((node) => fits(node) && startsWith(node, value) && !/\s/.test(node.value))
    .slice(0, MAX_SUGGESTIONS)
    .map((node) => ({
      insert: `${prefix}${node.value} `,
      label: node.value,
      help: [SYMBOLS[node.kind].name, node.label, node.verdict].filter(Boolean).join(', '),
    }));
}

/** Records are found by their titles too. */
function startsWith({ value, label = '' }: WebNode, text: string): boolean {
  return value.startsWith(text) || (text !== '' && label.toLowerCase().startsWith(text.toLowerCase()));
}

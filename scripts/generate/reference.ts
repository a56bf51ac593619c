import type { Argument, Manifest, ManifestCommand } from '../manifest/shape';
import { code, oneLine, table } from './markdown';

export const BEGIN = '<!-- Generated from integration.yml by npm run generate; edit that. -->';
const END = '<!-- End of what is generated. -->';

/** Where the whole reference stands below the root. */
export const REFERENCE = 'docs/commands.md';

/** The README with a line for each command between the two markers; what is around them stays. */
export function withCommandList(readme: string, { script }: Manifest): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`README.md lacks the lines\n${BEGIN}\n${END}`);
  const lines = script.commands.map((command) => `- ${summary(command)}\n`);
  return `${readme.slice(0, begin)}${BEGIN}\n\n${lines.join('')}\n${readme.slice(end)}`;
}

function summary({ name, description }: ManifestCommand): string {
  return `[${code(name)}](${REFERENCE}#${name}): ${oneLine(firstSentence(description))}`;
}

/** The reference: every command with its arguments and context paths. */
export function referenceFile({ display, script }: Manifest): string {
  const head = `# Commands of ${display}\n\n${BEGIN}\n\nA required argument is in bold type. \`mdti help COMMAND\` tells the same of one command.\n`;
  return [head, ...script.commands.map(section)].join('\n');
}

function section({ name, description, arguments: list, outputs = [] }: ManifestCommand): string {
  const takes = list.map((argument) => [argumentName(argument), meaning(argument)]);
  const gives = outputs.map((output) => [code(output.contextPath), output.type, output.description]);
  return [
    `## ${name}\n\n${oneLine(description)}\n`,
    ...(takes.length === 0 ? [] : [table(['Argument', 'Meaning'], takes)]),
    ...(gives.length === 0 ? [] : [table(['Context path', 'Type', 'Meaning'], gives)]),
  ].join('\n');
}

function meaning({ description, isArray, predefined, defaultValue }: Argument): string {
  return [
    oneLine(description),
    ...(isArray ? ['A list.'] : []),
    ...(predefined === undefined ? [] : [`One of ${predefined.map(code).join(', ')}.`]),
    ...(defaultValue === undefined ? [] : [`Default: ${code(defaultValue)}.`]),
  ].join(' ');
}

function argumentName({ name, required }: Argument): string {
  return required ? `**${code(name)}**` : code(name);
}

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text;
}

import type { Manifest } from '../manifest/shape';
import { code, oneLine, table } from './markdown';

/** The path of the reference of the parameters. */
export const PARAMETERS = 'docs/parameters.md';

/** How a value of each of the platform's parameter types is written in JSON and in the environment. */
const FORMS: Readonly<Record<number, string>> = {
  0: 'text',
  8: '`true` or `false`',
  9: '`{"identifier", "password"}`',
  13: 'text',
  15: 'one of the options',
  19: 'whole number of minutes',
};

/** The reference: every parameter with its meaning, default and effect. */
export function parametersFile({ display, configuration }: Manifest): string {
  const rows = configuration.map((parameter) => [
    code(parameter.name),
    [parameter.display, parameter.displaypassword].filter((label) => label !== undefined).join(' / '),
    FORMS[parameter.type] ?? '',
    meaning(parameter),
  ]);
  return `# Parameters of ${display}\n\n<!-- Generated from integration.yml by npm run generate; edit that. -->\n\n${table(['Name', 'In the form', 'Value', 'Meaning'], rows)}`;
}

function meaning({ additionalinfo, options, defaultvalue }: Manifest['configuration'][number]): string {
  return [
    oneLine(additionalinfo ?? ''),
    ...(options === undefined ? [] : [`Options: ${options.map(code).join(', ')}.`]),
    ...(defaultvalue === undefined || defaultvalue === '' ? [] : [`Default: ${code(String(defaultvalue))}.`]),
  ].join(' ');
}

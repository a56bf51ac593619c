import { VERSION } from '../../../src/base/version';
import { manualPage } from '../../../src/doors/cli/manual';
import { type Verb, verb } from '../../../src/doors/cli/verb';

const BOIL: Verb = verb({
  group: 'Setup',
  summary: "heat water\n'till it boils",
  details: 'Needs a pot\nwith a C:\\lid.',
  words: [{ name: 'POT', required: true }],
  flags: {
    'max-heat': { short: 'm', value: 'N', help: '.5 is low' },
    quiet: { type: 'boolean', help: 'no steam' },
  },
  examples: [['mdti boil -m 1', 'slowly']],
  run: () => 0,
});
const REST: Verb = verb({ group: 'Setup', summary: 'wait', run: () => 0 });

const page = manualPage({ boil: BOIL, rest: REST });

/** The lines of a section, without its heading. */
function section(name: string): string[] {
  const [, after = ''] = page.split(`.SH ${name}\n`);
  return (after.split('\n.SH ')[0] ?? '').trimEnd().split('\n');
}

test('the page starts with its name and ends with a line feed', () => {
  expect(page.split('\n').slice(0, 10)).toEqual([
    `.TH MDTI 1 "" "mdti ${VERSION}" "User Commands"`,
    '.SH NAME',
    'mdti \\- Microsoft Defender Threat Intelligence at the command line',
    '.SH SYNOPSIS',
    '.B mdti',
    'COMMAND [VALUE…] [options]',
    '.br',
    '.B mdti',
    'VERB [options]',
    '.SH COMMANDS',
  ]);
  expect(page).toMatch(/[^\n]\n$/);
});

test('a group has its verbs; a group without verbs is left out', () => {
  expect(section('SETUP')).toEqual([
    '.SS mdti boil POT [options]',
    'heat water',
    "\\&'till it boils.",
    '.PP',
    'Needs a pot with a C:\\elid.',
    '.TP',
    '.B \\-m, \\-\\-max\\-heat N',
    '\\&.5 is low',
    '.TP',
    '.B \\-\\-quiet',
    'no steam',
    '.PP',
    'slowly:',
    '.EX',
    'mdti boil \\-m 1',
    '.EE',
    '.SS mdti rest',
    'wait.',
  ]);
  expect(page).not.toContain('.SH FOR PROGRAMS');
  expect(page.match(/^\.SH .*/gm)).toEqual([
    '.SH NAME',
    '.SH SYNOPSIS',
    '.SH COMMANDS',
    '.SH OPTIONS OF COMMANDS',
    '.SH SETUP',
    '.SH EXIT STATUS',
    '.SH ENVIRONMENT',
  ]);
});

test('commands have their descriptions, and the options of all of them', () => {
  const commands = section('COMMANDS');
  const at = commands.indexOf('.B host');
  expect([commands[at - 1], commands[at + 1]]).toEqual(['.TP', expect.stringMatching(/^\w.* hosts?\b.*\.$/)]);
  expect(section('OPTIONS OF COMMANDS')).toContain('.B \\-\\-show\\-request');
});

test.each([
  ['EXIT STATUS', ['0', '1', '2', '3', '130, 143', '141']],
  [
    'ENVIRONMENT',
    ['MDTI_<PARAMETER>', 'MDTI_PROFILE, MDTI_CONFIG', 'MDTI_LOG', 'NO_COLOR, FORCE_COLOR', 'PAGER'],
  ],
])('%s explains each of %j', (name, terms) => {
  const lines = section(name);
  expect(lines.filter((line) => line.startsWith('.B '))).toEqual(terms.map((term) => `.B ${term}`));
  for (const [index, line] of lines.entries())
    expect(line).toMatch([/^\.TP$/, /^\.B \S/, /^\w.*\w\w$/][index % 3] as RegExp);
});

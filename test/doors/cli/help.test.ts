import { commandVerb } from '../../../src/doors/cli/command-verb';
import {
  commandHelp,
  commandsDescribed,
  commandsText,
  examplesOf,
  helpText,
  usage,
} from '../../../src/doors/cli/help';
import { parseCall } from '../../../src/doors/cli/parse-call';
import { readArguments } from '../../../src/doors/cli/typed-arguments';
import { VERBS } from '../../../src/doors/cli/verbs';
import { checkArguments } from '../../../src/manifest/check-arguments';
import { commands } from '../../../src/manifest/generated/commands';
import type { CommandName } from '../../../src/manifest/generated/types';
import { commandNamed, mainArgument, shortName } from '../../../src/manifest/short-names';

const NAMES = Object.keys(commands) as CommandName[];

/** The words of a command line, as a shell splits it. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'((?:[^']|'\\'')*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

test('every verb is in the help, with its summary', () => {
  const text = usage(VERBS);
  for (const [name, { summary }] of Object.entries(VERBS)) {
    expect(text).toContain(`mdti ${name}`);
    expect(text).toContain(summary);
  }
});

test('every verb and command has its own help page', () => {
  for (const name of Object.keys(VERBS)) expect(helpText(VERBS, name)).toMatch(`mdti ${name}`);
  for (const name of NAMES) expect(commandHelp(name, [])).toMatch(`mdti ${shortName(name)}`);
  expect(
    commandsText()
      .split('\n')
      .filter((line) => line.startsWith('  ')),
  ).toHaveLength(NAMES.length);
});

test('the examples in the help are command lines that the commands take', async () => {
  const examples = NAMES.flatMap((name) => examplesOf(name).map(([line]) => line));
  expect(examples.length).toBeGreaterThan(NAMES.length);
  for (const line of examples) {
    const [, name = '', ...rest] = wordsOf(line);
    const command = commandNamed(name) as CommandName;
    const { words, options } = parseCall(name, commandVerb(command), rest);
    checkArguments(command, await readArguments(command, { main: mainArgument(command), words }, options));
  }
});

test('commands --json names options, kinds and examples', () => {
  const described = JSON.parse(JSON.stringify(commandsDescribed()));
  expect(described).toHaveLength(NAMES.length);
  expect(described.find(({ shortName: name }: { shortName: string }) => name === 'host')).toMatchObject({
    name: 'msg-defender-threat-intel-host',
    mainArgument: 'host_id',
    arguments: [{ name: 'host_id', option: '--host-id', kind: 'list', required: true }, { name: 'odata' }],
    examples: expect.arrayContaining([
      { line: expect.stringMatching(/^mdti host /), does: expect.any(String) },
    ]),
  });
});

import { parseCall } from '../../../src/doors/cli/parse-call';
import type { Verb } from '../../../src/doors/cli/verb';

const VERB = {
  group: 'Look up',
  summary: '',
  flags: {
    output: { short: 'o', value: 'FORMAT', help: '', choices: ['json', 'ndjson', 'csv'] },
    'host-id': { value: 'HOST', help: '' },
    param: { value: 'NAME=VALUE', many: true, help: '' },
    limit: { type: 'number', value: 'N', help: '', min: 1, max: 200 },
    retries: { type: 'number', value: 'N', help: '' },
    sandbox: { type: 'boolean', help: '' },
  },
  words: [{ name: 'init | check', choices: ['init', 'check'], required: true }, { name: 'FILE' }],
  run: () => 0,
} satisfies Verb;

const parse = (...argv: string[]) => parseCall('mdti config', VERB, argv, () => []);

/** The sentence and the hint with which this line is rejected. */
function rejected(verb: Verb, argv: readonly string[], verbsWith?: (flag: string) => readonly string[]) {
  try {
    parseCall('mdti config', verb, argv, verbsWith);
  } catch (error) {
    const { message, hint, code } = error as { message: string; hint: string; code: string };
    expect(code).toBe('INVOCATION_UNREADABLE');
    return [message, hint];
  }
  throw new Error('The line was accepted.');
}

const HELP = 'Run `mdti config --help` for the options.';

test('words and options are read in any order', () => {
  const { words, options, help } = parse('-o', 'JSON', 'check', '--limit=200', 'a.json', '--sandbox');
  expect([words, help]).toEqual([['check', 'a.json'], false]);
  expect(options).toEqual({
    output: 'json',
    'host-id': undefined,
    param: [],
    limit: 200,
    retries: undefined,
    sandbox: true,
  });
});

test('an option may be spelled as an argument of the command, and a switch with =true', () => {
  const { options } = parse(
    'init',
    '--host_id=a_b',
    '--sandbox=true',
    '--param',
    'a=1',
    '--param=b_c=2',
    '--retries=0',
  );
  expect(options).toMatchObject({ 'host-id': 'a_b', sandbox: true, param: ['a=1', 'b_c=2'], retries: 0 });
});

test('what is left out is off, and a value is taken as typed', () => {
  const { words, options } = parse('init', 'x--host_id=1', '--host_id', 'a');
  expect([words, options['host-id'], options.sandbox]).toEqual([['init', 'x--host_id=1'], 'a', false]);
  expect(parse('init', '--host_id=true').options['host-id']).toBe('true');
});

test('--help needs no words', () => {
  expect(parse('--help')).toMatchObject({ help: true, words: [] });
  expect(parse('-h', 'what', 'a', 'b', 'c')).toMatchObject({ help: true, words: ['what', 'a', 'b', 'c'] });
});

test.each([
  [['init', '--limit', '0'], '--limit: "0" is not a whole number from 1 to 200.', HELP],
  [['init', '--limit', '201'], '--limit: "201" is not a whole number from 1 to 200.', HELP],
  [['init', '--limit', '1.5'], '--limit: "1.5" is not a whole number from 1 to 200.', HELP],
  [
    ['init', '--retries', '9999999999'],
    '--retries: "9999999999" is not a whole number from 0 to 999999999.',
    HELP,
  ],
  [['init', '--limit', '1', '--limit=2'], '--limit is given twice.', 'Give it once.'],
  [
    ['init', '--limit'],
    '--limit needs a value.',
    `A value that starts with a hyphen is written --limit=VALUE. ${HELP}`,
  ],
  [
    ['init', '-o'],
    '--output needs a value.',
    `A value that starts with a hyphen is written --output=VALUE. ${HELP}`,
  ],
  [
    ['init', '-o', '--sandbox'],
    '--output needs a value.',
    `A value that starts with a hyphen is written --output=VALUE. ${HELP}`,
  ],
  [['init', '--sandbox=no'], '--sandbox takes no value.', HELP],
  [['init', '--help=1'], '--help takes no value.', HELP],
  [['init', '-o', 'jsn'], '--output: "jsn" is not a choice.', 'Did you mean json?'],
  [['init', '-o', 'zzzzz'], '--output: "zzzzz" is not a choice.', 'Use one of json, ndjson, csv.'],
  [['init', '--limits', '1'], 'mdti config has no option --limits.', `Did you mean --limit? ${HELP}`],
  [['init', '--zzzzzzzz'], 'mdti config has no option --zzzzzzzz.', HELP],
  [
    ['init', '--max-result', '3'],
    'mdti config has no option --max-result.',
    `max_results is a parameter: write --param max_results=VALUE. ${HELP}`,
  ],
  [
    ['init', '--telegraph-endpoint', 'x'],
    'mdti config has no option --telegraph-endpoint.',
    `graph_endpoint is a parameter: write --param graph_endpoint=VALUE. ${HELP}`,
  ],
  [
    ['init', '--client-secret=x'],
    'mdti config has no option --client-secret.',
    `credentials is a parameter: run \`mdti login\`, or set MDTI_CREDENTIALS_PASSWORD. ${HELP}`,
  ],
  [
    ['init', '--managed-identities-client-id=x'],
    'mdti config has no option --managed-identities-client-id.',
    `managed_identities_client_id is a parameter: run \`mdti login\`, or set MDTI_MANAGED_IDENTITIES_CLIENT_ID_PASSWORD. ${HELP}`,
  ],
  [['init', '--format', 'x'], 'mdti config has no option --format.', `Use -o FORMAT. ${HELP}`],
  [['init', '--quiet'], 'mdti config has no option --quiet.', `Set MDTI_LOG=error instead. ${HELP}`],
  [['init', '--verbose'], 'mdti config has no option --verbose.', `Set MDTI_LOG=info instead. ${HELP}`],
  [
    ['init', '--query', 'x'],
    'mdti config has no option --query.',
    `Filter the rows: -o ndjson | jq. ${HELP}`,
  ],
  [['init', '--no_such'], 'mdti config has no option --no_such.', HELP],
  [['init', '--host_id!x'], 'mdti config has no option --host_id!x.', HELP],
  [['init', '--json-lines'], 'mdti config has no option --json-lines.', HELP],
  [['init', '-q', 'x'], 'mdti config has no option -q.', `Filter the rows: -o ndjson | jq. ${HELP}`],
  [[], 'mdti config needs init or check.', HELP],
  [['checks'], 'mdti config: "checks" is not a choice.', 'Did you mean check?'],
  [['init', 'a', 'b'], 'mdti config: unexpected word "b".', HELP],
])('%j is rejected with what to do', (argv, message, hint) => {
  expect(rejected(VERB, argv)).toEqual([message, hint]);
});

test.each(['json', 'csv', 'yaml', 'ndjson', 'stix'])('--%s of other programs is -o here', (format) => {
  expect(rejected(VERB, ['init', `--${format}`])).toEqual([
    `mdti config has no option --${format}.`,
    `Use -o ${format}. ${HELP}`,
  ]);
});

test('an option of other verbs is named with them', () => {
  const verbsWith = (flag: string) => (flag === '--from-stdin' ? ['mdti login', 'mdti enrich'] : []);
  expect(rejected(VERB, ['--from-stdin'], verbsWith)).toEqual([
    'mdti config has no option --from-stdin.',
    `--from-stdin is an option of mdti login and mdti enrich. ${HELP}`,
  ]);
});

test('a verb without options or words takes none, and has no other spelling of -o', () => {
  const plain: Verb = { group: 'Help', summary: '', wordsHint: 'Write one line.', run: () => 0 };
  expect(rejected(plain, ['--csv'])).toEqual(['mdti config has no option --csv.', HELP]);
  expect(rejected(plain, ['--max-results'])).toEqual(['mdti config has no option --max-results.', HELP]);
  expect(rejected(plain, ['-q'])).toEqual(['mdti config has no option -q.', HELP]);
  expect(rejected(plain, ['a'])).toEqual(['mdti config: unexpected word "a".', 'Write one line.']);
  expect(parseCall('mdti help', plain, [])).toEqual({ words: [], options: {}, help: false });
});

test('the last word may take all that follow, and a required one without choices is named', () => {
  const many: Verb = {
    group: 'Help',
    summary: '',
    words: [{ name: 'HOST', required: true, many: true }],
    run: () => 0,
  };
  expect(parseCall('mdti host', many, ['a', 'b', 'c']).words).toEqual(['a', 'b', 'c']);
  expect(rejected(many, [])[0]).toBe('mdti config needs HOST.');
});

test.each([
  [['bash', 'zsh', 'fish'], 'bash, zsh or fish'],
  [['bash'], 'bash'],
])('a required word of %j is named with its choices', (choices, named) => {
  const required: Verb = {
    group: 'Help',
    summary: '',
    words: [{ name: 'SHELL', choices, required: true }],
    run: () => 0,
  };
  expect(rejected(required, [])[0]).toBe(`mdti config needs ${named}.`);
});

test('of many choices twelve are listed', () => {
  const choices = Array.from({ length: 13 }, (_, at) => `choice${String.fromCharCode(97 + at)}`);
  const verbWith = (count: number): Verb => ({
    group: 'Help',
    summary: '',
    words: [{ name: 'X', choices: choices.slice(0, count) }],
    run: () => 0,
  });
  expect(parseCall('mdti help', verbWith(12), []).words).toEqual([]);
  expect(rejected(verbWith(12), ['0'])[1]).toBe(`Use one of ${choices.slice(0, 12).join(', ')}.`);
  expect(rejected(verbWith(13), ['0'])[1]).toBe(`Use one of ${choices.slice(0, 12).join(', ')}, ….`);
});

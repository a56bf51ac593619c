// cspell:ignore hosst ippp
import { commandHelp, commandsDescribed, commandsText, helpText, usage } from '../../../src/doors/cli/help';
import { verb } from '../../../src/doors/cli/verb';
import { raised } from '../../support/raised';

const VERBS = {
  load: verb({
    group: 'Setup',
    summary: 'load a file',
    details: 'Reads rows.\nWrites them.',
    words: [
      { name: 'FILE', help: 'the file', required: true },
      { name: 'NAME', many: true },
    ],
    flags: {
      from: { value: 'FOLDER', short: 'f', help: 'where' },
      many: { type: 'boolean', help: 'more' },
    },
    examples: [['mdti load a', 'load a']],
    run: () => 0,
  }),
  state: verb({ group: 'Help', summary: 'show it', run: () => 0 }),
};

test('the first page has commands to start with, then the verbs in their groups', () => {
  expect(usage(VERBS)).toBe(`mdti: Microsoft Defender Threat Intelligence at the command line

Look up
  mdti ip 192.0.2.1                 rate IP addresses; domain and cve do the same for names and CVE IDs
  mdti reputation @list.txt         rate a list of names and addresses from a file; - reads stdin
  mdti host contoso.com             read hosts; host-whois, host-reputation, host-ports and more
  mdti articles --search phishing   search articles; profiles for actors and their tools
  mdti '!host host_id=contoso.com'  the same command in Cortex XSOAR syntax, to paste from a War Room

Setup
  mdti load FILE [NAME…]            load a file

Help
  mdti state                        show it

\`mdti NAME --help\` shows the options and examples of a verb or command, \`mdti commands\` lists all commands.
Try it without a login: mdti host contoso.com --sandbox`);
  expect(helpText(VERBS, undefined)).toBe(usage(VERBS));
});

test.each([
  [
    'load',
    `mdti load FILE [NAME…] [options]
Load a file.

Reads rows.
Writes them.

  FILE  the file

Options
  -f, --from FOLDER  where
  --many             more

Examples
  mdti load a
      load a`,
  ],
  ['state', 'mdti state\nShow it.'],
])('the page of the verb %s', (name, page) => {
  expect(helpText(VERBS, name)).toBe(page);
});

const OPTIONS = `Options
  -o, --output FORMAT   table, json, ndjson, csv, yaml, context
  -q, --query JMESPATH  print only this part of the result, such as \`[].id\`; combines with -o
  --show-request        print the requests of the command instead of sending them
  --quiet               print results and errors only: no notes, no progress, no warnings
  --verbose             print what happens, as MDTI_LOG=info does
  --profile NAME        parameters from this profile of the configuration file
  --sandbox             use a sandbox that is started for this command; no sign-in needed
                        \`mdti help options\` explains them`;

test('the page of a command without arguments, examples and outputs', () => {
  expect(helpText(VERBS, 'auth-test')).toBe(`mdti auth-test
Checks that the plugin can sign in and has permission to read threat intelligence.

On the platform: !msg-defender-threat-intel-auth-test

Arguments
  none

${OPTIONS}`);
});

test.each([
  ['host-pairs', /^mdti host-pairs \[HOST_ID\] \[options\]\nLists the pairs of hosts/],
  [
    'host-pairs',
    /\n\nOn the platform: !msg-defender-threat-intel-host-pairs-list\n\nArguments\n {2}host_id\n {6}A host name/,
  ],
  ['host-pairs', /\n {2}direction \(both \| parent \| child, default both\)\n {6}parent for/],
  ['host-pairs', /\n {2}limit \(default 50\)\n {6}Maximum/],
  [
    'host-pairs',
    /--sandbox {13}use .*\n {24}`mdti help options` explains them\n\nExamples\n {2}mdti host-pairs contoso\.com\n {6}The host pairs of a host\n/,
  ],
  ['host-pairs', /\n\nContext\n {2}MSGDefenderThreatIntel\.HostPair\.id {2}ID of the host pair; .*\n {2}MSG/],
  ['expand', /^mdti expand SEEDS… \[options\]\n/],
  ['expand', /\nArguments\n {2}seeds \(required, list\)\n {6}Seed nodes/],
  ['expand', /\n {2}-o, --output FORMAT {3}table, .*, json-graph, graphml, dot, mermaid, stix\n/],
  ['articles', /^mdti articles \[SEARCH\] \[options\]\n/],
  ['host', /^mdti host HOST_ID… \[options\]\n/],
  ['whois', /^mdti host-whois /],
])('the page of %s has %s', (name, part) => {
  expect(commandHelp(name, [])).toMatch(part);
});

test('the options of every command are explained on one page', () => {
  expect(helpText(VERBS, 'options')).toMatch(
    /^Options of every command, such as `mdti host contoso\.com -o csv`\n\n {2}-o, --output FORMAT {3}table \(default\), json, yaml: .*\n {2}-q,[\s\S]*\n {2}--params FILE {9}parameters from a JSON file instead of a profile\n/,
  );
});

test.each([
  ['lod', 'There is no command "lod".', 'Did you mean `mdti load`?'],
  ['hosts-pairs', 'There is no command "hosts-pairs".', 'Did you mean `mdti host-pairs`?'],
  ['!hosst', 'There is no command "hosst".', 'Did you mean `mdti host`?'],
  ['ipp', 'There is no command "ipp".', 'Did you mean `mdti ip`?'],
  ['ippp', 'There is no command "ippp".', 'Run `mdti help` for the list.'],
  ['ho!st', 'There is no command "ho!st".', 'Did you mean `mdti host`?'],
  ['xip', 'There is no command "xip".', 'Run `mdti help` for the list.'],
  ['192.0.2.1', 'There is no command "192.0.2.1".', 'To look it up, run `mdti ip 192.0.2.1`.'],
  ['hasOwnProperty', 'There is no command "hasOwnProperty".', 'Run `mdti help` for the list.'],
])('help for %s names the nearest verb or command', async (name, message, hint) => {
  expect(await raised(() => helpText(VERBS, name))).toMatchObject({ code: 'COMMAND_UNKNOWN', message, hint });
});

test('the list of commands is in groups, each with its other names', () => {
  const groups = commandsText()
    .split('\n\n')
    .map((group) => {
      const [subject, ...lines] = group.split('\n');
      return [subject, ...lines.map((line) => line.trim().split(' ')[0])].join(' ');
    });
  expect(groups).toEqual([
    'Sign-in auth-start auth-complete auth-test auth-reset',
    'Articles articles article-indicators article-summary',
    'Actors and tools profiles profile-indicators profile-summary',
    'Hosts host host-whois host-whois-history host-reputation host-components host-cookies host-pairs host-ports host-ssl-certificates host-trackers host-subdomains host-passive-dns host-summary',
    'Certificates ssl-certificates ssl-certificate-related-hosts',
    'Vulnerabilities vulnerability vulnerability-components vulnerability-articles vulnerability-summary',
    'WHOIS whois-search',
    'Graph expand',
    'Verdicts ip domain cve',
  ]);
  expect(commandsText()).toMatch(/^ {2}host-whois {21}Reads the current WHOIS .*\. \(also: whois\)$/m);
  expect(commandsText()).toMatch(/^ {2}cve {28}Describes vulnerabilities: one entry each\.$/m);
  expect(commandsText()).toMatch(/ \(also: components\)$/m);
});

test.each([
  [
    'host-pairs',
    'direction',
    {
      option: '--direction',
      description: expect.stringMatching(/^parent for/),
      kind: 'choice',
      required: false,
      default: 'both',
      choices: ['both', 'parent', 'child'],
    },
  ],
  ['host-pairs', 'host_pair_id', { option: '--host-pair-id', kind: 'text', default: null, choices: null }],
  ['expand', 'seeds', { kind: 'list', required: true }],
])('a program reads what the argument %s %s takes', (command, argument, expected) => {
  const described = commandsDescribed().find(({ shortName }) => shortName === command);
  expect(described?.arguments.find(({ name }) => name === argument)).toMatchObject(expected);
});

test.each([
  ['host-pairs', 'host_id', 'MSGDefenderThreatIntel.HostPair.id'],
  ['auth-test', null, undefined],
])('and the main argument and the outputs of %s', (command, mainArgument, path) => {
  const described = commandsDescribed().find(({ shortName }) => shortName === command);
  expect(described).toMatchObject({
    name: expect.stringContaining(command),
    description: expect.stringMatching(/\.$/),
    mainArgument,
  });
  expect(described?.outputs[0]).toEqual(
    path === undefined ? undefined : { contextPath: path, description: expect.stringMatching(/\.$/) },
  );
});

import { checkLine } from '../../../src/doors/cli/check-line';
import { forPeople } from '../../../src/doors/cli/for-people';
import { lookupCall } from '../../../src/doors/cli/lookup-command';
import { isGraphFormat, OUTPUT_FORMATS } from '../../../src/doors/cli/output-formats';
import { jsonOrPart, jsonText, listOf, valuesAsText } from '../../../src/doors/cli/plain-text';
import { propertyMissing } from '../../../src/doors/cli/property-missing';
import { search } from '../../../src/doors/cli/query';
import { withoutNotes } from '../../../src/doors/cli/result-notes';
import { yaml } from '../../../src/doors/cli/yaml';
import { argumentsOf } from '../../../src/manifest/short-names';
import { DBOT_SCORE_KEY } from '../../../src/xsoar/dbot-score';

describe('the line of a check', () => {
  test.each([
    [{ status: 'ok', message: 'a\u001b b' }, 'ok    a  b'],
    [{ status: 'warn', message: 'a', fix: 'do\nb' }, 'WARN  a\n      do b'],
    [
      { check: 'token', status: 'fail', message: 'a', fix: 'b' },
      `FAIL  token          a\n${' '.repeat(21)}b`,
    ],
    [{ check: 'one call', status: 'skip', message: 'a' }, '-     one call       a'],
    [{ status: 'ok', message: 'Run !ip.', fix: 'Run !ip.' }, 'ok    Run `mdti ip`.\n      Run `mdti ip`.'],
  ] as const)('%j', (check, line) => {
    expect(checkLine(check)).toBe(line);
  });
});

test.each([
  ['CVE-2099-10001', 'cve CVE-2099-10001'],
  ['192.0.2.1', 'ip 192.0.2.1'],
  ['2001:db8::1', 'ip 2001:db8::1'],
  ['contoso.com', 'domain contoso.com'],
  ['contoso[.]com', 'domain contoso.com'],
  ['hxxps://contoso[.]com/x?a=1&b=$(id);reboot', 'domain contoso.com'],
  ['https://192.0.2.1/`id`', 'ip 192.0.2.1'],
  ['AB'.repeat(16), `articles search=${'AB'.repeat(16)}`],
  ['0a'.repeat(20), `articles search=${'0a'.repeat(20)}`],
  ['0a'.repeat(32), `articles search=${'0a'.repeat(32)}`],
  ['ab'.repeat(17), undefined],
  ['xy'.repeat(16), undefined],
  ['xy'.repeat(20), undefined],
  ['xy'.repeat(32), undefined],
  [`x${'ab'.repeat(32)}`, undefined],
  [`${'ab'.repeat(32)}x`, undefined],
  ['hosts', undefined],
  ['a b.example', undefined],
])('typed where a command belongs, %s is looked up by %s', (word, call) => {
  expect(lookupCall(word)).toBe(call);
});

test('the formats of a graph are those that no list has', () => {
  expect(OUTPUT_FORMATS.filter(isGraphFormat)).toEqual(['json-graph', 'graphml', 'dot', 'mermaid', 'stix']);
});

describe('what a query finds', () => {
  test.each([
    ['a', 'a\n'],
    [5, '5\n'],
    [false, 'false\n'],
    [null, ''],
    [undefined, ''],
    [[], ''],
    [['a', null, 0], 'a\n\n0\n'],
    [{ a: 1 }, '{\n  "a": 1\n}\n'],
    [['a', { b: 1 }], '[\n  "a",\n  {\n    "b": 1\n  }\n]\n'],
  ])('%j is printed as %j', (value, text) => {
    expect(valuesAsText(value)).toBe(text);
  });

  test('is a part of the document, or the whole without a query', async () => {
    expect(await jsonOrPart({ a: ['x', 'y'] }, 'a[1]')).toBe('y\n');
    expect(await jsonOrPart({ a: 1 }, undefined)).toBe('{\n  "a": 1\n}\n');
    expect(jsonText(undefined)).toBe('null\n');
    expect([listOf(0), listOf([0])]).toEqual([[0], [0]]);
  });

  test.each([
    ['a[', 'it is incomplete'],
    ['a.', 'it is incomplete'],
    ['length(', 'it is incomplete'],
    ['a b', 'Unexpected token type: UnquotedIdentifier, value: b'],
  ])('the expression %s, which is none, gets the reason and examples', (expression, reason) => {
    expect(() => search({}, expression)).toThrow(
      expect.objectContaining({
        message: `--query: "${expression}" is not a valid JMESPath expression: ${reason}.`,
        hint: "Examples: -q registrar, -q '[].id', -q '[?score > `50`].hostId'. See https://jmespath.org.",
      }),
    );
  });
});

test('YAML writes long strings on one line and repeated objects twice', () => {
  const host = { id: `${'word '.repeat(40)}end` };
  expect(yaml([host, host])).toBe(`- id: ${host.id}\n- id: ${host.id}\n`);
  expect(yaml(undefined)).toBe('null\n');
});

describe('--quiet', () => {
  test.each([
    '2 requests to Graph: Host, HostReputation.',
    '1 request to Graph: Host.',
    '1,204 requests to Graph: Host.',
    'A response of Graph from 2026-01-01 12:00 was used again.',
    '1,204 responses of Graph from 2026-01-01 12:00 were used again.',
    'Showing 1 article; more are available.',
    'Columns left out: id.',
    '4 ports.',
    '1,204 passive DNS records.',
    '6 WHOIS records; Graph counted 12.',
  ])('leaves out "%s"', (note) => {
    expect(withoutNotes(`Hosts\n\n  ${note}\n\nrow\n`)).toBe('Hosts\n\nrow\n');
  });

  test.each([
    'About 2 requests to Graph: Host.',
    'Not A response of Graph from cache',
    'We are Showing 1',
    'All Columns left out: id',
    '4 ports are open now here.',
    'x 4 ports.',
    '2 of the requests that failed.',
    'Showing none.',
    '5 a b c d e.',
  ])('keeps "%s"', (text) => {
    expect(withoutNotes(`Hosts\n\n${text}`)).toBe(`Hosts\n\n${text}\n`);
  });
});

describe('a search without its property', () => {
  const WHOIS = 'msg-defender-threat-intel-whois-search';
  const CERTIFICATE = 'msg-defender-threat-intel-ssl-certificate-list';
  const missing = (command: typeof WHOIS | typeof CERTIFICATE, typed: string) =>
    propertyMissing(command, argumentsOf(command).search_property?.choices ?? [], typed);

  test('names the properties and an example', () => {
    expect(missing(CERTIFICATE, 'contoso.com')).toMatchObject({
      message: 'ssl-certificates: the property to search for "contoso.com" is missing.',
      hint: expect.stringMatching(
        /^Write PROPERTY=VALUE, such as `mdti ssl-certificates \w+\/commonName=contoso\.com`\. Properties: (?:[\w/]+, ){11}[\w/]+, … \(`mdti ssl-certificates --help` lists all\)\.$/,
      ),
    });
    expect(missing(WHOIS, 'x').hint).toMatch(
      /such as `mdti whois-search \w+\/email=x`\. Properties: (?:[\w/]+, ){12}… \(/,
    );
  });

  test.each(['registrantName=Contoso', 'Registrant_Name=Contoso', 'registrant/NAME=Contoso'])(
    '%s names the one that was meant',
    (typed) => {
      expect(missing(WHOIS, typed)).toMatchObject({
        message: `whois-search: there is no property "${typed.split('=')[0]}".`,
        hint: 'Did you mean `mdti whois-search registrant/name=Contoso`?',
      });
    },
  );

  test.each([
    ['zzz=a=b', 'there is no property "zzz".', 'registrant/email=a=b`'],
    ['zzz=', 'there is no property "zzz".', 'registrant/email=`'],
    [
      'two words=b',
      'the property to search for "two words=b" is missing.',
      "'registrant/email=two words=b'`",
    ],
    ['=b', 'the property to search for "=b" is missing.', 'registrant/email==b`'],
  ])('%s is taken apart at the first equals sign after one word', (typed, message, example) => {
    expect(missing(WHOIS, typed)).toMatchObject({
      message: `whois-search: ${message}`,
      hint: expect.stringContaining(`such as \`mdti whois-search ${example}. Properties: `),
    });
  });
});

describe('a result for people', () => {
  const screen = { styled: false, width: 80 };
  const entry = (HumanReadable?: string) => ({ Type: 1, Contents: {}, HumanReadable }) as never;
  const rated = {
    Type: 1,
    Contents: {},
    EntryContext: { [DBOT_SCORE_KEY]: { Indicator: '192.0.2.1', Score: 3, Type: 'ip' } },
  } as never;
  const text = (entries: readonly never[], quiet = false, system?: object) =>
    forPeople({ entries, ...(system === undefined ? {} : { system: system as never }) }, 'table\n', {
      screen,
      quiet,
    });

  test.each([
    ['without a time', [entry('seen 2026-01-01'), entry()], 'table\n'],
    ['with a time', [entry('none'), entry('seen 2026-01-31 12:34 there')], 'table\n\nTimes are in UTC.\n'],
    ['with a number that is no time', [entry('12026-01-31 12:34')], 'table\n'],
    ['without entries', [], 'table\n'],
  ])('%s', (_, entries, shown) => {
    expect(text(entries)).toBe(shown);
  });

  test('--quiet leaves out that times are in UTC', () => {
    expect(text([entry('seen 2026-01-31 12:34')], true)).toBe('table\n');
  });

  test('raw-response is the document alone', () => {
    expect(text([entry('seen 2026-01-31 12:34')], false, { rawResponse: true })).toBe('table\n');
    expect(text([entry('seen 2026-01-31 12:34')], false, { rawResponse: false })).toContain('UTC');
  });

  test('verdicts are lines above the table', () => {
    expect(text([rated, rated])).toBe('!! malicious   192.0.2.1\n!! malicious   192.0.2.1\n\ntable\n');
  });
});

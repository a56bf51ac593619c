import { formatCommandLine, parseCommandLine } from '../../src/xsoar/command-line';
import fc, { samples } from '../support/property';

test.each([
  ['!ip 192.0.2.1', { command: 'ip', args: {}, unnamed: '192.0.2.1' }],
  ['ip 192.0.2.1', { command: 'ip', args: {}, unnamed: '192.0.2.1' }],
  ['  !host   a=1  b=2 ', { command: 'host', args: { a: '1', b: '2' } }],
  ['!host a="two words"', { command: 'host', args: { a: 'two words' } }],
  ['!host a="say \\"hi\\""', { command: 'host', args: { a: 'say "hi"' } }],
  ['!host a=`{"k": "v\\n"}`', { command: 'host', args: { a: '{"k": "v\\n"}' } }],
  ['!host a=two\\ words', { command: 'host', args: { a: 'two words' } }],
  ['!host a="one\\ntwo"', { command: 'host', args: { a: 'one\ntwo' } }],
  ['!host a="one\\ttwo\\r"', { command: 'host', args: { a: 'one\ttwo\r' } }],
  ['host a=b!c', { command: 'host', args: { a: 'b!c' } }],
  ['!host a=C:\\Users', { command: 'host', args: { a: 'C:\\Users' } }],
  ['!host a=', { command: 'host', args: { a: '' } }],
  ['!host a=b=c', { command: 'host', args: { a: 'b=c' } }],
  ["!host a=it's", { command: 'host', args: { a: "it's" } }],
  ['!host "a=b"', { command: 'host', args: {}, unnamed: 'a=b' }],
  ['!host a=${Path.to[0]}', { command: 'host', args: { a: '${Path.to[0]}' } }],
  ["!host a=${A(val.X == 'y z').Z} b=1", { command: 'host', args: { a: "${A(val.X == 'y z').Z}", b: '1' } }],
  ['!host raw-response=true', { command: 'host', args: { 'raw-response': 'true' } }],
])('%s', (line, command) => {
  expect(parseCommandLine(line)).toEqual(command);
});

test.each([
  ['', 'does not start with a command'],
  ['a=1', 'does not start with a command'],
  ['!host a="open', 'a " is not closed'],
  ['!host a=`open', 'a ` is not closed'],
  ['!host a="x"y', 'a closing quote is followed by a character other than a space'],
  ['!host one two', '"two" and "one" have no argument name'],
  ['!host a=1 a=2', 'a is given twice'],
])('%s is rejected', (line, reason) => {
  expect(() => parseCommandLine(line)).toThrow(
    expect.objectContaining({ code: 'INVOCATION_UNREADABLE', message: expect.stringContaining(reason) }),
  );
});

const name = fc.stringMatching(/^[\w-]{1,12}$/);
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '${A.B', "it's", 'a\\', '`', '"', '\\n'),
);
const command = fc.record(
  { command: name, args: fc.dictionary(name, value), unnamed: value },
  { requiredKeys: ['command', 'args'] },
);

test('a printed command reads as the command', () => {
  fc.assert(
    fc.property(command, (line) => expect(parseCommandLine(formatCommandLine(line))).toEqual(line)),
    {
      numRuns: samples(500),
    },
  );
});

import { verdictLines } from '../../src/doors/cli/verdict-lines';
import { inToolWords } from '../../src/doors/mcp/tool-names';
import { platformArguments } from '../../src/doors/run/platform-arguments';
import { splitArguments } from '../../src/xsoar/system-arguments';

/** Words that every object inherits; Graph, a user or a program may use each of them. */
const INHERITED = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf'];

test.each(INHERITED)('a classification %s is shown as unknown verdicts are', (classification) => {
  const executed = {
    entries: [],
    errors: [],
    args: {},
    system: splitArguments({}).system,
    context: {},
    lookups: [{ subject: { name: 'hostId', id: 'contoso.com' }, rows: [{ classification, score: 5 }] }],
  };
  const [line] = verdictLines(executed as never, { styled: true, width: 80 });
  expect(line).toContain(classification);
  expect(line).toContain('contoso.com');
});

test.each(INHERITED)('an argument %s of a platform is ignored by name', (name) => {
  const args = JSON.parse(`{"host_id":"contoso.com","${name}":"x"}`);
  expect(platformArguments('msg-defender-threat-intel-host', args)).toEqual({
    args: { host_id: 'contoso.com' },
    ignored: [name],
  });
  expect(platformArguments(name, args)).toEqual({ args, ignored: [] });
});

test('a command named constructor stays a name in the words of the tools', () => {
  expect(inToolWords('There is no msg-defender-threat-intel-constructor.')).not.toContain('function');
});

import { PluginError } from '../../../src/base/errors';
import { platformArguments, withWarning } from '../../../src/doors/run/platform-arguments';
import { errorEntry, resultEntry } from '../../../src/xsoar/entry';

const HOST = 'msg-defender-threat-intel-host';

test('arguments that a command does not have are named, except those of the platform', () => {
  const args = { host_id: 'a', using: 'instance_1', 'raw-response': 'true', hostid: 'b', id: 'c' };
  expect(platformArguments(HOST, args)).toEqual({ args: { host_id: 'a' }, ignored: ['hostid', 'id'] });
});

test('the arguments of an unknown command stay', () => {
  expect(platformArguments('no-such-command', { a: 1 })).toEqual({ args: { a: 1 }, ignored: [] });
});

test.each([
  [{ cve_id: 'CVE-2099-10001' }, { cve: 'CVE-2099-10001' }, []],
  [{ cve: 'CVE-2099-10001', cve_id: 'CVE-2099-10002' }, { cve: 'CVE-2099-10001' }, ['cve_id']],
])('cve reads %j as %j', (given, args, ignored) => {
  expect(platformArguments('cve', given)).toEqual({ args, ignored });
});

test('cve_id is not an argument of another command', () => {
  expect(platformArguments('ip', { cve_id: 'x' })).toEqual({ args: {}, ignored: ['cve_id'] });
});

describe('the warning', () => {
  const result = (markdown: string) => resultEntry([], markdown, null);
  const failed = errorEntry(new PluginError('GRAPH_UNAVAILABLE', 'Try later.'));
  const texts = (entries: readonly { readonly HumanReadable?: string }[]) =>
    entries.map(({ HumanReadable }) => HumanReadable);

  test('is below the last result', () => {
    const entries = [result('### One'), result('### Two'), failed];
    expect(texts(withWarning(entries, HOST, ['hostid']))).toEqual([
      '### One',
      `### Two\n\nIgnored an argument that ${HOST} does not have: "hostid".`,
      failed.HumanReadable,
    ]);
  });

  test('is below the only result where a later lookup failed', () => {
    const [found, error] = texts(withWarning([result('### One'), failed], HOST, ['hostid']));
    expect([found, error]).toEqual([expect.stringContaining('Ignored'), failed.HumanReadable]);
  });

  test('is the text of a result without one, and names every argument', () => {
    const [entry] = withWarning([result('')], HOST, ['a', 'b"']);
    expect(entry?.HumanReadable).toBe(`Ignored arguments that ${HOST} does not have: "a", "b\\"".`);
  });

  test('is left out where nothing was ignored', () => {
    const entries = [result('### One')];
    expect(withWarning(entries, HOST, [])).toBe(entries);
  });

  test('is below an error where nothing was found, with the argument that was probably meant', () => {
    const [entry] = withWarning([failed], HOST, ['hostid', 'x']);
    expect(entry?.Contents).toBe(
      `${failed.Contents}\nIgnored arguments that ${HOST} does not have: "hostid", "x". Did you mean host_id?`,
    );
    const two = withWarning([failed], HOST, ['hostid', 'o_data'])[0]?.Contents;
    expect(two).toMatch(/ Did you mean host_id, odata\?$/);
    const other = withWarning([failed, failed], HOST, ['x']).map(({ Contents }) => Contents);
    expect(other).toEqual([
      failed.Contents,
      `${failed.Contents}\nIgnored an argument that ${HOST} does not have: "x".`,
    ]);
  });
});

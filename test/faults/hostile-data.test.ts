import { render } from '../../src/doors/cli/terminal';
import { json, text } from './hostile';
import { faultTable } from './record';
import { hostileStage, seen } from './stage';

const record = faultTable('hostile data');

const scene = hostileStage();

/** Foreign strings, and what of them a table shows. */
const TEXTS: Readonly<Record<string, readonly [title: string, shown: string]>> = {
  'terminal escapes': ['\u001b[31mred\u001b[0m\u009b2Jgone', '[31mred [0m 2Jgone'],
  'a title for the terminal': ['\u001b]0;owned\u0007x', ']0;owned x'],
  'a hyperlink for the terminal': [
    '\u001b]8;;https://example.org\u001b\\x\u001b]8;;\u001b\\',
    ']8;;hxxps://example.org \\x ]8;; \\',
  ],
  'line ends': ['one\r\ntwo\u2028three\u2029four\u0085five', 'one two three four five'],
  'cell ends': ['a | b || c \\| d', 'a | b || c \\| d'],
  'a separate row': ['x |\n| y | z |', 'x | | y | z |'],
  'a heading': ['x\n# y\n---', 'x # y ---'],
  'a script link': ['[x](javascript:alert(1))', '[x](javascript:alert(1))'],
  'a link by reference': ['[x][y]\n\n[y]: javascript:alert(1)', '[x][y] [y]: javascript:alert(1)'],
  'an automatic link': ['<javascript:alert(1)>', '<javascript:alert(1)>'],
  'an image': ['![x](https://example.org/a.png)', '![x](hxxps://example.org/a.png)'],
  'a tag': ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  'an entity': ['&#60;b&#62; &lt;i&gt; AT&T', '&#60;b&#62; &lt;i&gt; AT&T'],
  'emphasis and code': ['*a* __b__ ~~c~~ `d` snake_case', '*a* __b__ ~~c~~ `d` snake_case'],
  'the platform’s colors': ['{{color:red}}(x)', '{{color:red}}(x)'],
  'a backslash at the end': ['x\\', 'x\\'],
  'right to left': ['abc\u202egpj.exe\u2066x\u2069', 'abcgpj.exex'],
  'invisible characters': ['a\u200bb\u2060c\u00add\ufeffe\u{e0041}f', 'abcdef'],
  'half a character': ['a\ud800b', 'ab'],
  'an endless text': ['x'.repeat(1_000_000), `${'x'.repeat(159)}…`],
};

/** What markdown would act on: whatever no backslash stands before. */
function active(markdown: string): string {
  return markdown.replace(/\\[!-/:-@[-`{-~]/g, '');
}

test.each(Object.entries(TEXTS))('%s', async (what, [title, shown]) => {
  scene.server.play(
    json({
      value: [
        { id: 'a', title, createdDateTime: '2026-01-01T00:00:00Z' },
        { id: 'b', title: 'next' },
      ],
    }),
  );
  const outcome = await scene.on.run('article-list');
  const markdown = seen(outcome);
  const [head = '', , first = '', second = ''] = markdown.split('\n').filter((line) => line.startsWith('|'));
  const columns = active(head).split('|').length;
  expect([first, second].map((row) => active(row).split('|').length)).toEqual([columns, columns]);
  expect(second).toContain('next');
  expect(active(first)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}`*[\]<>~]|\{\{|&#?\w+;|(?<![\p{L}\p{N}])_/u);
  const screen = render(markdown, { styled: false, width: Number.POSITIVE_INFINITY });
  expect(screen).not.toMatch(/(?!\n)\p{Cc}/u);
  expect(screen).toContain(shown);
  expect(outcome.entries[0]?.Contents).toMatchObject([{ title }, {}]);
  record(what, shown.length > 60 ? `${shown.slice(0, 20)}… of ${shown.length} characters` : shown);
});

test.each(['__proto__', 'constructor', 'prototype'])(
  'a property named %s stays out of context',
  async (name) => {
    const hostile = `{"id":"contoso.com","${name}":{"polluted":true,"toString":1},"deep":{"${name}":{"polluted":true}}}`;
    scene.server.play(text(hostile, 'application/json'));
    const outcome = await scene.on.run('host', { host_id: 'contoso.com' });
    const [entry] = outcome.entries;
    expect(entry?.Type).toBe(1);
    expect(JSON.stringify(entry?.EntryContext)).not.toContain('polluted');
    expect(JSON.stringify(entry?.Contents)).toBe(hostile);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    record(`a property named ${name}`, 'left out of context, kept in Contents');
  },
);

test('values of another type than documented leave a cell empty, and the row stays', async () => {
  scene.server.play(
    json({
      id: 'contoso.com',
      classification: { a: 1 },
      score: [1, { b: 2 }],
      rules: [{ name: {}, severity: null }, null, 'text', { name: 'known' }],
    }),
  );
  const markdown = seen(await scene.on.run('host-reputation', { host_id: 'contoso.com' }));
  expect(markdown).not.toMatch(/undefined|null|\[object|NaN/);
  expect(markdown).toContain('known');
  record('objects, lists and null in the place of texts', 'an empty cell; the row stays');
});

test('the words of an error cannot steer a terminal either', async () => {
  scene.server.play(json({ error: { code: 'X\u001b[2J', message: 'a\u001b[31m\u202eb\u009bc' } }, 403));
  const outcome = seen(await scene.on.run('article-list'));
  expect(outcome).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  const typed = seen(await scene.on.run('host', { host_id: 'x\u009b2J\u202e y' }));
  expect(typed).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
});

test('a service that repeats our token does not get it shown', async () => {
  scene.server.play((response, request) => {
    const token = request.headers.authorization ?? '';
    json({ error: { code: 'Bad', message: `You sent ${token}` } }, 403)(response, request);
  });
  const outcome = seen(await scene.on.run('article-list'));
  expect(outcome).toContain('You sent Bearer ***');
  record('a 403 that repeats the bearer token', outcome);
});

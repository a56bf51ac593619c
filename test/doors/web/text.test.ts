import { commandLine } from '../../../src/doors/web/command-text';
import { contextChildren } from '../../../src/doors/web/context-tree';
import { fullTable } from '../../../src/doors/web/full-table';
import { blocksToHtml } from '../../../src/doors/web/report/html';
import { parseMarkdown } from '../../../src/doors/web/shared/markdown';

const text = (value: string) => [{ kind: 'text', text: value }];

describe('markdown', () => {
  test('headings, lists, code, tables and paragraphs are blocks', () => {
    const markdown = [
      '### Hosts',
      'one',
      'two',
      '- a',
      '  * b',
      '```sh',
      '# no heading',
      '```',
      '| Host | Score |',
      '| --- | :-: |',
      '| a \\| b | 7 |',
      '####### seven',
      '#none',
      '',
      '   + c',
      'end',
    ].join('\r\n');
    expect(parseMarkdown(markdown)).toEqual([
      { kind: 'heading', level: 3, content: text('Hosts') },
      { kind: 'paragraph', content: text('one\ntwo') },
      { kind: 'list', items: [text('a'), text('b')] },
      { kind: 'code', text: '# no heading' },
      { kind: 'table', head: [text('Host'), text('Score')], rows: [[text('a | b'), text('7')]] },
      { kind: 'paragraph', content: text('####### seven\n#none') },
      { kind: 'list', items: [text('c')] },
      { kind: 'paragraph', content: text('end') },
    ]);
  });

  test('code that is not closed goes to the end, and a table of one line has no rows', () => {
    expect(parseMarkdown('```\na\n')).toEqual([{ kind: 'code', text: 'a\n' }]);
    expect(parseMarkdown('|a\\')).toEqual([{ kind: 'table', head: [text('a\\')], rows: [] }]);
    expect(parseMarkdown('|---|')).toEqual([{ kind: 'table', head: [], rows: [] }]);
    expect(parseMarkdown('\n \n')).toEqual([]);
  });

  test.each([
    [
      '**bold** and `code`',
      [
        { kind: 'strong', text: 'bold' },
        { kind: 'text', text: ' and ' },
        { kind: 'code', text: 'code' },
      ],
    ],
    ['**a\\*b**', [{ kind: 'strong', text: 'a*b' }]],
    ['\\**a*', text('**a*')],
    ['**open `open [open](https://a.example', text('**open `open [open](https://a.example')],
    ['****', text('****')],
    ['[a\\]b](https://a.example/x)', [{ kind: 'link', text: 'a]b', href: 'https://a.example/x' }]],
    [
      'x[a](http://a.example)y',
      [
        { kind: 'text', text: 'x' },
        { kind: 'link', text: 'a', href: 'http://a.example' },
        { kind: 'text', text: 'y' },
      ],
    ],
    ['[a](javascript:alert)', text('[a](javascript:alert)')],
    ['[a](https://a b)', text('[a](https://a b)')],
    ['\\a \\[', text('\\a [')],
    ['a `b', text('a `b')],
    ['*a* **b', text('*a* **b')],
    ['[a](xhttps://a.example)', text('[a](xhttps://a.example)')],
    ['[a] (https://a.example)', text('[a] (https://a.example)')],
    ['[a](https://a.example', text('[a](https://a.example')],
    [`[${'x'.repeat(1_000)}](https://a.example)`, text(`[${'x'.repeat(1_000)}](https://a.example)`)],
    [`[a](https://${'x'.repeat(2_001)})`, text(`[a](https://${'x'.repeat(2_001)})`)],
    ['[b](https://a.example/\\)x)', [{ kind: 'link', text: 'b', href: 'https://a.example/\\)x' }]],
    [
      `[${'x'.repeat(998)}](https://a.example)`,
      [{ kind: 'link', text: 'x'.repeat(998), href: 'https://a.example' }],
    ],
    [`[${'x'.repeat(999)}](https://a.example)`, text(`[${'x'.repeat(999)}](https://a.example)`)],
    ['[a)](https://a.example)', [{ kind: 'link', text: 'a)', href: 'https://a.example' }]],
    [
      `${'y'.repeat(600)}[${'x'.repeat(600)}](https://a.example)`,
      [
        { kind: 'text', text: 'y'.repeat(600) },
        { kind: 'link', text: 'x'.repeat(600), href: 'https://a.example' },
      ],
    ],
    ['](https://a.example) [a', text('](https://a.example) [a')],
    ['[](https://a.example)', [{ kind: 'link', text: '', href: 'https://a.example' }]],
    [
      '`a` `b` [c](https://c.example) [d](https://d.example)',
      [
        { kind: 'code', text: 'a' },
        { kind: 'text', text: ' ' },
        { kind: 'code', text: 'b' },
        { kind: 'text', text: ' ' },
        { kind: 'link', text: 'c', href: 'https://c.example' },
        { kind: 'text', text: ' ' },
        { kind: 'link', text: 'd', href: 'https://d.example' },
      ],
    ],
    ['https://a.example/)[x', text('https://a.example/)[x')],
    ['a - b', text('a - b')],
    ['a # b', text('a # b')],
    ['a | b', text('a | b')],
  ])('%s', (markdown, content) => {
    expect(parseMarkdown(markdown)).toEqual([{ kind: 'paragraph', content }]);
  });

  test.each([
    ['##  two spaces', [{ kind: 'heading', level: 2, content: text('two spaces') }]],
    ['###### six', [{ kind: 'heading', level: 6, content: text('six') }]],
    ['# trailing  \t', [{ kind: 'heading', level: 1, content: text('trailing') }]],
    ['-  a\n* b\n+ c', [{ kind: 'list', items: [text('a'), text('b'), text('c')] }]],
    [
      'a\n## b',
      [
        { kind: 'paragraph', content: text('a') },
        { kind: 'heading', level: 2, content: text('b') },
      ],
    ],
    [
      'a\n   - b',
      [
        { kind: 'paragraph', content: text('a') },
        { kind: 'list', items: [text('b')] },
      ],
    ],
    [
      '- a\nb - c',
      [
        { kind: 'list', items: [text('a')] },
        { kind: 'paragraph', content: text('b - c') },
      ],
    ],
    ['a\nb - c | # d', [{ kind: 'paragraph', content: text('a\nb - c | # d') }]],
    ['| a ||', [{ kind: 'table', head: [text('a'), []], rows: [] }]],
    ['|', [{ kind: 'table', head: [], rows: [] }]],
    [
      'a\n \t\nb',
      [
        { kind: 'paragraph', content: text('a') },
        { kind: 'paragraph', content: text('b') },
      ],
    ],
    [
      '```\na```\n```\nb',
      [
        { kind: 'code', text: 'a```' },
        { kind: 'paragraph', content: text('b') },
      ],
    ],
    [
      '| a |\n| --- |\n| b-|---|\n| c |',
      [{ kind: 'table', head: [text('a')], rows: [[text('b-'), text('---')], [text('c')]] }],
    ],
    [
      '| a |  \n| b |\nc',
      [
        { kind: 'table', head: [text('a')], rows: [[text('b')]] },
        { kind: 'paragraph', content: text('c') },
      ],
    ],
  ])('%j', (markdown, blocks) => {
    expect(parseMarkdown(markdown)).toEqual(blocks);
  });

  test('more than 5,000 blocks are shown as text', () => {
    const blocks = parseMarkdown('# a\n'.repeat(5_001).trim());
    expect(blocks).toHaveLength(5_001);
    expect(blocks.at(-1)).toEqual({ kind: 'code', text: '# a' });
    expect(parseMarkdown('# a\n'.repeat(5_002).trim()).at(-1)).toEqual({ kind: 'code', text: '# a\n# a' });
    expect(parseMarkdown('# a\n'.repeat(5_000).trim()).at(-1)).toMatchObject({ kind: 'heading' });
  });

  test('is HTML of fixed elements in a report', () => {
    expect(
      blocksToHtml(
        '## A <b>\n**x** `y&` [z](https://a.example)\n- i\n- j\n```\n<pre>\n```\n| h | i |\n|---|---|\n| c | d |\n| e | f |',
      ),
    ).toBe(
      [
        '<h4>A &lt;b&gt;</h4>',
        '<p><strong>x</strong> <code>y&amp;</code> z (https://a.example)</p>',
        '<ul><li>i</li><li>j</li></ul>',
        '<pre>&lt;pre&gt;</pre>',
        '<div class="scroll"><table><thead><tr><th>h</th><th>i</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr><tr><td>e</td><td>f</td></tr></tbody></table></div>',
      ].join('\n'),
    );
  });
});

test.each([
  ['msg-defender-threat-intel-host', { host_id: 'contoso.com' }, '!host host_id=contoso.com'],
  ['no-such', { a: 'two words', b: '' }, '!no-such a="two words" b=""'],
  ['ip', { ip: 'a"b\\c\n$x`' }, '!ip ip="a\\"b\\\\c\\n$x`"'],
])('%s is recorded as a user would type it', (command, args, line) => {
  expect(commandLine(command, args)).toBe(line);
});

describe('the table of all properties', () => {
  test('has a column for each leaf of every object, in the order of their first use', () => {
    const objects = [
      {
        '@odata.type': '#microsoft.graph.security.hostname',
        id: 'a',
        registrar: { name: 'N', tags: ['x', 'y'] },
      },
      'no object',
      { id: 'b', empty: null, list: [{ a: 1 }], flag: false },
    ];
    expect(fullTable(objects)).toEqual({
      columns: ['odataType', 'id', 'registrar.name', 'registrar.tags', 'list', 'flag'],
      rows: [
        ['hostname', 'a', 'N', 'x; y', '', ''],
        ['', 'b', '', '', '[{"a":1}]', 'false'],
      ],
    });
    expect(fullTable({ id: 'a' })).toEqual({ columns: ['id'], rows: [['a']] });
    expect(fullTable(null)).toEqual({ columns: [], rows: [] });
  });

  test('has up to 120 columns, and cells of up to 2,000 characters', () => {
    const wide = Object.fromEntries(Array.from({ length: 130 }, (_, at) => [`n${at}`, 'x'.repeat(2_001)]));
    const { columns, rows } = fullTable([wide]);
    expect([columns.length, rows[0]?.length, rows[0]?.[119]?.length]).toEqual([120, 120, 2_000]);
  });
});

describe('the tree of the context', () => {
  const CONTEXT = {
    Host: [{ id: 'a' }, { id: 'b', tags: ['x'] }],
    score: 7,
    note: 'y'.repeat(301),
    none: null,
  };

  test('has the children of a value, with their paths', () => {
    expect(contextChildren(CONTEXT, [], 0)).toEqual({
      total: 4,
      children: [
        { key: 'Host', path: 'Host', type: 'list', preview: '2' },
        { key: 'score', path: 'score', type: 'value', preview: '7' },
        { key: 'note', path: 'note', type: 'value', preview: `${'y'.repeat(300)}…` },
        { key: 'none', path: 'none', type: 'value', preview: 'null' },
      ],
    });
    expect(contextChildren(CONTEXT, ['Host'], 1)).toEqual({
      total: 2,
      children: [{ key: '1', path: 'Host.[1]', type: 'object', preview: '2' }],
    });
    expect(contextChildren(CONTEXT, ['Host', '1'], 0).children.map(({ path }) => path)).toEqual([
      'Host.[1].id',
      'Host.[1].tags',
    ]);
  });

  test('an element of a long list has its place in the path, and so has a name that begins with a digit', () => {
    const list = Array.from({ length: 12 }, (_, at) => ({ at, '2nd': { a: 1 }, n3: { a: 1 } }));
    expect(contextChildren({ list }, ['list', '11'], 0).children.map(({ path }) => path)).toEqual([
      'list.[11].at',
      'list.[11].2nd',
      'list.[11].n3',
    ]);
    for (const name of ['2nd', 'n3'])
      expect(contextChildren({ list }, ['list', '11', name], 0).children).toEqual([
        { key: 'a', path: `list.[11].${name}.a`, type: 'value', preview: '1' },
      ]);
    for (const name of ['1x', 'x1']) expect(contextChildren({ list }, ['list', name], 0).total).toBe(0);
  });

  test('a text of 300 characters is shown whole', () => {
    expect(contextChildren({ a: 'x'.repeat(300) }, [], 0).children[0]?.preview).toBe('x'.repeat(300));
  });

  test.each([[['absent']], [['absent', 'x']], [['Host', 'x']], [['Host', '7']], [['score']], [['toString']]])(
    '%j has no children',
    (keys) => {
      expect(contextChildren(CONTEXT, keys, 0)).toEqual({ total: 0, children: [] });
    },
  );

  test('returns 100 children at once, and no name that cannot be copied', () => {
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`n${at}`, at]));
    const last = contextChildren(many, [], 200);
    expect([last.total, last.children.length]).toEqual([250, 50]);
    expect(contextChildren(many, [], 0).children).toHaveLength(100);
    const odd = { 'a\u200b': 1, ['x'.repeat(201)]: 1, ['x'.repeat(200)]: 1 };
    expect(contextChildren(odd, [], 0).total).toBe(1);
  });
});

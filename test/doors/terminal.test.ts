import { render } from '../../src/doors/cli/terminal';

const MARKDOWN = [
  '### Hosts',
  '',
  '| Host | Note |',
  '| --- | --- |',
  '| contoso.com | a \\| b |',
  '| 漏洞.example | several words that go on |',
  '',
  '2 hosts.',
].join('\n');

const plain = (width: number) => ({ styled: false, width });

test('aligns columns by display width and cuts no cell that fits', () => {
  expect(render(MARKDOWN, plain(Number.POSITIVE_INFINITY)).split('\n')).toEqual([
    'Hosts',
    '',
    'Host          Note',
    '────────────  ────────────────────────',
    'contoso.com   a | b',
    '漏洞.example  several words that go on',
    '',
    '2 hosts.',
    '',
  ]);
});

test('a cell that is too wide continues below, at a space', () => {
  expect(render(MARKDOWN, plain(28)).split('\n').slice(4, 8)).toEqual([
    'contoso.com   a | b',
    '',
    '漏洞.example  several words',
    '              that go on',
  ]);
});

test('a table that would break words becomes a list of records', () => {
  expect(render(MARKDOWN, plain(19)).split('\n').slice(2, 8)).toEqual([
    'Host  contoso.com',
    'Note  a | b',
    '',
    'Host  漏洞.example',
    'Note  several words that',
    '      go on',
  ]);
});

test('only a terminal gets styles', () => {
  expect(render(MARKDOWN, plain(80))).not.toContain('\u001b');
  expect(render(MARKDOWN, { styled: true, width: 80 })).toContain('\u001b[1mHosts\u001b[22m');
});

test('a sentence shows emphasis as a terminal does, a link with its address, and escaped characters unchanged', () => {
  const sentence =
    '**bad.example** is **malicious** ([details](https://example.org/x)), says \\*\\*no-one\\*\\*';
  expect(render(sentence, plain(80))).toBe(
    'bad.example is malicious (details: https://example.org/x), says **no-one**\n',
  );
  expect(render(sentence, { styled: true, width: 80 })).toContain('\u001b[1mmalicious\u001b[22m');
});

describe('a table with more columns than fit', () => {
  const rows = ['contoso.com', 'example.org'].map(
    (host) => `| ${host} | open | 2024-01-01 10:00 | 2024-02-02 11:00 | Y29udG9zby5jb20kJDIy |`,
  );
  const head = ['| Host | Status | First seen | Last seen | ID |', '| --- | --- | --- | --- | --- |'];
  const shown = (width: number, lines: readonly string[], more: { allColumns?: string } = {}) =>
    render([...head, ...lines].join('\n'), { styled: false, width, ...more });

  test('is without ids and first dates, which a line below names', () => {
    expect(shown(60, rows)).toBe(
      [
        'Host         Status  First seen        Last seen',
        '───────────  ──────  ────────────────  ────────────────',
        'contoso.com  open    2024-01-01 10:00  2024-02-02 11:00',
        'example.org  open    2024-01-01 10:00  2024-02-02 11:00',
        '',
        'Columns left out: ID. Use -o json for all.',
        '',
      ].join('\n'),
    );
  });

  test('says how the interface shows all columns', () => {
    expect(shown(60, rows, { allColumns: 'raw-response=true' })).toContain('Use raw-response=true for all.');
  });

  test('shows one row after the other below 60 columns, and where there is one row', () => {
    for (const text of [shown(59, rows), shown(60, rows.slice(0, 1))])
      expect(text).toContain('ID          Y29udG9zby5jb20kJDIy');
  });
});

test.each([
  ['- high: a rule with a rather long name', '- high: a rule with a\n  rather long name'],
  ['  12. high: a rule with a long name of it', '  12. high: a rule\n      with a long name\n      of it'],
  ['- high: a rule that fits', '- high: a rule that fits'],
  ['no table: a | b |', 'no table: a | b |'],
  ['*  a rule with a rather long name', '*  a rule with a\n   rather long name'],
  ['no list: a-b * c 1. d and more words', 'no list: a-b * c 1. d\nand more words'],
  ['x 1. exactly this wide..', 'x 1. exactly this wide..'],
  ['x 1. exactly this wide...', 'x 1. exactly this\nwide...'],
  [
    'See https://research.example.org/articles/831b70a4 for it',
    'See\nhttps://research.example.org/articles/831b70a4\nfor it',
  ],
  ['Use ### for a heading', 'Use ### for a heading'],
  ['##### five', '##### five'],
])('%j is wrapped at words, a list item below its text, an address not at all', (text, wrapped) => {
  expect(render(text, plain(24))).toBe(`${wrapped}\n`);
});

test.each([
  [190, ''],
  [189, 'Port ID'],
  [160, 'First seen, Port ID'],
  [150, 'First seen, Last seen, Port ID'],
  [140, 'First seen, Last seen, Last scan, Port ID'],
  [110, 'First seen, Last seen, Last scan, Port ID, ID of it'],
  [94, 'First seen, Last seen, Last scan, Port ID, The Last seen, ID of it'],
  [60, 'First seen, Last seen, Last scan, Kind, Port ID, Last word, My First try, The Last seen, ID of it'],
])('a screen of %d columns leaves out ids, dates and then the last columns: %s', (width, names) => {
  const head = [
    ...['Host ID', 'Status', 'Owner', 'First seen', 'Last seen', 'Last scan', 'Kind'],
    ...['Port ID', 'Last word', 'My First try', 'The Last seen', 'ID of it'],
  ];
  const row = head.map(() => 'x'.repeat(14));
  const table = [head, head.map(() => '---'), row, row].map((cells) => `| ${cells.join(' | ')} |`);
  const [, , , , ...below] = render(table.join('\n'), plain(width)).split('\n');
  const note = `Columns left out: ${names}. Use -o json for all.`;
  expect(below.join(' ').trim()).toBe(names === '' ? '' : note);
});

test('a table keeps three columns besides ids and dates: one that has no room for them becomes records', () => {
  const row = Array.from({ length: 4 }, () => 'x'.repeat(30));
  const source = [['Host', 'First seen', 'Owner', 'Kind'], ['---'], row, row];
  const table = source.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  expect(render(table, plain(64)).split('\n')).toHaveLength(10);
});

test('a row with fewer cells than the head has empty ones', () => {
  expect(render('| A | B |\n|---|---|\n| one |\n| 2 | two |', plain(80))).toBe(
    'A    B\n───  ───\none\n2    two\n',
  );
});

test('a record has no line for an empty cell, and continues a long one below it', () => {
  const table = `| A | B |\n|---|---|\n| one | |\n| two | ${'x'.repeat(31)} |\nafter`;
  expect(render(table, plain(30))).toBe(
    `A  one\n\nA  two\nB  ${'x'.repeat(27)}\n   ${'x'.repeat(4)}\nafter\n`,
  );
});

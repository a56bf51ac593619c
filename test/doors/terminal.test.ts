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

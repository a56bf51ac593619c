// cspell:ignore LAMVHC
import { drawPicture, escapeXml, labelOf, ringPositions } from '../../../src/doors/web/shared/picture';
import { NODE_KINDS, type WebEdge, type WebNode } from '../../../src/doors/web/shared/protocol';
import { relationName, SIGNS, SYMBOLS } from '../../../src/doors/web/shared/symbols';

const domain = (value: string, more: Partial<WebNode> = {}): WebNode => ({
  id: `domain:${value}`,
  kind: 'domain',
  value,
  ...more,
});
const edge = (source: string, target: string): WebEdge => ({
  id: `${source} ${target}`,
  source: `domain:${source}`,
  relation: 'links-to',
  target: `domain:${target}`,
});

test('a picture has every placed node and the lines between them, with a margin around', () => {
  const nodes = [domain('a', { verdict: 'malicious' }), domain('b', { verdict: 'unknown' }), domain('c')];
  const positions = new Map([
    ['domain:a', { x: -100, y: -20.04 }],
    ['domain:b', { x: 50, y: 80.26 }],
  ]);
  const text = drawPicture(nodes, [edge('a', 'b'), edge('a', 'c'), edge('c', 'b')], positions);
  const lines = text.split('\n');
  expect(lines.slice(0, 4)).toEqual([
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-160 -80 270 220.3" width="270" height="220.3" role="img" font-family="system-ui, sans-serif">',
    '<title>2 nodes, 1 relations</title>',
    '<rect x="-160" y="-80" width="270" height="220.3" fill="#ffffff"/>',
    '<path d="M-100 -20L50 80.3" stroke="#c3cad5" fill="none"/>',
  ]);
  expect(lines).toHaveLength(7);
  expect(lines[4]).toMatch(
    /^<g transform="translate\(-100 -20\)"><title>Domain a, malicious<\/title><path d="/,
  );
  expect(lines[4]).toContain(`fill="#ffffff">${SIGNS.malicious.sign}</text>`);
  expect(lines[4]).toMatch(/>a<\/text><\/g>$/);
  expect(lines[4]).toContain(`<path d="${SYMBOLS.domain.icon}" fill="none" stroke="#`);
  expect(lines[5]).toContain('<title>Domain b, unknown</title>');
  expect(lines[5]).not.toContain('<circle');
  expect(lines[6]).toBe('</svg>');
});

test('a node without a verdict has no sign, and a picture of one point is not empty', () => {
  const text = drawPicture([domain('a')], [], new Map([['domain:a', { x: 0, y: 0 }]]));
  expect(text).toContain('viewBox="-60 -60 121 121"');
  expect(text).toContain('<title>Domain a</title>');
  expect(text).toMatch(/stroke-linejoin="round"\/><text y="34"/);
  expect(text).not.toContain('<circle');
});

test('each verdict has another color and sign', () => {
  const verdicts = Object.keys(SIGNS) as (keyof typeof SIGNS)[];
  const colors = [undefined, ...verdicts].map((verdict) => {
    const node = domain('a', verdict === undefined ? {} : { verdict });
    const text = drawPicture([node], [], new Map([[node.id, { x: 0, y: 0 }]]));
    return /fill="#ffffff" stroke="(#[\da-f]{6})" stroke-width="2"/.exec(text)?.[1];
  });
  expect(colors).not.toContain(undefined);
  expect(new Set(colors).size).toBe(verdicts.length + 1);
  expect(new Set(Object.values(SIGNS).map(({ sign }) => sign)).size).toBe(verdicts.length);
  for (const [verdict, { name, sign }] of Object.entries(SIGNS)) {
    expect(name).toBe(verdict);
    expect(sign).toMatch(/^.$/u);
  }
});

test('each kind of node has a name, a shape and an icon of its kind', () => {
  const symbols = NODE_KINDS.map((kind) => SYMBOLS[kind]);
  expect(new Set(symbols.map(({ name }) => name)).size).toBe(symbols.length);
  expect(new Set(symbols.map(({ icon }) => icon)).size).toBe(symbols.length);
  for (const { name, shape, icon } of symbols) {
    expect(name).toMatch(/^\w/);
    // A closed path, and strokes.
    expect(shape).toMatch(/^M-?\d[\d\sLAMVHC.-]*Z$/);
    expect(icon).toMatch(/^M-?\d/);
  }
  expect(relationName('uses-mail-server')).toBe('uses mail server');
});

test.each([
  [{ value: 'x'.repeat(28) }, 'x'.repeat(28)],
  [{ value: `${'a'.repeat(15)}${'b'.repeat(14)}` }, `${'a'.repeat(13)}…${'b'.repeat(13)}`],
  [{ value: 'long', label: 'Short' }, 'Short'],
])('a label is shortened in its middle: %j', (node, label) => {
  expect(labelOf(node)).toBe(label);
});

test('rings of 1, 8 and 16 nodes surround the first one', () => {
  const positions = [...ringPositions(Array.from({ length: 26 }, (_, at) => domain(String(at)))).values()];
  const rings = positions.map(({ x, y }) => Math.round(Math.hypot(x, y)));
  expect(rings).toEqual([0, ...Array(8).fill(110), ...Array(16).fill(220), 330]);
  expect(new Set(positions.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`)).size).toBe(26);
  expect(positions[1]).toEqual({ x: 110, y: 0 });
  expect([Math.round(positions[3]?.x ?? 1), positions[3]?.y]).toEqual([0, 110]);
});

test('a text in XML is escaped, without what XML cannot contain', () => {
  expect(escapeXml(`<a b="c" d='e'>&\t\n\r`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;\t\n\r');
  expect(escapeXml('a\u0000\u001b\u0085\ud800\ufffe\uffffb😀')).toBe('ab😀');
});

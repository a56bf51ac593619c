import { eventStream } from '../../../src/doors/web/event-stream';
import { leavePage } from '../../../src/doors/web/leave-page';
import { maskOf } from '../../../src/doors/web/mask-values';

describe('a parameter value in a text for the page', () => {
  test.each([
    [{ tenant_id: ' contoso.com ' }, 'at contoso.com: contoso.com', 'at <tenant_id>: <tenant_id>'],
    [
      { credentials: { password: 'secret', parts: ['other'] } },
      'secret other',
      '<credentials> <credentials>',
    ],
    [{ a: 'abcd', b: 'abcdef' }, 'abcdef abcd', '<b> <a>'],
    [{ a: 'abc', b: 'true', c: 'false', d: 5_000, e: null }, 'abc true false 5000', 'abc true false 5000'],
    [{ a: 'true story' }, 'a true story', 'a <a>'],
    [{ a: 'untrue' }, 'untrue', '<a>'],
  ])('%j', (params, text, masked) => {
    expect(maskOf(params)(text)).toBe(masked);
  });
});

describe('the page between the War Room and another site', () => {
  test('shows the host and the whole address, and links to it', () => {
    const page = leavePage('https://a.example/<b>?x="1"&y');
    expect(page).toContain('<p class="host">a.example</p>');
    expect(page).toContain('<p class="address">https://a.example/%3Cb%3E?x=%221%22&amp;y</p>');
    expect(page).toContain('href="https://a.example/%3Cb%3E?x=%221%22&amp;y">Open the site</a>');
    expect(leavePage('http://a.example')).toContain('href="http://a.example/"');
  });

  test.each([
    null,
    '',
    'contoso.com',
    'javascript:alert(1)',
    'ftp://a.example',
    'https://user@a.example',
    'https://:secret@a.example',
    `https://a.example/${'x'.repeat(2_000)}`,
  ])('%s is not an address to open', (address) => {
    expect(leavePage(address)).toBeUndefined();
  });

  test('an address of up to 2,000 characters is shown', () => {
    const address = 'https://a.example/'.padEnd(2_000, 'x');
    expect(leavePage(address)).toContain(address);
  });
});

describe('events for the pages', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** A page that listens, and what it received. */
  function listener() {
    const received: string[] = [];
    const closed: (() => void)[] = [];
    const response = {
      writableLength: 0,
      headers: {},
      writeHead: (status: number, headers: object) => void received.push(JSON.stringify([status, headers])),
      write: (text: string) => void received.push(text),
      end: () => void received.push('end'),
      destroy: () => void received.push('destroyed'),
      on: (_: string, call: () => void) => void closed.push(call),
    };
    return { response, received, leave: () => closed.forEach((call) => void call()) };
  }

  const HEAD = [
    JSON.stringify([200, { 'Content-Type': 'text/event-stream; charset=utf-8' }]),
    'retry: 500\n\n',
  ];
  const EVENT = { type: 'job-ended' } as never;

  test('reach every page, and a comment keeps the connection open', () => {
    const stream = eventStream();
    const [one, two] = [listener(), listener()];
    expect([stream.add(one.response as never), stream.add(two.response as never)]).toEqual([true, true]);
    stream.send(EVENT);
    jest.advanceTimersByTime(20_000);
    two.leave();
    stream.send(EVENT);
    const data = 'data: {"type":"job-ended"}\n\n';
    expect(one.received).toEqual([...HEAD, data, ':\n\n', data]);
    expect(two.received).toEqual([...HEAD, data, ':\n\n']);
    stream.close();
    expect([one.received.at(-1), jest.getTimerCount()]).toEqual(['end', 0]);
  });

  test('a page that does not read is disconnected', () => {
    const stream = eventStream();
    const page = listener();
    stream.add(page.response as never);
    page.response.writableLength = 8 * 1024 * 1024;
    stream.send(EVENT);
    page.response.writableLength += 1;
    stream.send(EVENT);
    expect(page.received.at(-1)).toBe('destroyed');
    expect(page.received.filter((text) => text.startsWith('data'))).toHaveLength(1);
    stream.close();
  });

  test('16 pages listen at once', () => {
    const stream = eventStream();
    const added = Array.from({ length: 17 }, () => stream.add(listener().response as never));
    expect(added.indexOf(false)).toBe(16);
    stream.close();
  });
});

import { json, text } from './hostile';
import { faultTable } from './record';
import { hostileStage, seen } from './stage';

const record = faultTable('answers');

const scene = hostileStage();

interface CommandOutcome {
  readonly text: string;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
}

async function shown(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<CommandOutcome> {
  const outcome = await scene.on.run(command, args);
  const [error] = outcome.errors;
  return { text: seen(outcome), code: error?.code, requestId: error?.requestId };
}

const host = () => shown('host', { host_id: 'contoso.com' });
const list = () => shown('article-list');

const HTML = '<html><head><title>Sign in</title></head><body>Please.</body></html>';

describe('an invalid response for one object', () => {
  test.each([
    ['204', text('', '', 204), 'No hosts were found.'],
    ['an empty body', text('', 'application/json'), 'the response is empty'],
    ['null', json(null), 'No hosts were found.'],
    ['value: null', json({ value: null }), 'No hosts were found.'],
    ['a list', json([]), 'the response is a list, not one object'],
    ['a list in value', json({ value: [{ id: 'a' }] }), 'the response is a list, not one object'],
    ['a string', json('contoso.com'), 'the response is a string, not one object'],
    ['a number', json(1), 'the response is a number, not one object'],
    ['a boolean', json(true), 'the response is a boolean, not one object'],
    ['HTML', text(HTML, 'text/html'), 'the response (text/html) is not JSON'],
    ['JSON without a type', text('{"id":"contoso.com"}', ''), 'contoso.com'],
    [
      'an image',
      text(Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'image/png'),
      'the response (image/png) is not JSON',
    ],
    [
      'an error under status 200',
      json({ error: { code: 'Odd', message: 'Not so.' } }),
      'the response is an error: Odd: Not so.',
    ],
    ['an empty object', json({}), 'No hosts were found.'],
  ])('%s', async (what, act, words) => {
    scene.server.play(act);
    const response = await host();
    expect(response.text).toContain(words);
    expect(scene.server.requests.length).toBe(1);
    record(`one object expected, got ${what}`, response.code === undefined ? words : response.text);
  });
});

describe('an invalid response for a list', () => {
  test.each([
    ['204', text('', '', 204), 'No articles were found.'],
    ['value: null', json({ value: null }), 'No articles were found.'],
    ['an empty list', json({ value: [] }), 'No articles were found.'],
    ['an empty body', text('', 'application/json'), 'the response is empty'],
    ['null', json(null), 'the response is null, not a page of a list'],
    ['a bare list', json([{ id: 'a' }]), 'the response is a list, not a page of a list'],
    ['one object', json({ id: 'a' }), 'the response contains no list'],
    ['a string in value', json({ value: 'a' }), 'the response contains no list'],
    ['an object in value', json({ value: { length: 5 } }), 'the response contains no list'],
    ['null among the rows', json({ value: [{ id: 'a' }, null] }), '1 article.'],
    ['a list among the rows', json({ value: [[]] }), 'a list instead of an object'],
    ['numbers as rows', json({ value: [1, 2] }), 'a number instead of an object'],
    ['HTML', text(HTML, 'text/html; charset=utf-8'), 'the response (text/html) is not JSON'],
  ])('%s', async (what, act, words) => {
    scene.server.play(act);
    const response = await list();
    expect(response.text).toContain(words);
    expect(scene.server.requests.length).toBe(1);
    record(`a list expected, got ${what}`, response.code === undefined ? words : response.text);
  });
});

describe('errors', () => {
  const graph = { error: { code: 'Some.Code', message: 'Words of the service.' } };
  test.each([
    [400, 'GRAPH_BAD_REQUEST'],
    [401, 'GRAPH_UNAUTHORIZED'],
    [403, 'GRAPH_FORBIDDEN'],
    [409, 'GRAPH_BAD_REQUEST'],
    [451, 'GRAPH_BAD_REQUEST'],
    [501, 'GRAPH_UNAVAILABLE'],
    [600, 'GRAPH_UNEXPECTED'],
  ])('%d is %s, with the words of the service', async (status, code) => {
    scene.server.play(json(graph, status, { 'request-id': 'aaaabbbb-0000-cccc-1111-dddd2222eeee' }));
    const response = await list();
    expect(response).toMatchObject({ code, requestId: 'aaaabbbb-0000-cccc-1111-dddd2222eeee' });
    expect(response.text).toContain(`Graph responded with ${status} Some.Code to GET `);
    expect(response.text).toContain('Words of the service.');
    record(`${status} with an error of Graph`, response.text);
  });

  test.each([
    ['HTML', text(HTML, 'text/html', 403), 'the response (text/html) gives no reason.'],
    ['a plain text', text('Not\u001b[31m today\u0007', 'text/plain', 403), 'Not [31m today'],
    ['nothing', text('', '', 403), 'the response is empty.'],
    ['no words', json({ error: { code: '', message: '' } }, 403), 'the response gives no reason.'],
    ['objects for words', json({ error: { code: {}, message: [] } }, 403), 'the response gives no reason.'],
    ['the login’s form', json({ error: 'denied', error_description: 'No.' }, 403), '403 denied to GET'],
    ['a gateway’s form', json({ message: 'No key.' }, 403), 'No key.'],
    ['JSON that is none', text('{', 'application/json', 403), 'the response gives no reason.'],
  ])('%s in the place of an error', async (what, act, words) => {
    scene.server.play(act);
    const response = await list();
    expect(response.code).toBe('GRAPH_FORBIDDEN');
    expect(response.text).toContain(words);
    record(`403 with ${what}`, response.text);
  });

  test('endless words are cut', async () => {
    scene.server.play(json({ error: { code: 'Long', message: 'word '.repeat(100_000) } }, 400));
    expect((await list()).text.length).toBeLessThan(2_500);
  });

  test.each(['not an id', 'a'.repeat(100), 'x"y'])(
    'a request id that is none (%s) is left out',
    async (id) => {
      scene.server.play(json(graph, 400, { 'request-id': id }));
      expect((await list()).requestId).toBeUndefined();
    },
  );

  test('404 is nothing found for an observable, an error for a record', async () => {
    scene.server.play(json({ error: { code: 'NotFound', message: 'Not there.' } }, 404));
    expect(await host()).toMatchObject({ code: undefined, text: 'No hosts were found.' });
    const record404 = await shown('article-list', { article_id: 'a' });
    expect(record404.code).toBe('GRAPH_NOT_FOUND');
  });

  test('404 with a code that is not about the resource is an error', async () => {
    scene.server.play(json(graph, 404));
    expect((await host()).code).toBe('GRAPH_BAD_REQUEST');
  });

  test('requests one new token after a 401 for a saved token', async () => {
    scene.server.play(json({ id: 'contoso.com' }));
    await host();
    scene.server.play(json(graph, 401), json({ id: 'contoso.com' }));
    expect((await host()).code).toBeUndefined();
    expect(scene.server.requests.length).toBe(2);
    scene.server.play(json(graph, 401));
    expect((await host()).code).toBe('GRAPH_UNAUTHORIZED');
    expect(scene.server.requests.length).toBe(2);
  });
});

import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { PluginError } from '../../../src/base/errors';
import { VERSION } from '../../../src/base/version';
import { readAssets } from '../../../src/doors/web/assets';
import { eventStream } from '../../../src/doors/web/event-stream';
import { fullTable } from '../../../src/doors/web/full-table';
import { problemOf, readJsonBody, sendProblem, textIn } from '../../../src/doors/web/http-reply';
import { maskOf } from '../../../src/doors/web/mask-values';
import { setup } from '../../../src/doors/web/setup';
import manifest from '../../../src/manifest/generated/manifest.json';

describe('the commands that the page completes', () => {
  const { version, commands } = setup();
  const named = (name: string) => commands.find((command) => command.name === name);
  const argument = (command: string, name: string) =>
    named(command)?.arguments.find((one) => one.name === name);

  test('have their short names, a sentence of help, and the argument of a value without a name', () => {
    expect(version).toBe(VERSION);
    expect(named('ip')).toMatchObject({ main: 'ip' });
    expect(named('articles')).toMatchObject({ main: 'search' });
    expect(named('auth-reset')).not.toHaveProperty('main');
    const declared = manifest.script.commands.map(({ description, arguments: own }) => [
      description,
      ...own.map((one) => one.description),
    ]);
    expect(commands.map(({ help, arguments: own }) => [help, ...own.map((one) => one.help)])).toEqual(
      declared.map((texts) => texts.map((text) => text.split(/(?<=\.)\s/)[0])),
    );
  });

  test('have the values that an argument takes', () => {
    expect(argument('host-cookies', 'all_results')).toMatchObject({
      required: false,
      choices: ['true', 'false'],
    });
    expect(argument('whois-search', 'search_property')?.choices).toContain('registrant/email');
    expect(argument('whois-search', 'search_value')).toStrictEqual({
      name: 'search_value',
      help: expect.any(String),
      required: true,
    });
  });
});

describe('the files of the page', () => {
  const FILES = ['index.html', 'app.js', 'layout.js', 'app.css', 'icon.svg'];

  function packaged(path: string, files = FILES): string {
    const folder = mkdtempSync(join(tmpdir(), 'mdti-assets-'));
    mkdirSync(join(folder, path), { recursive: true });
    for (const file of files) writeFileSync(join(folder, path, file), file);
    return folder;
  }

  test.each(['web', 'dist/web'])('are read from %s next to the program or above it', (path) => {
    const folder = packaged(path);
    for (const from of [folder, join(folder, 'a', 'b')]) {
      const assets = readAssets(from);
      expect([...assets].map(([address, { type, body }]) => [address, type, String(body)])).toEqual([
        ['/', 'text/html; charset=utf-8', 'index.html'],
        ['/app.js', 'text/javascript; charset=utf-8', 'app.js'],
        ['/layout.js', 'text/javascript; charset=utf-8', 'layout.js'],
        ['/app.css', 'text/css; charset=utf-8', 'app.css'],
        ['/icon.svg', 'image/svg+xml', 'icon.svg'],
      ]);
    }
  });

  test.each(['index.html', 'app.js'])('without %s are missing, with a hint', (file) => {
    const folder = packaged(
      'web',
      FILES.filter((one) => one !== file),
    );
    expect(() => readAssets(folder)).toThrow(
      expect.objectContaining({
        code: 'INTERNAL',
        message: 'The page of `mdti web` is missing from the package (dist/web).',
        hint: 'Install the package again; from the sources, run `npm run build`.',
      }),
    );
  });
});

describe('a request', () => {
  const read = (parts: readonly string[], max?: number) =>
    readJsonBody(Readable.from(parts.map((part) => Buffer.from(part))) as never, max);

  test('is a JSON object of up to 64 KiB, or what its route allows', async () => {
    const body = (length: number) => `{"a":"${'x'.repeat(length - 8)}"}`;
    expect(await read(['{"a"', ':1}'])).toEqual({ a: 1 });
    expect(Object.keys(await read([body(65_536)]))).toEqual(['a']);
    await expect(read([body(65_537)])).rejects.toThrow('The request is longer than 64 KiB.');
    expect(Object.keys(await read([body(100_000)], 1024 * 1024))).toEqual(['a']);
    await expect(read(['x'.repeat(600), 'x'.repeat(500)], 1024)).rejects.toThrow(
      'The request is longer than 1 KiB.',
    );
  });

  test.each([
    ['[1]', 'The request is not a JSON object.'],
    ['{', 'The request is not a JSON object.'],
    ['', 'The request is not a JSON object.'],
    ['['.repeat(201), 'The request is nested more than 200 levels deep.'],
  ])('of %j is rejected', async (text, message) => {
    await expect(read([text])).rejects.toMatchObject({
      code: 'INVOCATION_UNREADABLE',
      message: expect.stringContaining(message),
      hint: 'Reload the page.',
    });
  });

  test('has string fields', () => {
    expect(textIn({ id: '' }, 'id')).toBe('');
    for (const body of [{}, { id: 7 }, { id: null }])
      expect(() => textIn(body, 'id')).toThrow('The field "id" is missing or not a string.');
  });
});

const unmasked = (text: string) => text;

test('a failure after the first bytes of a response ends it; before that it is a problem with its hint', () => {
  const sent: unknown[] = [];
  const response = (headersSent: boolean) =>
    ({
      headersSent,
      destroy: () => sent.push('destroyed'),
      writeHead: (status: number, headers: object) => sent.push(status, headers),
      end: (body: string) => sent.push(body),
    }) as never;
  const problem = problemOf(Object.assign(new Error('secret'), { code: 'EACCES' }), unmasked);
  sendProblem(response(true), 500, problem);
  expect(sent).toEqual(['destroyed']);
  sendProblem(response(false), 404, { message: 'Not é.' });
  expect(sent.slice(1)).toEqual([
    404,
    { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': 21 },
    '{"message":"Not é."}',
  ]);
});

test('a failure is shown with its message and hint, and an unknown one without its text', () => {
  expect(problemOf(new PluginError('ARGUMENT_INVALID', 'One.', { hint: 'Two.' }), unmasked)).toStrictEqual({
    message: 'One.',
    hint: 'Two.',
  });
  expect(problemOf(new PluginError('ARGUMENT_INVALID', 'One.'), unmasked)).toStrictEqual({ message: 'One.' });
  expect(problemOf(new Error('secret'), unmasked).message).not.toContain('secret');
});

test('a parameter that is not a string masks nothing', () => {
  const mask = maskOf({ none: null, list: [null, 'longer'], flag: 'true', short: 'abc' });
  expect(mask('null true abc longer')).toBe('null true abc <list>');
});

test('a list of strings and objects is one JSON cell, and a table has up to 100,000 rows', () => {
  expect(fullTable({ list: ['a', { b: 1 }], texts: ['a', 'b'] }).rows).toEqual([['["a",{"b":1}]', 'a; b']]);
  const { rows } = fullTable(Array.from({ length: 100_001 }, () => ({ id: 'a' })));
  expect(rows).toHaveLength(100_000);
});

test('a page that disconnects gets no more events', () => {
  const events = eventStream();
  const response = Object.assign(new EventEmitter(), {
    writableLength: 0,
    writeHead: jest.fn(),
    write: jest.fn(),
    end: jest.fn(),
  });
  events.add(response as never);
  events.send({ type: 'target' });
  response.emit('close');
  events.send({ type: 'target' });
  events.close();
  expect(response.write.mock.calls).toEqual([['retry: 500\n\n'], ['data: {"type":"target"}\n\n']]);
  expect(response.end).not.toHaveBeenCalled();
});

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { transformSync } from '@swc/core';
import { installedSandbox } from '../support/in-path';

const EXAMPLES = join(__dirname, '../../examples');

const on = installedSandbox();

async function run(program: string, ...args: string[]): Promise<string> {
  return (await promisify(execFile)(program, args, { env: on.mdti.env })).stdout;
}

/** The line of each host, sorted; the second lines of errors are hints. */
function lines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => HOSTS.some((host) => line.startsWith(`${host} `)))
    .sort();
}

/** A host that is known, one that is not, an address, and something that is not a host. */
const HOSTS = ['contoso.com', 'unknown.example', '192.0.2.1', 'no host'];

const REGISTRARS = [
  '192.0.2.1 no registrar',
  'contoso.com Example Registrar, Inc.',
  expect.stringMatching(/^no host failed: /),
  'unknown.example not found',
];

test('shell, jq and mdti run', async () => {
  const printed = await run(join(EXAMPLES, 'run.sh'), on.mdti.paramsFile, ...HOSTS);
  expect(printed.split('\n').filter((line) => /^(contoso|unknown|192|no host)/.test(line))).toEqual([
    'contoso.com neutral',
    'unknown.example not found',
    '192.0.2.1 malicious',
    expect.stringMatching(/^no host failed: /),
  ]);
});

test('Python and mdti serve', async () => {
  const printed = await run('python3', join(EXAMPLES, 'serve.py'), on.mdti.paramsFile, ...HOSTS);
  expect(lines(printed)).toEqual(REGISTRARS);
});

test('TypeScript and mdti serve', async () => {
  const program = join(on.mdti.folder, 'serve.mjs');
  const source = readFileSync(join(EXAMPLES, 'serve.mts'), 'utf8');
  writeFileSync(
    program,
    transformSync(source, { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }).code,
  );
  const printed = await run(process.execPath, program, on.mdti.paramsFile, ...HOSTS);
  expect(lines(printed)).toEqual(REGISTRARS);
});

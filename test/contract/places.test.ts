import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataCommands } from './commands';

const SRC = join(__dirname, '../../src');

/** What is made from the declarations, and the declarations themselves. */
const OWN = ['commands/', 'manifest/generated/'];

/** The command that help texts show as an example. */
const EXAMPLE = 'msg-defender-threat-intel-host';

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !OWN.some((folder) => path.startsWith(folder)))
  .map((path) => [path, readFileSync(join(SRC, path), 'utf8')] as const);

test('a data command is in the catalog, and no other source contains its name', () => {
  const names = dataCommands.map(({ name }) => name).filter((name) => name !== EXAMPLE);
  expect(names).not.toEqual([]);
  const outcome = names.flatMap((name) =>
    sources
      .filter(([, text]) => new RegExp(`${name}(?![\\w-])`).test(text))
      .map(([path]) => `${path} names ${name}`),
  );
  expect(outcome).toEqual([]);
});

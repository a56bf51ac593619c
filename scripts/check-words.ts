import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Searches strings and names for the phrases of `words/phrases.yml`. */

interface Phrases {
  readonly phrases: readonly { readonly find: string; readonly write: string }[];
}

export interface Hit {
  readonly file: string;
  readonly line: number;
  readonly found: string;
  readonly write: string;
}

/** Data, and files that quote the phrases or are written by a tool. */
const LEFT_OUT =
  /^(words\/|test_data\/|scripts\/world\/|bench\/results\/|package(-lock)?\.json|CHANGELOG\.md|LICENSE|test\/contract\/documented\.json)|\/generated\/|\.(png|csv|json)$/;

export function findPhrases(text: string, file: string, { phrases }: Phrases): Hit[] {
  const patterns = phrases.map(({ find, write }) => ({ pattern: new RegExp(find, 'gi'), write }));
  return text
    .split('\n')
    .flatMap((content, index) =>
      patterns.flatMap(({ pattern, write }) =>
        [...content.matchAll(pattern)].map(([found]) => ({ file, line: index + 1, found, write })),
      ),
    );
}

export function readPhrases(): Phrases {
  return parse(readFileSync('words/phrases.yml', 'utf8'));
}

function check(): void {
  const rules = readPhrases();
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && !LEFT_OUT.test(file));
  const hits = files.flatMap((file) => findPhrases(readText(file), file, rules));
  for (const { file, line, found, write } of hits)
    console.error(`${file}:${line}: "${found}": write ${write}`);
  if (hits.length > 0) process.exitCode = 1;
}

/** A file that was deleted and is still in the index has no text. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

if (require.main === module) check();

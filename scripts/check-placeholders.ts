import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Lists what a publisher must still fill in: `npm run placeholders`; with `--strict`, as before a publication, one that is left is an
 * error. A placeholder is a host below `placeholder.example`, so that no address is invented.
 */
function main([option]: readonly string[]): void {
  const files = execFileSync('git', ['grep', '-lI', 'placeholder\\.example', '--', ':!scripts', ':!test'], {
    encoding: 'utf8',
  });
  const found = files
    .split('\n')
    .filter((file) => file !== '')
    .flatMap((file) => placeholders(readFileSync(file, 'utf8')).map((one) => `${file}: ${one}`));
  for (const line of found) console.log(line);
  console.log(`${found.length} placeholders`);
  if (option === '--strict' && found.length > 0) process.exitCode = 1;
}

export function placeholders(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(/[\w.+@:/-]*placeholder\.example[\w./-]*/g)].map(
        ([found]) => `line ${index + 1}: ${found}`,
      ),
    );
}

if (require.main === module) main(process.argv.slice(2));

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { imagesWithoutDigest } from './xsoar/image';

const ROOT = join(__dirname, '..');
const WORKFLOWS = join(ROOT, '.github/workflows');

/**
 * Lists what a publisher must still fill in: `npm run placeholders`; with `--strict`, as before a publication, one that is left is an
 * error. A placeholder is a host below `placeholder.example`, so that no address is invented; a base image without its digest and a step
 * of a workflow without its commit are placeholders too.
 */
function main([option]: readonly string[]): void {
  const files = execFileSync('git', ['grep', '-lI', 'placeholder\\.example', '--', ':!scripts', ':!test'], {
    encoding: 'utf8',
  });
  const pinned = [
    ...imagesWithoutDigest(ROOT).map((image) => `xsoar/Dockerfile: ${image} has no digest`),
    ...readdirSync(WORKFLOWS).flatMap((file) =>
      stepsWithoutCommit(readFileSync(join(WORKFLOWS, file), 'utf8')).map(
        (step) => `.github/workflows/${file}: ${step} has no commit`,
      ),
    ),
  ];
  const hosts = files
    .split('\n')
    .filter((file) => file !== '')
    .flatMap((file) => placeholders(readFileSync(file, 'utf8')).map((one) => `${file}: ${one}`));
  const found = [...hosts, ...pinned];
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

/** The actions of a workflow that are named by a tag, which can be moved. */
export function stepsWithoutCommit(workflow: string): string[] {
  const used = [...workflow.matchAll(/^\s*-?\s*uses:\s*(\S+)/gm)].map(([, action = '']) => action);
  return used.filter((action) => !/@[0-9a-f]{40}$/.test(action));
}

if (require.main === module) main(process.argv.slice(2));

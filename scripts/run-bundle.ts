import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs `scripts/bundle.ts` in a separate process: the bundler is an ES module, which jest does not load. */
export function runBundle(...args: readonly string[]): void {
  const script = join(__dirname, 'bundle.ts');
  execFileSync(process.execPath, ['--import', 'tsx', script, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

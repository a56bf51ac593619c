import { spawnSync } from 'node:child_process';

// Suites that need Graphviz. Without it they are skipped, which is said and never counts as passed.
if (spawnSync('dot', ['-V']).status !== 0) {
  process.stdout.write(
    'SKIPPED: test:readers needs dot (Debian: apt-get install graphviz); nothing was tested.\n',
  );
} else {
  const { status } = spawnSync('npx', ['jest', '-c', 'jest.readers.config.mjs', ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}

import { spawnSync } from 'node:child_process';

// Suites that need a browser. Without one they are skipped, which is said and never counts as passed.
if (spawnSync('chromium', ['--version']).status !== 0) {
  process.stdout.write(
    'SKIPPED: test:browser needs chromium (Debian: apt-get install chromium); nothing was tested.\n',
  );
} else {
  const { status } = spawnSync('npx', ['jest', '-c', 'jest.browser.config.mjs', ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}

import { spawnSync } from 'node:child_process';

// Suites that need zsh and fish. Without them they are skipped, which is said and never counts as passed.
const missing = ['zsh', 'fish'].filter((shell) => spawnSync(shell, ['--version']).status !== 0);
if (missing.length > 0) {
  process.stdout.write(
    `SKIPPED: test:shells needs ${missing.join(' and ')} (Debian: apt-get install zsh fish); nothing was tested.\n`,
  );
} else {
  const { status } = spawnSync('npx', ['jest', '-c', 'jest.shells.config.mjs', ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}

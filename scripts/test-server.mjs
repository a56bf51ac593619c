import { spawnSync } from 'node:child_process';

// Suites that need a Redis server. Without one they are skipped, which is said and never counts as passed.
if (spawnSync('redis-server', ['--version']).status !== 0) {
  process.stdout.write(
    'SKIPPED: test:server needs redis-server (Debian: apt-get install redis-server); nothing was tested.\n',
  );
} else {
  const { status } = spawnSync('npx', ['jest', '-c', 'jest.server.config.mjs', ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}

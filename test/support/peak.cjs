// Loaded before a measured program: prints its peak memory to stderr, in megabytes.
const { peakMegabytes } = require('./peak-memory.cjs');

process.on('exit', () => {
  process.stderr.write(`peak ${Math.round(peakMegabytes())}\n`);
});

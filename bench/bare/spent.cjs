// Loaded before a measured program: prints its use of the machine to stderr when it exits.
const { peakMegabytes } = require('../../test/support/peak-memory.cjs');

process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write(
    `spent ${JSON.stringify({ peak: peakMegabytes(), processor: (userCPUTime + systemCPUTime) / 1000 })}\n`,
  );
});

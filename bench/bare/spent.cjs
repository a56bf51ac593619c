// Loaded before a measured program: prints its use of the machine to stderr when it exits.
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write(
    `spent ${JSON.stringify({ peak: maxRSS / 1024, processor: (userCPUTime + systemCPUTime) / 1000 })}\n`,
  );
});

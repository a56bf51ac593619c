// Loaded before a program that is measured: tells on stderr, when it ends, what it took of the machine.
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write(
    `spent ${JSON.stringify({ peak: maxRSS / 1024, processor: (userCPUTime + systemCPUTime) / 1000 })}\n`,
  );
});

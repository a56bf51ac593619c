// Loaded before a measured program: prints its peak memory to stderr, in megabytes.
process.on('exit', () => {
  process.stderr.write(`peak ${Math.round(process.resourceUsage().maxRSS / 1024)}\n`);
});

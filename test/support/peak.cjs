// Loaded before a program that is measured: tells on stderr how much memory it had at most, in megabytes.
process.on('exit', () => {
  process.stderr.write(`peak ${Math.round(process.resourceUsage().maxRSS / 1024)}\n`);
});

// Loaded before a measured program, with --expose-gc: prints the size of its live objects in bytes to stderr at each SIGUSR2.
const { writeSync } = require('node:fs');

process.on('SIGUSR2', () => {
  for (let time = 0; time < 4; time++) global.gc();
  writeSync(2, `heap ${process.memoryUsage().heapUsed}\n`);
});

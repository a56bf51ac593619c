const { readFileSync } = require('node:fs');

/**
 * The most memory that this process has had, in megabytes. Linux counts the memory of the parent at the moment of the fork in
 * `maxRSS`, so a large parent (a worker of jest) would be measured in place of a small child: its own mark is `VmHWM`.
 */
exports.peakMegabytes = () => {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
};

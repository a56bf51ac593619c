// Loaded before each program of the campaign: lets its clock jump (MDTI_CLOCK_JUMPS is the seed), and reports what it used.
const { peakMegabytes } = require('../../test/support/peak-memory.cjs');

const seed = Number(process.env.MDTI_CLOCK_JUMPS ?? 0);
if (seed > 0) {
  const RealDate = Date;
  let state = seed;
  let offset = 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const now = () => {
    // One reading in twenty meets a jump: seconds to a month, forward or back.
    if (next() < 0.05) offset += (next() - 0.5) * 10 ** (4 + 6 * next());
    return Math.round(RealDate.now() + offset);
  };
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      super(...(parts.length === 0 ? [now()] : parts));
    }
    static now() {
      return now();
    }
  };
}
process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  const used = {
    memory: Math.round(peakMegabytes()),
    time: Math.round((userCPUTime + systemCPUTime) / 1000),
  };
  process.stderr.write(`\nused ${JSON.stringify(used)}\n`);
});

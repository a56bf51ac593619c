import whole from './jest.config.mjs';

const { globalSetup: _, ...config } = whole;

/** For mutation tests: only what needs no bundle and no process of its own, since it is run for every mutant. */
export default {
  ...config,
  testPathIgnorePatterns: [
    '/node_modules/',
    '/test/(?:e2e|scripts|examples|doors|pack)/',
    'faults/(?:memory|cancellation|fuzz)',
  ],
};

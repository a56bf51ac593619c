import whole from './jest.config.mjs';

/** Suites that drive a real browser; `npm run test:browser` says in one line when there is none. */
export default { ...whole, testMatch: ['<rootDir>/test/browser/**/*.browser.ts'], maxWorkers: 1 };

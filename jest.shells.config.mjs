import whole from './jest.config.mjs';

/** Suites that type into other shells than bash: zsh and fish. */
export default { ...whole, testMatch: ['<rootDir>/test/shells/**/*.shell.ts'], maxWorkers: 1 };

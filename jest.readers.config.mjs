import whole from './jest.config.mjs';

/** Suites that read exported graphs with the programs that people use: graphology, Graphviz, Mermaid. */
export default { ...whole, testMatch: ['<rootDir>/test/readers/**/*.reader.ts'], maxWorkers: 1 };

// `mdti run` without the launcher's own cache: with the compile cache of Node in the folder NODE_CACHE, or without any.
const { join } = require('node:path');
const { enableCompileCache } = require('node:module');

if (process.env.NODE_CACHE) enableCompileCache?.(process.env.NODE_CACHE);
require(join(__dirname, '../../dist/core.cjs'));
require(join(__dirname, '../../dist/main.cjs'));

// `mdti run` without the launcher's own cache: with the compile cache of Node in the folder NODE_CACHE, or without any.
const { readFileSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

const DIST = join(__dirname, '../../dist');

if (process.env.NODE_CACHE) enableCompileCache?.(process.env.NODE_CACHE);
require(join(DIST, 'core.cjs'));
// The second part of the file is the command line; the first one is the launcher with its cache.
const file = readFileSync(join(DIST, 'mdti.cjs'), 'utf8');
module.filename = join(DIST, 'mdti.cjs');
module._compile(file.slice(file.lastIndexOf('\n(()=>{')), module.filename);

import { readFile } from 'node:fs/promises';
import { constants } from 'node:zlib';
import type { Plugin } from 'esbuild';

/** Loaded for the answer that comes packed. */
const UNPACKING = `module.exports = {
  constants: { Z_SYNC_FLUSH: ${constants.Z_SYNC_FLUSH}, BROTLI_OPERATION_FLUSH: ${constants.BROTLI_OPERATION_FLUSH} },
  createUnzip: (options) => require('node:zlib').createUnzip(options),
  createBrotliDecompress: (options) => require('node:zlib').createBrotliDecompress(options),
};`;

/**
 * What axios loads at its import and our transport never reaches: we send texts, follow no redirect, decide about proxies
 * ourselves and ask for the `http` adapter by name. Together it is most of the time that axios takes to load.
 */
const UNREACHED: Readonly<Record<string, string>> = {
  'form-data': 'module.exports = class FormData {};',
  'follow-redirects': "module.exports = { http: require('node:http'), https: require('node:https') };",
  'proxy-from-env': "exports.getProxyForUrl = () => '';",
  'https-proxy-agent': 'module.exports = class HttpsProxyAgent {};',
  http2: 'module.exports = { constants: {} };',
  zlib: UNPACKING,
  './xhr.js': 'export default undefined;',
  './fetch.js': 'export const getFetch = undefined;',
};

/**
 * Node's own modules that axios imports whole, and what it imports of them by name. For a whole one a bundler copies every property
 * of the module; a module that gives it away as it is spares that.
 */
const BUILT_IN: Readonly<Record<string, string>> = {
  crypto: '',
  http: '',
  https: '',
  stream: 'Readable',
  url: 'domainToASCII',
  util: '',
};

/** What touches a global that Node loads a library for: all of undici for FormData, its measuring tools for performance. */
const TOUCHES: Readonly<Record<string, readonly [touch: string, instead: string]>> = {
  'utils.js': ["typeof G.FormData !== 'undefined' ? G.FormData : undefined", 'undefined'],
  'core/dispatchRequest.js': [
    "typeof performance !== 'undefined' && utils.isFunction(performance.now)",
    'false',
  ],
};

const AXIOS = /[\\/]node_modules[\\/]axios[\\/]lib[\\/]/;

/** axios without them. @throws Error where an axios of another version has no such line any more */
export const leanAxios: Plugin = {
  name: 'lean-axios',
  setup(building) {
    building.onResolve({ filter: /./ }, ({ path, importer, namespace }) => {
      if (namespace !== 'file' || !AXIOS.test(importer)) return undefined;
      if (path in UNREACHED) return { path, namespace: 'unreached' };
      return path in BUILT_IN ? { path, namespace: 'built-in' } : undefined;
    });
    building.onLoad({ filter: /./, namespace: 'unreached' }, ({ path }) => ({
      contents: UNREACHED[path] ?? '',
      resolveDir: __dirname,
    }));
    building.onLoad({ filter: /./, namespace: 'built-in' }, ({ path }) => ({
      contents: `const it = require('node:${path}');\nexport default it;\nexport const { ${BUILT_IN[path]} } = it;\n`,
      resolveDir: __dirname,
    }));
    building.onLoad({ filter: AXIOS }, async ({ path }) => {
      const file = path.split(/[\\/]axios[\\/]lib[\\/]/)[1]?.replaceAll('\\', '/') ?? '';
      const [touch, instead] = TOUCHES[file] ?? [];
      if (touch === undefined || instead === undefined) return undefined;
      const source = await readFile(path, 'utf8');
      if (!source.includes(touch)) throw new Error(`axios/lib/${file} has no line with: ${touch}`);
      return { contents: source.replace(touch, instead) };
    });
  },
};

import { readFile } from 'node:fs/promises';
import { constants } from 'node:zlib';
import type { Plugin } from 'rolldown';

/** Loaded when a compressed response arrives. */
const UNPACKING = `module.exports = {
  constants: { Z_SYNC_FLUSH: ${constants.Z_SYNC_FLUSH}, BROTLI_OPERATION_FLUSH: ${constants.BROTLI_OPERATION_FLUSH} },
  createUnzip: (options) => require('node:zlib').createUnzip(options),
  createBrotliDecompress: (options) => require('node:zlib').createBrotliDecompress(options),
};`;

/**
 * What axios loads at its import and our transport never reaches: we send strings, follow no redirect, decide about proxies
 * ourselves and select the `http` adapter by name. Together it is most of the time that axios takes to load.
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
 * Node's own modules that axios imports whole, and what it imports of them by name. For a whole one a bundler copies every
 * property of the module; a module that exports it unchanged avoids that.
 */
const BUILT_IN: Readonly<Record<string, string>> = {
  crypto: '',
  http: '',
  https: '',
  stream: 'Readable',
  url: 'domainToASCII',
  util: '',
};

/** Lines that take time for nothing. A global may load a library of Node: `FormData` loads undici, `performance` its measuring tools. */
const TOUCHES: Readonly<Record<string, readonly (readonly [touch: string, instead: string])[]>> = {
  'utils.js': [["typeof G.FormData !== 'undefined' ? G.FormData : undefined", 'undefined']],
  'adapters/http.js': [
    // Whether Node would add a proxy to the agent: never to ours, which names none.
    ['!process.allowedNodeEnvironmentFlags ||', 'true ||'],
    // For a redirect. V8 keeps the function, and so the whole exchange, until the next full garbage collection.
    ['options.beforeRedirects.direct = ', 'const forRedirects = '],
  ],
  'core/dispatchRequest.js': [
    ["typeof performance !== 'undefined' && utils.isFunction(performance.now)", 'false'],
  ],
};

const AXIOS = /[\\/]node_modules[\\/]axios[\\/]lib[\\/]/;
const LEAN = '\0lean:';

/** Bundles axios without them. @throws Error if the installed axios has no such line any more */
export const leanAxios: Plugin = {
  name: 'lean-axios',
  resolveId(source, importer) {
    if (importer === undefined || !AXIOS.test(importer)) return null;
    return source in UNREACHED || source in BUILT_IN ? `${LEAN}${source}` : null;
  },
  load(id) {
    if (!id.startsWith(LEAN)) return null;
    const source = id.slice(LEAN.length);
    const builtIn = BUILT_IN[source];
    return builtIn === undefined
      ? { code: UNREACHED[source] ?? '', moduleType: 'js' }
      : {
          code: `const it = process.getBuiltinModule('node:${source}');\nexport default it;\nexport const { ${builtIn} } = it;\n`,
          moduleType: 'js',
        };
  },
  transform: {
    filter: { id: AXIOS },
    async handler(_, id) {
      const file = id.split(/[\\/]axios[\\/]lib[\\/]/)[1]?.replaceAll('\\', '/') ?? '';
      const touches = TOUCHES[file];
      if (touches === undefined) return null;
      let code = await readFile(id, 'utf8');
      for (const [touch, instead] of touches) {
        if (!code.includes(touch)) throw new Error(`axios/lib/${file} has no line with: ${touch}`);
        code = code.replace(touch, instead);
      }
      return { code };
    },
  },
};

import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

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
  './xhr.js': 'export default undefined;',
  './fetch.js': 'export const getFetch = undefined;',
};

/** To look at the global FormData is to load all of undici, on every supported Node. */
const TOUCH = "typeof G.FormData !== 'undefined' ? G.FormData : undefined";

/** axios without them. @throws Error where an axios of another version has no such line any more */
export const leanAxios: Plugin = {
  name: 'lean-axios',
  setup(building) {
    building.onResolve(
      {
        filter:
          /^(?:form-data|follow-redirects|proxy-from-env|https-proxy-agent|http2|\.\/xhr\.js|\.\/fetch\.js)$/,
      },
      ({ path, importer }) =>
        /[\\/]node_modules[\\/]axios[\\/]lib[\\/]/.test(importer)
          ? { path, namespace: 'unreached' }
          : undefined,
    );
    building.onLoad({ filter: /.*/, namespace: 'unreached' }, ({ path }) => ({
      contents: UNREACHED[path] ?? '',
      resolveDir: __dirname,
    }));
    building.onLoad({ filter: /[\\/]node_modules[\\/]axios[\\/]lib[\\/]utils\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes(TOUCH)) throw new Error(`axios/lib/utils.js has no line with: ${TOUCH}`);
      return { contents: source.replace(TOUCH, 'undefined') };
    });
  },
};

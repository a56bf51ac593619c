import type { IncomingMessage, ServerResponse } from 'node:http';
import { isRecord, type JsonObject } from '../../base/json';
import { exported, importedFrom, withImported } from '../war-room/transfer';
import { contextChildren } from './context-tree';
import { fullTable } from './full-table';
import { deriveGraph } from './graph/derive';
import { detailsOf } from './graph/details';
import { outdatedPage, readJsonBody, sendJson, sendText, textIn } from './http-reply';
import type { Mask } from './mask-values';
import { setup } from './setup';
import type { Point } from './shared/picture';
import type { WebRoom } from './web-room';

/** Bytes of an imported file. */
const MAX_IMPORT = 64 * 1024 * 1024;

export interface RouteContext {
  readonly room: () => WebRoom;
  readonly mask: Mask;
  /** Continues with a sandbox in this process. */
  readonly useSandbox: () => Promise<void>;
}

interface RouteCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
}

type Route = (context: RouteContext, call: RouteCall) => Promise<void> | void;

/** The routes that require the session cookie, by method and path. */
export const ROUTES: Readonly<Record<string, Route>> = {
  'GET /api/setup': (_, { response }) => sendJson(response, setup()),
  'GET /api/state': async ({ room }, { response }) => sendJson(response, await room().state()),
  'POST /api/run': async ({ room }, { request, response }) => {
    const body = await readJsonBody(request);
    if (typeof body.line === 'string') return sendJson(response, { id: room().run(body.line) }, 202);
    sendJson(response, { id: room().runCommand(textIn(body, 'command'), argumentsIn(body.args)) }, 202);
  },
  'POST /api/open': async ({ room }, { request, response }) => {
    const id = await room().openGroup(textIn(await readJsonBody(request), 'group'));
    sendJson(response, { id }, 202);
  },
  'POST /api/cancel': async ({ room }, { request, response }) => {
    const cancelled = room().cancel(textIn(await readJsonBody(request), 'id'));
    sendJson(response, { cancelled });
  },
  'POST /api/clear': async ({ room }, { request, response }) => {
    await readJsonBody(request);
    await room().clear();
    sendJson(response, {});
  },
  'POST /api/sandbox': async ({ useSandbox }, { request, response }) => {
    await readJsonBody(request);
    await useSandbox();
    sendJson(response, {});
  },
  'GET /api/graph': async ({ room }, { response }) => {
    sendJson(response, deriveGraph((await room().investigation()).context));
  },
  'GET /api/graph-file': async ({ room }, { response, query }) => {
    const { graphFile } = await import('./graph/graph-file');
    const graph = deriveGraph((await room().investigation()).context);
    const { type, text } = graphFile(graph, query.get('format') ?? '');
    sendText(response, 200, type, text);
  },
  'GET /api/details': async ({ room }, { response, query }) => {
    const { context } = await room().investigation();
    const details = detailsOf(query.get('node') ?? '', deriveGraph(context), context);
    if (details === undefined) throw outdatedPage('The node is not on the graph.');
    sendJson(response, details);
  },
  'GET /api/totals': async ({ room }, { response, query }) => {
    sendJson(response, await room().totals(query.get('node') ?? ''));
  },
  'POST /api/view': async ({ room }, { request, response }) => {
    await room().setView(await readJsonBody(request, 1024 * 1024));
    sendJson(response, {});
  },
  'POST /api/context': async ({ room }, { request, response }) => {
    const { keys, offset } = await readJsonBody(request);
    const path = Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : [];
    const { context } = await room().investigation();
    sendJson(response, contextChildren(context, path, Number(offset) || 0));
  },
  'GET /api/table': async ({ room }, { response, query }) => {
    const { happened } = await room().investigation();
    const line = happened.find(({ id }) => id === query.get('line'));
    const entry = line?.entries[Number(query.get('entry'))];
    if (entry === undefined) throw outdatedPage('The entry was not found.');
    sendJson(response, fullTable(entry.Contents));
  },
  'POST /api/report': async ({ room, mask }, { request, response }) => {
    const { reportOf } = await import('./report/report');
    const { format, positions } = await readJsonBody(request, 4 * 1024 * 1024);
    const markdown = format === 'markdown';
    const { name, target } = room();
    const report = reportOf(await room().investigation(), {
      name,
      target,
      markdown,
      mask,
      now: Date.now(),
      ...(isRecord(positions) ? { positions: pointsIn(positions) } : {}),
    });
    sendText(response, 200, `text/${markdown ? 'markdown' : 'html'}; charset=utf-8`, report);
  },
  'GET /api/export': async ({ room, mask }, { response }) => {
    const { happened, ...rest } = await room().investigation();
    const lines = happened.map((line) => ({
      ...line,
      entries: line.entries.map((entry) =>
        typeof entry.Contents === 'string' ? { ...entry, Contents: mask(entry.Contents) } : entry,
      ),
    }));
    download(response, `${room().name}.json`);
    sendJson(response, exported({ ...rest, happened: lines }));
  },
  'POST /api/import': async ({ room }, { request, response }) => {
    const other = importedFrom(JSON.stringify(await readJsonBody(request, MAX_IMPORT)), 'The file');
    const before = (await room().investigation()).happened.length;
    const { happened } = await room().change((now) => withImported(now, other));
    sendJson(response, { lines: happened.length - before });
  },
};

/** `{"domain:contoso.com": [12, 40]}` */
function pointsIn(positions: JsonObject): Map<string, Point> {
  const points = Object.entries(positions).flatMap(([id, value]) => {
    const [x, y] = Array.isArray(value) ? value : [];
    return Number.isFinite(x) && Number.isFinite(y) ? [[id, { x, y }] as const] : [];
  });
  return new Map(points);
}

function argumentsIn(value: unknown): Record<string, string> {
  if (!isRecord(value) || !Object.values(value).every((text) => typeof text === 'string'))
    throw outdatedPage('The field "args" is not an object of strings.');
  return value as Record<string, string>;
}

/** The name is letters, digits, `_` and `-`, as the store demands. */
function download(response: ServerResponse, file: string): void {
  response.setHeader('Content-Disposition', `attachment; filename="${file}"`);
}

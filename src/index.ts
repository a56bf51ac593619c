export type { Clock } from './clock';
export type { ErrorCode } from './errors';
export type * as graph from './generated/graph';
export type { CommandName, Credentials } from './generated/types';
export {
  type HttpRequest,
  type HttpResponse,
  type Transport,
  TransportError,
  type TransportFault,
} from './http/transport';
export type { ErrorRecord } from './invocation';
export type { Arguments, Parameters, ServerCommand } from './library/arguments';
export type { InContext } from './library/in-context';
export { createPlugin, type Plugin, type PluginOptions } from './library/plugin';
export type {
  ContentsOf,
  ContextOf,
  ErrorEntry,
  OutcomeOf,
  ResultEntry,
} from './library/results';
export type { Log, LogFields, LogLevel } from './log';
export type { DBotScore } from './platform/dbot-score';
export type { Entry } from './platform/entry';
export { type MemoryStore, memoryStore, type State, type Store } from './state/store';

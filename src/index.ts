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
export { createPlugin, type Plugin, type PluginOptions } from './library/plugin';
export type {
  ContentsOf,
  ContextOf,
  ErrorEntry,
  InContext,
  OutcomeOf,
  ResultEntry,
} from './library/results';
export type { Log, LogFields, LogLevel } from './log';
export type { Entry } from './platform/entry';
export { type MemoryStore, memoryStore, type State, type Store } from './state/store';

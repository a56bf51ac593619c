export type { Clock } from './base/clock';
export type { ErrorCode } from './base/errors';
export type { Log, LogFields, LogLevel } from './base/log';
export type { ErrorRecord } from './engine/invocation';
export type { Arguments, Parameters, ServerCommand } from './engine/library/arguments';
export {
  type CallOptions,
  type Client,
  createClient,
  type FullName,
  type IndicatorVerdict,
  type ResultOf,
  type Row,
  type ShortName,
} from './engine/library/client';
export {
  ArgumentError,
  CancelledError,
  ConfigError,
  GraphRequestError,
  MdtiError,
  NetworkError,
  SignInError,
} from './engine/library/errors';
export { createPlugin, type Plugin, type PluginOptions } from './engine/library/plugin';
export type {
  ContentsOf,
  ContextOf,
  ErrorEntry,
  LookupFailure,
  OutcomeOf,
  ResultEntry,
} from './engine/library/results';
export type { InContext } from './engine/library/verdicts';
export {
  type HttpRequest,
  type HttpResponse,
  type Transport,
  TransportError,
  type TransportFault,
} from './http/transport';
export type { CommandName, Credentials } from './manifest/generated/types';
export type * as graph from './model/generated/graph';
export { type MemoryStore, memoryStore, type State, type Store } from './state/store';
export type { DBotScore } from './xsoar/dbot-score';
export type { Entry } from './xsoar/entry';

export type { ErrorCode } from './errors';
export type { ArgsOf, CommandName } from './generated/types';
export type { Outcome } from './invocation';
export type { Entry } from './platform/entry';
export { createPlugin, type Plugin, type PluginOptions } from './plugin';

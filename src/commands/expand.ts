import { declare } from './declaration/command';

export const expandCommands = declare({
  'msg-defender-threat-intel-expand': {
    run: async (services, args) => [await (await import('./expansion/run')).runExpand(services, args)],
    byHand: true,
  },
});

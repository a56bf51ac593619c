import type { JsonObject } from '../json';
import { jsonLog, type Log, logLevel } from '../log';
import { fileStore } from '../state/file-store';
import { placeOf } from '../state/place';
import { memoryStore, type Store } from '../state/store';
import { layersOf, merged, type Wishes } from './config/layers';

/** Parameters that stand above all others, and a certificate to trust: how `--sandbox` gets in. */
export interface Overlay {
  readonly params: JsonObject;
  readonly ca: string;
}

/** Where a person's command line gets its parameters from. */
export interface Source extends Wishes {
  readonly overlay?: Overlay | undefined;
}

export interface OwnPorts {
  readonly params: JsonObject;
  readonly store: Store;
  readonly log: Log;
  readonly ca: string | undefined;
}

/** What a plugin of the person at this machine is opened with: their parameters, their logins, logs on stderr. */
export function ownPorts({ overlay, ...wishes }: Source): OwnPorts {
  const log = jsonLog(logLevel(process.env.MDTI_LOG), (event) => process.stderr.write(event));
  return {
    params: { ...merged(layersOf(wishes, process.env)), ...overlay?.params },
    // What a sandbox of one command hands out is of no use to the next one.
    store: overlay === undefined ? fileStore(placeOf(process.env), { log }) : memoryStore(),
    log,
    ca: overlay?.ca,
  };
}

import type { ContainerClient } from '@azure/storage-blob';
import { isPluginError, PluginError } from '../base/errors';
import { isRecord } from '../base/json';
import { readSecret } from '../redis/settings';
import { type ChunkStore, newInputName, rowsName, storedInput, storeLines } from './chunk-store';

/** Characters of one block of the input. */
const BLOCK = 4 * 1024 * 1024;

type Attempt = 'read' | 'written' | 'removed';

/** The environment variable with the path of a file that contains the URL of a container and its SAS token. */
const VARIABLE = 'MDTI_BLOB_URL_FILE';

/**
 * Keeps a job in a container of Azure Blob Storage. Blobs are written whole, so a reader never sees half of one.
 * @param location `blob:` and the name of the job
 * @throws PluginError CONFIG_INVALID when the container is not configured or the package is missing
 */
export function blobChunkStore(location: string, environment: NodeJS.ProcessEnv): ChunkStore {
  const folder = location.slice(location.indexOf(':') + 1);
  let opened: Promise<ContainerClient> | undefined;
  const container = () => (opened ??= openContainer(environment));
  const blob = async (name: string) => (await container()).getBlockBlobClient(`${folder}/${name}`);

  /** @throws PluginError for whatever the service rejects: its own errors may repeat the token */
  async function attempt<T>(what: Attempt, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (cause) {
      throw isPluginError(cause) ? cause : unavailable(location, what, cause);
    }
  }

  function download(name: string, range: readonly [offset: number, count?: number] = [0]): Promise<string> {
    return attempt('read', async () =>
      (await (await blob(name)).downloadToBuffer(...range)).toString('utf8'),
    );
  }

  return {
    async writeInput(source) {
      const input = newInputName();
      const target = await blob(input);
      const blocks: string[] = [];
      let pending = '';
      async function stage(): Promise<void> {
        if (pending === '') return;
        const id = Buffer.from(String(blocks.length).padStart(8, '0')).toString('base64');
        await attempt('written', () => target.stageBlock(id, pending, Buffer.byteLength(pending)));
        blocks.push(id);
        pending = '';
      }
      const stored = await storeLines(source, async (text) => {
        pending += text;
        if (pending.length >= BLOCK) await stage();
      });
      await stage();
      await attempt('written', () => target.commitBlockList(blocks));
      return { ...stored, input };
    },
    hasInput: (input) => attempt('read', async () => (await blob(input)).exists()),
    readInput: async (input, { start, end }) => storedInput(await download(input, [start, end - start])),
    async writeRows(input, index, text) {
      const target = await blob(rowsName(input, index));
      await attempt('written', () => target.upload(text, Buffer.byteLength(text)));
    },
    readRows: (input, index) => download(rowsName(input, index)),
    async remove(input) {
      const all = await container();
      await attempt('removed', async () => {
        for await (const { name } of all.listBlobsFlat({ prefix: `${folder}/${input}` }))
          await all.getBlobClient(name).deleteIfExists();
      });
    },
  };
}

async function openContainer(environment: NodeJS.ProcessEnv): Promise<ContainerClient> {
  const file = environment[VARIABLE];
  if (!file)
    throw new PluginError('CONFIG_INVALID', 'The job is in a blob container, and none is configured.', {
      hint: `Write the URL of the container with its SAS token to a file that only you can read, and set ${VARIABLE} to its path.`,
    });
  const url = readSecret(file).trim();
  if (!URL.canParse(url) || !url.startsWith('http'))
    throw new PluginError('CONFIG_INVALID', `${file} is not the URL of a blob container.`, {
      hint: 'Write https://ACCOUNT.blob.core.windows.net/CONTAINER?SAS.',
    });
  const { ContainerClient: Client } = await import('@azure/storage-blob').catch((cause: unknown) => {
    throw new PluginError('CONFIG_INVALID', 'Blob containers need the package @azure/storage-blob.', {
      hint: 'Install it beside this package: `npm install @azure/storage-blob@12`.',
      cause,
    });
  });
  return new Client(url);
}

/** A blob that is gone does not come back; any other fault may pass, so a chunk is tried again. */
function unavailable(location: string, what: Attempt, cause: unknown): PluginError {
  const isGone = isRecord(cause) && cause.statusCode === 404;
  const code = isGone ? 'ARGUMENT_INVALID' : 'STATE_UNAVAILABLE';
  return new PluginError(code, `A blob of the job in ${location} cannot be ${what}.`, {
    hint: 'Check the SAS token; if the blobs were deleted, run `mdti jobs clean NAME` and submit the list again.',
    cause,
  });
}

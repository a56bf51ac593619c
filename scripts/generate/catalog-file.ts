import { exportName } from './declarations';
import { notice } from './text';

/** `src/commands/generated/catalog.ts`: every command's declaration by its name. */
export function catalogFile(files: readonly string[]): string {
  const list = files.map(exportName);
  return [
    notice('src/commands/'),
    "import type { CommandName } from '../../manifest/generated/types';\n",
    "import type { Command } from '../declaration/command';\n",
    ...files.map((file) => `import { ${exportName(file)} } from '../${file}';\n`),
    '\n/** What each file declares, so that a test can find a command that two of them declare. */\n',
    `export const declarations = { ${list.join(', ')} };\n\n`,
    '/** Every command of the manifest; one that no file declares is a compile error here. */\n',
    'export const catalog: { readonly [Name in CommandName]: Command<Name> } = {\n',
    ...list.map((name) => `  ...${name},\n`),
    '};\n',
  ].join('');
}

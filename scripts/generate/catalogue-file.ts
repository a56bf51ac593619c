import { notice } from './text';

/** `src/generated/catalogue.ts`: every command's declaration under its name. */
export function catalogueFile(files: readonly string[]): string {
  const list = files.map(camel);
  return [
    notice('src/commands/'),
    "import type { Command } from '../command';\n",
    ...files.map((file) => `import { commands as ${camel(file)} } from '../commands/${file}';\n`),
    "import type { CommandName } from './types';\n\n",
    '/** What each file declares, so that a test finds what two of them declare. */\n',
    `export const declarations = { ${list.join(', ')} };\n\n`,
    '/** Every command of the manifest; one that no file declares is a compile error here. */\n',
    'export const catalogue: { readonly [Name in CommandName]: Command<Name> } = {\n',
    ...list.map((name) => `  ...${name},\n`),
    '};\n',
  ].join('');
}

function camel(file: string): string {
  return file.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

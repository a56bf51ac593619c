import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsFile } from '../../scripts/generate/commands-file';
import { generatedFiles } from '../../scripts/generate/files';
import { readManifest, withOutputs } from '../../scripts/generate/manifest';
import { typesFile } from '../../scripts/generate/types-file';

const root = join(__dirname, '../..');

test('every generated file matches its sources', async () => {
  const files = Object.entries(await generatedFiles(root));
  const drifted = files.filter(([path, text]) => readFileSync(join(root, path), 'utf8') !== text);
  expect(drifted.map(([path]) => path)).toEqual([]);
});

const HAND_WRITTEN = `# Why this file is.
name: Contoso

script:
  commands:
    # The first
    - name: contoso-list
      description: Lists things. # as users call them
      arguments:
        - name: direction
          description: Which way.
          auto: PREDEFINED
          predefined:
            - up
            - down
          defaultValue: up
    - name: contoso-reset
      description: Forgets.
      arguments: []
      outputs:
        - contextPath: Contoso.gone
configuration: []
`;

const ADDED = `      outputs:
        - contextPath: Contoso.id
          description: "The ID: a number."
          type: Number
`;

const OUTDATED = `      outputs:
        - contextPath: Contoso.gone
`;

test('outputs are written between what users wrote, which stays', () => {
  const outputs = {
    'contoso-list': [{ contextPath: 'Contoso.id', description: 'The ID: a number.', type: 'Number' }],
  };
  const written = withOutputs(HAND_WRITTEN, outputs);
  expect(written).toBe(
    HAND_WRITTEN.replace('          defaultValue: up\n', (line) => line + ADDED).replace(OUTDATED, ''),
  );
  expect(withOutputs(written, outputs)).toBe(written);
});

test('an argument with a few predefined words has a type of those words', () => {
  const manifest = readManifest(HAND_WRITTEN);
  expect(typesFile(manifest)).toContain("readonly direction?: 'up' | 'down' | undefined;");
  expect(commandsFile(manifest)).toContain(
    `direction: { kind: 'choice', required: false, isDefault: false, choices: ["up","down"] }`,
  );
});

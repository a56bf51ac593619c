import { isMap, isSeq, parse, parseDocument, Scalar, type YAMLMap, YAMLSeq } from 'yaml';
import { SHARED_ROOTS } from '../../src/xsoar/context-keys';
import type { Manifest, Output } from '../manifest/shape';

const LINE_WIDTH = 120;

/** Room for a string behind `description: ` on its own line; the formatter and the writer break longer ones differently. */
const ONE_LINE = 95;

export function readManifest(yaml: string): Manifest {
  return parse(yaml) as Manifest;
}

/**
 * The manifest's text with the outputs of each command written into it; comments and order stay unchanged. Outputs in the
 * context that all integrations share are written by hand, and stay before the others.
 * @param manual commands whose outputs are all written by hand
 */
export function withOutputs(
  yaml: string,
  outputs: Readonly<Record<string, readonly Output[]>>,
  manual: readonly string[] = [],
): string {
  const document = parseDocument(yaml);
  const commands = document.getIn(['script', 'commands']);
  if (!isSeq(commands)) throw new Error('integration.yml has no list script.commands');
  for (const command of commands.items) {
    if (!isMap(command)) throw new Error('integration.yml has a command that is not a map');
    const name = String(command.get('name'));
    const declared = outputs[name];
    if (manual.includes(name)) continue;
    if (declared === undefined || declared.length === 0) {
      command.delete('outputs');
      continue;
    }
    const written = document.createNode(declared.map(folded)) as YAMLSeq;
    written.items.unshift(...byHand(command));
    command.set('outputs', written);
  }
  return document.toString({ lineWidth: LINE_WIDTH });
}

function byHand(command: YAMLMap): unknown[] {
  const outputs = command.get('outputs');
  const items = outputs instanceof YAMLSeq ? outputs.items : [];
  return items.filter((item) => isMap(item) && SHARED_ROOTS.includes(rootOf(item)));
}

function rootOf(output: YAMLMap): string {
  return String(output.get('contextPath')).split('.')[0] ?? '';
}

function folded(output: Output) {
  if (output.description.length <= ONE_LINE) return output;
  const description = new Scalar(output.description);
  description.type = Scalar.BLOCK_FOLDED;
  return { ...output, description };
}

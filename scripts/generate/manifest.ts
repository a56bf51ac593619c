import { isMap, isSeq, parse, parseDocument, Scalar } from 'yaml';
import type { Manifest, Output } from '../manifest/shape';

const LINE_WIDTH = 120;

/** Room for a text behind `description: ` on its own line; the formatter and the writer break longer ones differently. */
const ONE_LINE = 95;

export function readManifest(yaml: string): Manifest {
  return parse(yaml) as Manifest;
}

/** The manifest's text with the outputs of each command written into it; comments and order stay as they are. */
export function withOutputs(yaml: string, outputs: Readonly<Record<string, readonly Output[]>>): string {
  const document = parseDocument(yaml);
  const commands = document.getIn(['script', 'commands']);
  if (!isSeq(commands)) throw new Error('integration.yml has no list script.commands');
  for (const command of commands.items) {
    if (!isMap(command)) throw new Error('integration.yml has a command that is no map');
    const declared = outputs[String(command.get('name'))];
    if (declared === undefined) command.delete('outputs');
    else command.set('outputs', document.createNode(declared.map(folded)));
  }
  return document.toString({ lineWidth: LINE_WIDTH });
}

function folded(output: Output) {
  if (output.description.length <= ONE_LINE) return output;
  const description = new Scalar(output.description);
  description.type = Scalar.BLOCK_FOLDED;
  return { ...output, description };
}

import { concreteTypes, type Inlined, lineage, type Member, type Model, typeOf } from './model';
import { idSentence, nounOf, say, sentence, typeSentence } from './sentence';

/** One value that context can hold: its path below the object, its type in Graph and the sentence about it. */
export interface Leaf {
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

/** Everything that Graph puts into an answer with objects of one entity type; for an abstract type, all that its descendants add. */
export function leavesOf(model: Model, name: string): Leaf[] {
  return entityLeaves(model, name, '', nounOf(model, name), 'answer');
}

function entityLeaves(
  model: Model,
  name: string,
  path: string,
  it: string,
  depth: Inlined | 'answer',
): Leaf[] {
  const id = { path: `${path}id`, type: 'Edm.String', text: idSentence(model, name, it) };
  const type = { path: `${path}odataType`, type: 'Edm.String', text: typeSentence(model, name, it) };
  if (depth === 'reference') return [id, type];
  const parts = partsOf(model, name).flatMap((part) => {
    const whose = lineage(model, name).includes(part) ? it : nounOf(model, part);
    return memberLeaves(model, part, path, whose, depth === 'answer');
  });
  return [id, ...parts, type];
}

/** The types whose members an object of this one can have, the general before the special; `entity` has the id only. */
function partsOf(model: Model, name: string): string[] {
  const descendants = typeOf(model, name).abstract ? concreteTypes(model, name) : [];
  return [...new Set([...lineage(model, name), ...descendants])].filter((part) => part !== 'entity');
}

function memberLeaves(model: Model, name: string, path: string, it: string, navigable: boolean): Leaf[] {
  const { properties, navigation } = typeOf(model, name);
  const own = Object.entries(properties).flatMap(([key, member]) =>
    valueLeaves(model, key, member, path, it),
  );
  const linked = Object.entries(navigable ? navigation : {}).flatMap(
    ([key, { type, inlined, it: noun = '' }]) =>
      inlined ? entityLeaves(model, type, `${path}${key}.`, say(noun, it), inlined) : [],
  );
  return [...own, ...linked];
}

function valueLeaves(model: Model, key: string, member: Member, path: string, it: string): Leaf[] {
  const plain = member.type.startsWith('Edm.') || typeOf(model, member.type).kind === 'enum';
  if (!plain)
    return memberLeaves(model, member.type, `${path}${key}.`, say(wanted(member.it, key), it), true);
  return [
    {
      path: `${path}${key}`,
      type: member.type,
      text: sentence(model, member.type, wanted(member.text, key), it),
    },
  ];
}

function wanted(text: string | undefined, key: string): string {
  if (text === undefined) throw new Error(`model.yml has no sentence or noun for ${key}`);
  return text;
}

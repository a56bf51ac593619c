import { lineage } from '../../src/model/walk';
import { concreteTypes, hasSet, type Inlined, type Member, type Model, typeOf } from './model';
import { idSentence, nounOf, say, sentence, typeSentence } from './sentence';

/** One value that context can contain: its path below the object, its type in Graph and the sentence about it. */
export interface Leaf {
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

/** Where in a response a value stands. */
interface Spot {
  /** What its path starts with: nothing, or `artifact.`. */
  readonly path: string;
  /** What it belongs to, in the words of a sentence. */
  readonly it: string;
  /** Whether Graph names the types of the complex values there. */
  readonly annotated: boolean;
}

/** Everything that Graph puts into a response with objects of one entity type; for an abstract type, all that its descendants add. */
export function leavesOf(model: Model, name: string): Leaf[] {
  const annotated = typeOf(model, name).annotates === true;
  return entityLeaves(model, name, { path: '', it: nounOf(model, name), annotated }, 'response');
}

function entityLeaves(model: Model, name: string, spot: Spot, depth: Inlined | 'response'): Leaf[] {
  const { path, it } = spot;
  const id = { path: `${path}id`, type: 'Edm.String', text: idSentence(model, name, it) };
  const parts = depth === 'reference' ? onlyInline(model, name) : partsOf(model, name);
  const values = parts.flatMap((part) => {
    const isIt = depth === 'reference' || lineage(model, name).includes(part);
    return memberLeaves(model, part, { ...spot, it: isIt ? it : nounOf(model, part) }, depth === 'response');
  });
  return [id, ...values, typeLeaf(model, name, spot)];
}

/** The types whose members an object of this one can have, the general before the special; `entity` has the id only. */
function partsOf(model: Model, name: string): string[] {
  const descendants = typeOf(model, name).abstract ? concreteTypes(model, name) : [];
  return [...new Set([...lineage(model, name), ...descendants])].filter((part) => part !== 'entity');
}

/** The types behind a reference that no request leads to: what Graph knows of such an object is in the reference. */
function onlyInline(model: Model, name: string): string[] {
  return concreteTypes(model, name).filter((type) => !hasSet(model, type));
}

function memberLeaves(model: Model, name: string, spot: Spot, navigable: boolean): Leaf[] {
  const { properties, navigation } = typeOf(model, name);
  const own = Object.entries(properties).flatMap(([key, member]) => valueLeaves(model, key, member, spot));
  const linked = Object.entries(navigable ? navigation : {}).flatMap(
    ([key, { type, inlined, it: noun = '' }]) =>
      inlined ? entityLeaves(model, type, below(spot, key, noun), inlined) : [],
  );
  return [...own, ...linked];
}

function valueLeaves(model: Model, key: string, member: Member, spot: Spot): Leaf[] {
  const { type, text, it } = member;
  if (type.startsWith('Edm.') || typeOf(model, type).kind === 'enum')
    return [{ path: `${spot.path}${key}`, type, text: sentence(model, type, wanted(text, key), spot.it) }];
  const inside = below(spot, key, wanted(it, key));
  return [
    ...memberLeaves(model, type, inside, true),
    ...(spot.annotated ? [typeLeaf(model, type, inside)] : []),
  ];
}

function typeLeaf(model: Model, name: string, { path, it }: Spot): Leaf {
  return { path: `${path}odataType`, type: 'Edm.String', text: typeSentence(model, name, it) };
}

function below(spot: Spot, key: string, noun: string): Spot {
  return { ...spot, path: `${spot.path}${key}.`, it: say(noun, spot.it) };
}

function wanted(text: string | undefined, key: string): string {
  if (text === undefined) throw new Error(`model.yml has no sentence or noun for ${key}`);
  return text;
}

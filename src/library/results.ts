import type { Results } from '../generated/results';
import type { ErrorRecord, Outcome } from '../invocation';
import type { Entry } from '../platform/entry';

/** A Graph object as context keeps it: without annotations, with the short name of its type where Graph told it. */
export type InContext<Value> = Value extends readonly (infer Item)[]
  ? InContext<Item>[]
  : Value extends object
    ? {
        [Key in keyof Value as Key extends `${string}@odata.${string}` ? never : Key]: InContext<Value[Key]>;
      } & {
        odataType?: string;
      }
    : Value;

/** The objects of a command in context, with the ids of the parents that they were had through. */
type Kept<Name extends keyof Results> = InContext<Results[Name]['object']> & {
  [Parent in Results[Name]['parents']]?: string;
};

/** `Contents`: the object where one was asked for (null where nobody knows it), a list where several were. */
export type ContentsOf<Name extends string> = Name extends keyof Results
  ? 'entity' extends Results[Name]['answers']
    ? Results[Name]['object'] | Results[Name]['object'][] | null
    : Results[Name]['object'][]
  : unknown;

/** `EntryContext`: null where nothing was found. */
export type ContextOf<Name extends string> = Name extends keyof Results
  ? { readonly [Key in Results[Name]['key']]: Kept<Name> | Kept<Name>[] } | null
  : Readonly<Record<string, unknown>> | null;

/** An entry with what was found. */
export interface ResultEntry<Name extends string> extends Entry {
  readonly Type: 1;
  readonly Contents: ContentsOf<Name>;
  readonly EntryContext: ContextOf<Name>;
}

/** An entry that says why there is nothing else. */
export interface ErrorEntry extends Entry {
  readonly Type: 4;
  readonly Contents: string;
  readonly EntryContext: null;
}

/** What a command gives back: entries, told apart by their `Type`, and the facts of every error among them. */
export interface OutcomeOf<Name extends string> extends Pick<Outcome, 'incidents' | 'lastRun'> {
  readonly entries: readonly (ResultEntry<Name> | ErrorEntry)[];
  readonly errors: readonly ErrorRecord[];
}

/** A Graph object in context: without annotations, with the short name of its type where Graph sent it. */
export type InContext<Value> = Value extends readonly (infer Item)[]
  ? InContext<Item>[]
  : Value extends object
    ? {
        [Key in keyof Value as Key extends `${string}@odata.${string}` ? never : Key]: InContext<Value[Key]>;
      } & {
        odataType?: string;
      }
    : Value;

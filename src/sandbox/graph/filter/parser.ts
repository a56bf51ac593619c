import { badRequest } from '../errors';
import { follow, valueAt, valuesAt } from '../property';
import { type FilterToken, syntaxError, tokens } from './lexer';
import {
  COMPARISONS,
  type Comparison,
  comparable,
  compare,
  type Operand,
  type Scope,
  truthOf,
  valueType,
} from './operand';

const TEXT_FUNCTIONS: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};

const CONSTANTS: Readonly<Record<string, Operand>> = {
  true: { type: 'Edm.Boolean', read: () => true },
  false: { type: 'Edm.Boolean', read: () => false },
  null: { type: 'null', read: () => null },
};

/** The name of the row itself in a scope; no range variable can be called so. */
const ROW = '$it';

/**
 * Compiles a `$filter` for rows of a type.
 * @throws GraphError 400 for text that is not a filter, for an unknown property, and for operands that cannot be compared.
 */
export function compileFilter(filter: string, type: string): (row: unknown) => boolean {
  const holds = truthOf(new Parser(filter, type).whole());
  return (row) => holds({ [ROW]: row });
}

/** Recursive descent over the tokens; each method reads one level of precedence. */
class Parser {
  readonly #filter: string;
  readonly #tokens: readonly FilterToken[];
  /** Variables that a path may start with, each with the type of its values. */
  readonly #variables = new Map<string, string>();
  #next = 0;

  constructor(filter: string, type: string) {
    this.#filter = filter;
    this.#tokens = tokens(filter);
    this.#variables.set(ROW, type);
  }

  whole(): Operand {
    const operand = this.#or();
    if (this.#peek().kind !== 'end') throw this.#unexpected();
    return operand;
  }

  #or(): Operand {
    let left = this.#and();
    while (this.#takes('or')) {
      const [one, other] = [truthOf(left), truthOf(this.#and())];
      left = { type: 'Edm.Boolean', read: (scope) => one(scope) || other(scope) };
    }
    return left;
  }

  #and(): Operand {
    let left = this.#unary();
    while (this.#takes('and')) {
      const [one, other] = [truthOf(left), truthOf(this.#unary())];
      left = { type: 'Edm.Boolean', read: (scope) => one(scope) && other(scope) };
    }
    return left;
  }

  #unary(): Operand {
    if (!this.#takes('not')) return this.#comparison();
    const inner = truthOf(this.#unary());
    return { type: 'Edm.Boolean', read: (scope) => !inner(scope) };
  }

  #comparison(): Operand {
    const left = this.#primary();
    if (this.#takes('in')) {
      const options = this.#list().map((option) => truthOf(compare('eq', left, option)));
      return { type: 'Edm.Boolean', read: (scope) => options.some((equals) => equals(scope)) };
    }
    const { kind, text } = this.#peek();
    if (kind !== 'name' || !Object.hasOwn(COMPARISONS, text)) return left;
    this.#next += 1;
    return compare(text as Comparison, left, this.#primary());
  }

  #primary(): Operand {
    if (this.#takes('(')) {
      const inner = this.#or();
      this.#expect(')');
      return inner;
    }
    const token = this.#peek();
    if (token.kind === 'mark' || token.kind === 'end') throw this.#unexpected();
    this.#next += 1;
    switch (token.kind) {
      case 'text':
        return { type: 'Edm.String', read: () => token.text };
      case 'number':
        return { type: 'Edm.Double', read: () => Number(token.text) };
      case 'date':
        return this.#date(token);
      case 'name':
        return (
          (Object.hasOwn(CONSTANTS, token.text) ? CONSTANTS[token.text] : undefined) ??
          (this.#peek().text === '(' ? this.#call(token) : this.#path(token))
        );
    }
  }

  #date(token: FilterToken): Operand {
    const moment = Date.parse(token.text);
    if (Number.isNaN(moment))
      throw badRequest(`Invalid filter clause: Unrecognized 'Edm.DateTimeOffset' literal '${token.text}'.`);
    return { type: 'Edm.DateTimeOffset', read: () => moment };
  }

  #call(name: FilterToken): Operand {
    const test = TEXT_FUNCTIONS[name.text.toLowerCase()];
    if (!test)
      throw badRequest(`Invalid filter clause: An unknown function with name '${name.text}' was found.`);
    const [text, part, ...rest] = this.#list();
    if (text?.type !== 'Edm.String' || part?.type !== 'Edm.String' || rest.length > 0)
      throw badRequest(
        `Invalid filter clause: No function signature for the function with name '${name.text}' matches the specified arguments. The function signature considered is: ${name.text}(Edm.String, Edm.String).`,
      );
    return {
      type: 'Edm.Boolean',
      read: (scope) => {
        const [whole, piece] = [text.read(scope), part.read(scope)];
        return typeof whole === 'string' && typeof piece === 'string' && test(whole, piece);
      },
    };
  }

  #path(first: FilterToken): Operand {
    const isVariable = this.#variables.has(first.text);
    const from = isVariable ? first.text : ROW;
    const names = isVariable ? [] : [first.text];
    while (this.#takes('/')) {
      const name = this.#peek();
      if (name.kind !== 'name') throw this.#unexpected();
      this.#next += 1;
      if (name.text === 'any' && this.#peek().text === '(') return this.#any(from, names);
      names.push(name.text);
    }
    const member = this.#follow(from, names);
    const type = member.collection ? 'complex' : valueType(member.type);
    return { type, read: (scope) => comparable(valueAt(scope[from], names), type) };
  }

  /** `tags/any()` is true if there is an element, `tags/any(t:t eq 'x')` if an element matches. */
  #any(from: string, names: readonly string[]): Operand {
    const items = (scope: Scope) =>
      valuesAt(scope[from], names).filter((item) => item !== null && item !== undefined);
    const { type } = this.#follow(from, names);
    this.#expect('(');
    if (this.#takes(')')) return { type: 'Edm.Boolean', read: (scope) => items(scope).length > 0 };
    const variable = this.#peek();
    if (variable.kind !== 'name') throw this.#unexpected();
    this.#next += 1;
    this.#expect(':');
    this.#variables.set(variable.text, type);
    const holds = truthOf(this.#or());
    this.#variables.delete(variable.text);
    this.#expect(')');
    return {
      type: 'Edm.Boolean',
      read: (scope) => items(scope).some((item) => holds({ ...scope, [variable.text]: item })),
    };
  }

  #list(): Operand[] {
    this.#expect('(');
    const operands = [this.#primary()];
    while (this.#takes(',')) operands.push(this.#primary());
    this.#expect(')');
    return operands;
  }

  #follow(from: string, names: readonly string[]) {
    return follow(this.#variables.get(from) ?? '', names, 'Invalid filter clause');
  }

  #peek(): FilterToken {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', position: this.#filter.length };
  }

  /** Words and marks are never quoted, so a string literal of the same letters is not mistaken for one. */
  #takes(text: string): boolean {
    const token = this.#peek();
    const met = (token.kind === 'name' || token.kind === 'mark') && token.text === text;
    if (met) this.#next += 1;
    return met;
  }

  #expect(text: string): void {
    if (!this.#takes(text)) throw this.#unexpected();
  }

  #unexpected(): Error {
    return syntaxError(this.#peek().position, this.#filter);
  }
}

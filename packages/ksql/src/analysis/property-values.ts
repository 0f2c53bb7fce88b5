import { KsqlException } from '../lib/ksql-exception.ts';
import type { Literal, Property } from '../syntax/ast.ts';

/** Values of a WITH clause by the rules and in the words of Kafka's configurations, which ksqlDB reads it with. */

const JAVA_CLASSES: Readonly<Record<Literal['kind'], string>> = {
  null: 'null',
  boolean: 'java.lang.Boolean',
  integer: 'java.lang.Integer',
  long: 'java.lang.Long',
  decimal: 'java.math.BigDecimal',
  double: 'java.lang.Double',
  string: 'java.lang.String',
};

const WHOLE_TYPES = {
  INT: { expected: 'a 32-bit integer', bits: 32 },
  SHORT: { expected: 'a 16-bit integer (short)', bits: 16 },
  LONG: { expected: 'a 64-bit integer (long)', bits: 64 },
} as const;

export class PropertyValues {
  readonly #values: ReadonlyMap<string, Literal>;

  constructor(properties: readonly Property[]) {
    this.#values = new Map(properties.map((each) => [each.name, each.value]));
  }

  has(name: string): boolean {
    return this.#find(name) !== null;
  }

  /** A text without the blanks around it. */
  text(name: string): string | null {
    const literal = this.#find(name);
    if (literal === null) return null;
    if (literal.kind === 'string') return literal.value.trim();
    throw invalid(name, literal, `Expected value to be a string, but it was a ${JAVA_CLASSES[literal.kind]}`);
  }

  whole(name: string, type: keyof typeof WHOLE_TYPES): number | null {
    const literal = this.#find(name);
    if (literal === null) return null;
    const { expected, bits } = WHOLE_TYPES[type];
    const isLong = literal.kind === 'long' && type === 'LONG';
    if (literal.kind !== 'string' && literal.kind !== 'integer' && !isLong) {
      throw invalid(name, literal, `Expected value to be ${expected}, but it was a ${JAVA_CLASSES[literal.kind]}`);
    }
    const text = String(literal.value).trim();
    if (!/^[+-]?\d+$/.test(text) || BigInt.asIntN(bits, BigInt(text)) !== BigInt(text)) {
      throw invalid(name, literal, `Not a number of type ${type}`);
    }
    return Number(text);
  }

  truth(name: string): boolean | null {
    const literal = this.#find(name);
    if (literal === null) return null;
    const text = literal.kind === 'string' ? literal.value.trim().toLowerCase() : '';
    if (text === 'true' || text === 'false') return text === 'true';
    if (literal.kind === 'boolean') return literal.value;
    throw invalid(name, literal, 'Expected value to be either true or false');
  }

  /** One of some words, in any case. */
  word(name: string, words: readonly string[]): string | null {
    const text = this.text(name)?.toUpperCase() ?? null;
    if (text === null || words.includes(text)) return text;
    throw invalid(name, this.#find(name)!, `String must be one of: ${words.join(', ')}, null`);
  }

  /** What `parse` makes of a text. */
  parsed<T>(name: string, parse: (text: string) => T): T | null {
    const text = this.text(name);
    if (text === null) return null;
    try {
      return parse(text);
    } catch (thrown) {
      if (!(thrown instanceof KsqlException)) throw thrown;
      throw new KsqlException(`Configuration ${name} is invalid: ${thrown.message}`);
    }
  }

  #find(name: string): Literal | null {
    const literal = this.#values.get(name);
    return literal === undefined || literal.kind === 'null' ? null : literal;
  }
}

function invalid(name: string, literal: Literal, problem: string): KsqlException {
  const value = literal.kind === 'decimal' ? literal.text : literal.kind === 'null' ? 'null' : literal.value;
  return new KsqlException(`Invalid value ${value} for property ${name}: ${problem}`);
}

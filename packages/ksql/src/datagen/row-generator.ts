import { type Clock, MillraceError, type Random } from '@millrace/base';
import { parseAvroSchema } from '../formats/avro/avro-schema.ts';
import { columnsOf } from '../formats/avro/avro-types.ts';
import { parsePattern } from '../functions/support/date-pattern.ts';
import { formatInstant } from '../functions/support/format-date.ts';
import { zoneNamed } from '../functions/support/time-zone.ts';
import { parseDecimal, rescale } from '../types/decimal.ts';
import type { SimpleColumn } from '../types/schema.ts';
import type { SqlType } from '../types/sql-type.ts';
import type { Row, SqlValue } from '../types/values.ts';
import { fractions, unit, wholeBelow, wholeNumbers } from './generated-numbers.ts';
import { lettersOf, textMatching } from './generated-text.ts';
import { optionValue } from './option-value.ts';
import {
  invalidSettings,
  isRecord,
  type Length,
  lengthOrDefault,
  lengthSetting,
  numberSetting,
  recordSetting,
  type Settings,
  textSetting,
} from './schema-settings.ts';

export type RowGeneratorOptions = {
  readonly random: Random;
  readonly clock: Clock;
  /** Reads a list of options that a schema names. */
  readonly readFile: (path: string) => string;
};

/** Rows of random values for an Avro schema, narrowed by its `arg.properties` as the Avro Random Generator reads them. */
export type RowGenerator = { readonly columns: readonly SimpleColumn[]; next(): Row };

type Source = () => SqlValue;

/** @throws MillraceError `INVALID_SCHEMA`, `UNSUPPORTED_SCHEMA`, `INVALID_REGEX` */
export function rowGenerator(schemaText: string, options: RowGeneratorOptions): RowGenerator {
  // Names stay as the schema has them: whoever reads the topic finds them so.
  const columns = columnsOf(parseAvroSchema(schemaText), 'exact', null);
  const schema: unknown = JSON.parse(schemaText);
  const compiler = new Compiler(options);
  const sources = compiler.fields(
    schema,
    columns.map(({ type }) => type),
  );
  return { columns, next: () => sources.map((source) => source()) };
}

/** Tries to meet a length that a regex knows nothing of. */
const LENGTH_TRIES_MAX = 1_000;

class Compiler {
  readonly #random: Random;
  readonly #options: RowGeneratorOptions;
  readonly #named = new Map<string, Settings>();

  constructor(options: RowGeneratorOptions) {
    this.#random = options.random;
    this.#options = options;
  }

  fields(record: unknown, types: readonly SqlType[]): readonly Source[] {
    const fields = isRecord(record) && Array.isArray(record.fields) ? (record.fields as readonly Settings[]) : [];
    if (isRecord(record)) this.#remember(record);
    return fields.map((field, index) => this.#source(field.type, types[index]!));
  }

  /** A source for a schema: a name, a list for a union, or an object. */
  #source(given: unknown, type: SqlType): Source {
    if (Array.isArray(given)) return this.#union(given, type);
    const named = typeof given === 'string' ? this.#named.get(given) : undefined;
    const schema: Settings = named ?? (isRecord(given) ? given : { type: given });
    if (isRecord(schema.type) || Array.isArray(schema.type)) return this.#source(schema.type, type);
    this.#remember(schema);
    const settings = recordSetting(schema, 'arg.properties') ?? {};
    if (settings.options !== undefined) return this.#oneOf(settings.options, type);
    const format = textSetting(schema, 'format_as_time');
    if (format !== null) return this.#now(format, type);
    return this.#ofKind(schema, settings, type);
  }

  #ofKind(schema: Settings, settings: Settings, type: SqlType): Source {
    const random = this.#random;
    switch (schema.type) {
      case 'null':
        return () => null;
      case 'boolean':
        return this.#booleans(settings);
      case 'int':
      case 'long': {
        const numbers = wholeNumbers(schema.type, settings);
        return type.kind === 'BIGINT' ? () => numbers(random) : () => Number(numbers(random));
      }
      case 'float':
      case 'double': {
        const numbers = fractions(settings);
        return schema.type === 'float' ? () => Math.fround(numbers(random)) : () => numbers(random);
      }
      case 'string':
        return this.#texts(settings);
      case 'bytes':
      case 'fixed':
        return this.#bytes(schema, settings, type);
      case 'enum': {
        const symbols = schema.symbols as readonly string[];
        return () => symbols[random.int(symbols.length)]!;
      }
      case 'array':
        return this.#array(schema, settings, type);
      case 'map':
        return this.#map(schema, settings, type);
      case 'record': {
        if (type.kind !== 'STRUCT') break;
        const sources = this.fields(
          schema,
          type.fields.map((field) => field.type),
        );
        return () => sources.map((source) => source());
      }
    }
    throw new MillraceError('UNSUPPORTED_SCHEMA', `No values can be made for the type ${JSON.stringify(schema.type)}`);
  }

  #booleans(settings: Settings): Source {
    const iteration = recordSetting(settings, 'iteration');
    if (iteration !== null) {
      let next = iteration.start === true;
      return () => {
        next = !next;
        return !next;
      };
    }
    const odds = numberSetting(settings, 'odds') ?? 0.5;
    return () => unit(this.#random) < odds;
  }

  #texts(settings: Settings): Source {
    const prefix = textSetting(settings, 'prefix') ?? '';
    const suffix = textSetting(settings, 'suffix') ?? '';
    const regex = textSetting(settings, 'regex');
    const text = regex === null ? this.#letters(settings) : this.#matching(regex, settings);
    return () => prefix + text() + suffix;
  }

  #letters(settings: Settings): () => string {
    const length = lengthOrDefault(settings);
    return () => lettersOf(this.#lengthIn(length), this.#random);
  }

  #matching(regex: string, settings: Settings): () => string {
    const make = textMatching(regex);
    const length = lengthSetting(settings);
    if (length === null) return () => make(this.#random);
    // A number is the least that is wanted, bounds are both.
    const max = typeof settings.length === 'number' ? Number.POSITIVE_INFINITY : length.max;
    return () => {
      for (let tries = 0; tries < LENGTH_TRIES_MAX; tries++) {
        const text = make(this.#random);
        if (text.length >= length.min && text.length < max) return text;
      }
      throw invalidSettings('length', `the regex '${regex}' makes no such text`);
    };
  }

  #bytes(schema: Settings, settings: Settings, type: SqlType): Source {
    const random = this.#random;
    if (type.kind === 'DECIMAL') {
      const { precision, scale } = type;
      return () => {
        const unscaled = wholeBelow(10n ** BigInt(Math.min(precision, 18)), random);
        return rescale(parseDecimal(`${unscaled}e-${scale}`)!, scale);
      };
    }
    const size = schema.type === 'fixed' ? Number(schema.size) : null;
    const length = size === null ? lengthOrDefault(settings) : { min: size, max: size + 1 };
    return () => Uint8Array.from({ length: this.#lengthIn(length) }, () => random.int(256));
  }

  #array(schema: Settings, settings: Settings, type: SqlType): Source {
    if (type.kind !== 'ARRAY') throw new MillraceError('UNSUPPORTED_SCHEMA', 'Arrays of map entries can not be made');
    const item = this.#source(schema.items, type.element);
    const length = lengthOrDefault(settings);
    return () => Array.from({ length: this.#lengthIn(length) }, item);
  }

  #map(schema: Settings, settings: Settings, type: SqlType): Source {
    if (type.kind !== 'MAP') throw new MillraceError('UNSUPPORTED_SCHEMA', 'A map is no map');
    const value = this.#source(schema.values, type.value);
    const keys = recordSetting(settings, 'keys') ?? {};
    const key = keys.options === undefined ? this.#texts(keys) : this.#oneOf(keys.options, { kind: 'STRING' });
    const length = lengthOrDefault(settings);
    // Keys that come twice are one.
    return () => new Map(Array.from({ length: this.#lengthIn(length) }, () => [key(), value()] as const));
  }

  /** Null and something else, or one branch of several, each as often as the others. */
  #union(branches: readonly unknown[], type: SqlType): Source {
    const others = branches.filter((branch) => branch !== 'null');
    const sources = others.map((branch, index) => {
      if (others.length === 1) return this.#source(branch, type);
      const fields = type.kind === 'STRUCT' ? type.fields : [];
      const source = this.#source(branch, fields[index]!.type);
      return () => fields.map((_, position) => (position === index ? source() : null));
    });
    const choices: readonly Source[] = branches.length === others.length ? sources : [() => null, ...sources];
    return () => choices[this.#random.int(choices.length)]!();
  }

  #now(format: string, type: SqlType): Source {
    const { clock } = this.#options;
    if (format === 'unix_long') return () => (type.kind === 'BIGINT' ? BigInt(clock.wallMs()) : clock.wallMs());
    const pattern = parsePattern(format);
    const zone = zoneNamed('UTC');
    return () => formatInstant(clock.wallMs(), pattern, zone);
  }

  #oneOf(given: unknown, type: SqlType): Source {
    const list = isRecord(given) ? this.#listIn(given) : given;
    if (!Array.isArray(list) || list.length === 0) throw invalidSettings('options', 'it must be a list of values');
    const values = list.map((each) => optionValue(each, type));
    return () => values[this.#random.int(values.length)]!;
  }

  #listIn(file: Settings): unknown {
    if (file.encoding !== 'json')
      throw invalidSettings('options', "of files only those with the encoding 'json' are read");
    return JSON.parse(this.#options.readFile(String(file.file)));
  }

  #lengthIn({ min, max }: Length): number {
    return min + this.#random.int(max - min);
  }

  #remember(schema: Settings): void {
    if (typeof schema.name !== 'string') return;
    this.#named.set(schema.name, schema);
    if (typeof schema.namespace === 'string') this.#named.set(`${schema.namespace}.${schema.name}`, schema);
  }
}

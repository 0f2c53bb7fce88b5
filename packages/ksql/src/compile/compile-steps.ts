import { assert, unreachable } from '@millrace/base';
import type { StreamsBuilder } from '@millrace/streams';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { Step } from '../steps/steps.ts';
import { compileAggregate } from './aggregates.ts';
import type { CompileContext } from './compile-context.ts';
import type { Holder, StreamHolder, TableHolder } from './holders.ts';
import {
  compileForeignKeyJoin,
  compileStreamStreamJoin,
  compileStreamTableJoin,
  compileTableTableJoin,
} from './joins.ts';
import { compileSelectKey } from './keys.ts';
import { compileFilter, compileFlatMap, compileSelect } from './rows.ts';
import { compileSink } from './sinks.ts';
import { compileSource } from './sources.ts';

/** Adds a whole plan to a topology in the making; gives its results, for who wants them beside the plan's own sink. */
export function compilePlan(step: Step, builder: StreamsBuilder, context: CompileContext): Holder {
  const results = compileStep(step, builder, context);
  results.use.needAll();
  context.complete();
  return results;
}

/** Adds what a step does, and all that is before it. */
function compileStep(step: Step, builder: StreamsBuilder, context: CompileContext): Holder {
  const compile = (input: Step): Holder => compileStep(input, builder, context);
  /** For steps that take rows as they are. */
  const whole = (input: Step): Holder => {
    const holder = compile(input);
    holder.use.needAll();
    return holder;
  };
  switch (step.kind) {
    case 'stream-source':
    case 'table-source':
      return compileSource(step, builder, context);
    case 'stream-filter':
    case 'table-filter':
      return compileFilter(step, compile(step.input), context);
    case 'stream-select':
    case 'table-select':
      return compileSelect(step, compile(step.input), context);
    case 'stream-select-key':
    case 'table-select-key':
      return compileSelectKey(step, compile(step.input), context);
    case 'stream-flat-map':
      return compileFlatMap(step, stream(whole(step.input)), context);
    case 'stream-aggregate':
    case 'stream-windowed-aggregate':
    case 'table-aggregate':
      return compileAggregate(step, compile(step.input.input), context);
    case 'stream-group-by':
    case 'stream-group-by-key':
    case 'table-group-by':
      throw new KsqlException(`A plan has a grouping (${step.context}) without an aggregation behind it.`);
    case 'stream-stream-join':
      return compileStreamStreamJoin(step, stream(whole(step.left)), stream(whole(step.right)), context);
    case 'stream-table-join':
      return joinWithTable(step, builder, context);
    case 'table-table-join':
      return compileTableTableJoin(step, table(whole(step.left)), table(whole(step.right)));
    case 'foreign-key-join':
      return compileForeignKeyJoin(step, table(whole(step.left)), table(whole(step.right)), context);
    case 'stream-sink':
    case 'table-sink': {
      const input = whole(step.input);
      compileSink(step, input, context);
      return input;
    }
    default:
      return unreachable(step);
  }
}

/** The table is built first: records of the stream find what came in before them. */
function joinWithTable(
  step: Extract<Step, { kind: 'stream-table-join' }>,
  builder: StreamsBuilder,
  context: CompileContext,
): Holder {
  const right = table(compileStep(step.right, builder, context));
  const left = stream(compileStep(step.left, builder, context));
  return compileStreamTableJoin(step, left, right, context);
}

function stream(holder: Holder): StreamHolder {
  assert(holder.kind === 'stream', 'a stream');
  return holder;
}

function table(holder: Holder): TableHolder {
  assert(holder.kind === 'table', 'a table');
  return holder;
}

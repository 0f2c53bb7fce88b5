import { StreamsBuilder } from '../../dsl/streams-builder.ts';
import { Serdes } from '../../serdes/serdes.ts';
import { continueOnError } from '../../task/handlers.ts';
import type { Topology } from '../../topology/topology.ts';
import type { KafkaStreamsOptions } from '../config/options.ts';

// A topology whose functions fail as a record says, and a handler that no message could carry to a thread.

const strings = { key: Serdes.string(), value: Serdes.string() };

function failing(): Topology {
  const builder = new StreamsBuilder();
  builder
    .stream('lines', strings)
    .peek((_key, value) => {
      if (value === 'end the thread') process.exit(7);
      if (value === 'fail') throw new Error('as the record says');
    })
    .to('words', strings);
  return builder.build();
}

export const topology: Topology = failing();
export const options: Partial<KafkaStreamsOptions> = { handlers: { processing: continueOnError } };

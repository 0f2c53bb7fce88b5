import { type Breach, checked, difference, type Law, notApplicable, type Subject } from './law.ts';
import { type Observation, rowsOf } from './observation.ts';
import { orderings } from './orderings.ts';

/** Kafka keeps the order inside a partition only: what must not depend on chance must not depend on more. */
export const interleavingLaw: Law = {
  name: 'interleaving',
  says: 'Whatever the order between partitions and topics, the tables end up the same.',
  applies: (circumstances) => {
    const { model } = circumstances;
    if (model.origin === null)
      return [notApplicable('the topology', 'it was put together by hand: its processors may go by the order')];
    return orderings(circumstances).map(
      ({ store, ordering }): Subject =>
        ordering.kind === 'unsafe' ? notApplicable(store, ordering.reason) : checked(store),
    );
  },
  breach(trial, subject) {
    const read = (run: Observation) =>
      new Map([...rowsOf(run, subject).values()].map(({ keyText, valueText }) => [keyText, valueText]));
    const words = {
      expected: 'in the order of the records it ends with',
      actual: 'in another order of partitions with',
    };
    return difference(
      subject,
      read(trial.run()),
      read(trial.run({ interleaved: true })),
      words,
    ) satisfies Breach | null;
  },
};

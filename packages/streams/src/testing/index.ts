export { ALL_LAWS } from './laws/all-laws.ts';
export {
  historyOf,
  keysOf,
  type RecordOptions,
  recordOf,
  timestampsOf,
  valuesOf,
} from './laws/arbitraries.ts';
export { checkDuality, checkLaw, type DualityOptions } from './laws/check-duality.ts';
export { DualityError } from './laws/duality-error.ts';
export type { Afterwards, History, InputRecord } from './laws/history.ts';
export type { Breach, Circumstances, Law, LawName, Subject } from './laws/law.ts';
export { type SourceTopic, TopologyModel } from './laws/model.ts';
export type { DualityReport, LawReport } from './laws/report.ts';
export { Trial, type Variant } from './laws/trial.ts';
export type { ProducedRecord, TestRecord } from './produced-record.ts';
export { TestInputTopic } from './test-input-topic.ts';
export { TestOutputTopic } from './test-output-topic.ts';
export { TopologyTestDriver, type TopologyTestDriverOptions } from './topology-test-driver.ts';

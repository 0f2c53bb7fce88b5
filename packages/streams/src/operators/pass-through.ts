import { RunningNode } from '../topology/running-node.ts';

/** A merge, a branch, or the end of a join: a name in the topology, nothing to do. */
export class PassThrough extends RunningNode {
  protected process(key: unknown, value: unknown, timestamp: number): void {
    this.forward(key, value, timestamp);
  }
}

/** What an aggregate over windows refuses because it came too late: beside its results, not among them. */
export class LateRecords extends PassThrough {}

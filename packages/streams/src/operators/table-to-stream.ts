import { RunningNode } from '../topology/running-node.ts';
import type { Change } from './change.ts';

export class TableToStream extends RunningNode {
  protected process(key: unknown, change: Change, timestamp: number): void {
    this.forward(key, change.new, timestamp);
  }
}

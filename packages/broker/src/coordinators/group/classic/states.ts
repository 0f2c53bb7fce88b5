import { assert } from '@millrace/base';

/** The states of a classic group, by the names that DescribeGroups answers. */
export type GroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable' | 'Dead';

/**
 * Which state may follow which:
 *
 *     Empty ──▶ PreparingRebalance ──▶ CompletingRebalance ──▶ Stable
 *       ▲             │   ▲  ▲                 │                 │
 *       └─────────────┘   │  └─────────────────┘                 │
 *                         └──────────────────────────────────────┘
 *     every state but Dead ──▶ Dead
 */
const NEXT: Readonly<Record<GroupState, readonly GroupState[]>> = {
  Empty: ['PreparingRebalance', 'Dead'],
  PreparingRebalance: ['CompletingRebalance', 'Empty', 'Dead'],
  CompletingRebalance: ['Stable', 'PreparingRebalance', 'Dead'],
  Stable: ['PreparingRebalance', 'Dead'],
  Dead: [],
};

/** Answers the next state, if the move is legal. */
export function moveTo(from: GroupState, to: GroupState): GroupState {
  assert(NEXT[from].includes(to), `a group can't go from ${from} to ${to}`);
  return to;
}

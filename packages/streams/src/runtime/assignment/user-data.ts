import { MillraceError } from '@millrace/base';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';

// What members and leader tell each other beside the group protocol's own fields: JSON, with a version.

const VERSION = 3;

export type SubscriptionData = {
  /** Stable over restarts with the same state folder. */
  readonly processId: string;
  readonly activeTasks: readonly string[];
  /** Tasks that are to come here as soon as others have let go of them. */
  readonly pendingTasks: readonly string[];
  /** Tasks with state here, on disk or as a standby. */
  readonly storedTasks: readonly string[];
  /** Those of them that could run here at once, because their state is up to date. */
  readonly readyTasks: readonly string[];
  /** `host:port` under which this instance answers queries of others, or null. */
  readonly applicationServer: string | null;
  /** Whether all instances are to end. */
  readonly wantsShutdown: boolean;
};

/** Who runs what, for queries: one entry a member. */
export type MemberTasks = {
  /** Members of one process are threads of one instance. */
  readonly processId: string;
  readonly applicationServer: string | null;
  readonly tasks: readonly string[];
  readonly standbyTasks: readonly string[];
};

export type AssignmentData =
  | {
      readonly kind: 'assigned';
      readonly tasks: readonly string[];
      readonly standbyTasks: readonly string[];
      /** Tasks that come here in the next round, when who has them now has let go of them. */
      readonly pendingTasks: readonly string[];
      /** Those of the standbys that become active once they are up to date. */
      readonly warmupTasks: readonly string[];
      readonly members: readonly MemberTasks[];
      /** Partition counts of all source topics, as the leader made or found them. */
      readonly partitionCounts: Readonly<Record<string, number>>;
    }
  /** The leader could not assign: all members end with the same error. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

export function encodeUserData(data: SubscriptionData | AssignmentData): Uint8Array {
  return encodeUtf8(JSON.stringify({ version: VERSION, ...data }));
}

export function decodeSubscription(bytes: Uint8Array | null): SubscriptionData {
  return decode<SubscriptionData>(bytes, 'subscription');
}

export function decodeAssignment(bytes: Uint8Array | null): AssignmentData {
  return decode<AssignmentData>(bytes, 'assignment');
}

function decode<T>(bytes: Uint8Array | null, what: string): T {
  let data: { readonly version?: number } | null = null;
  try {
    data = bytes === null ? null : (JSON.parse(decodeUtf8(bytes)) as { readonly version?: number });
  } catch {
    // Said below, together with other versions.
  }
  if (data?.version === VERSION) return data as T;
  throw new MillraceError(
    'INCONSISTENT_GROUP_PROTOCOL',
    `the ${what} of a group member is not of this version of Millrace Streams: is the application id used by others?`,
  );
}

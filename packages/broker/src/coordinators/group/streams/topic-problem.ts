/** Why the members of a streams group get no tasks, or should know of something: by the codes of its heartbeat. */
export const STREAMS_STATUS = {
  STALE_TOPOLOGY: 0,
  MISSING_SOURCE_TOPICS: 1,
  INCORRECTLY_PARTITIONED_TOPICS: 2,
  MISSING_INTERNAL_TOPICS: 3,
  SHUTDOWN_APPLICATION: 4,
  ASSIGNMENT_DELAYED: 5,
} as const;

export type StreamsStatusName = keyof typeof STREAMS_STATUS;

export type StreamsStatus = { readonly status: StreamsStatusName; readonly detail: string };

/** Topics of users are not as a topology needs them. Members are told, and get no tasks until that has changed. */
export class TopicProblem extends Error implements StreamsStatus {
  readonly status: StreamsStatusName;
  readonly detail: string;

  constructor(status: StreamsStatusName, detail: string) {
    super(detail);
    this.status = status;
    this.detail = detail;
  }
}

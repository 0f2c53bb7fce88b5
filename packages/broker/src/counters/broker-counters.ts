import { TimeHistogram } from '@millrace/base';
import type { ApiName } from '@millrace/protocol';

/** Topics that are counted one by one; all others are counted together, so that names can't fill the memory. */
const TOPICS_MAX = 2_000;

/** What went in and out of one topic since the start. Plain numbers: whoever counts adds to them. */
export type TopicCounters = {
  messagesIn: number;
  bytesIn: number;
  bytesOut: number;
  produceRequests: number;
  failedProduceRequests: number;
  fetchRequests: number;
  failedFetchRequests: number;
};

/**
 * Everything that the broker counts while it works. The parts are handed this and add to its numbers; nobody reads them
 * but the page of metrics.
 */
export class BrokerCounters {
  /** By name of the API, made at its first request. */
  readonly requests: Map<ApiName, TimeHistogram> = new Map();
  readonly topics: Map<string, TopicCounters> = new Map();
  /** Topics beyond the limit, and those that were deleted. */
  readonly otherTopics: TopicCounters = noTopicCounts();
  readonly syncs: TimeHistogram = new TimeHistogram();

  /** A request was answered. */
  answered(api: ApiName, durationMs: number, nowMs: number): void {
    let times = this.requests.get(api);
    if (times === undefined) {
      times = new TimeHistogram();
      this.requests.set(api, times);
    }
    times.add(durationMs, nowMs);
  }

  topic(name: string): TopicCounters {
    const known = this.topics.get(name);
    if (known !== undefined) return known;
    if (this.topics.size >= TOPICS_MAX) return this.otherTopics;
    const made = noTopicCounts();
    this.topics.set(name, made);
    return made;
  }

  /** A topic is no more: its counts go on in those of the broker, which never fall. */
  forgetTopic(name: string): void {
    const gone = this.topics.get(name);
    if (gone === undefined) return;
    this.topics.delete(name);
    for (const key of Object.keys(gone) as (keyof TopicCounters)[]) this.otherTopics[key] += gone[key];
  }
}

function noTopicCounts(): TopicCounters {
  return {
    messagesIn: 0,
    bytesIn: 0,
    bytesOut: 0,
    produceRequests: 0,
    failedProduceRequests: 0,
    fetchRequests: 0,
    failedFetchRequests: 0,
  };
}

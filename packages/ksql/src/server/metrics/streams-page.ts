import { type Exposition, labelText } from '@millrace/base';
import type { Metric } from '@millrace/streams';
import { metricName } from './engine-page.ts';

/** Each task of each query has some: beyond this they are counted and left out. */
const SERIES_MAX = 20_000;

/** The queries' streams applications, under the names of Kafka Streams; texts are labels of a 1. */
export function writeStreamsPage(page: Exposition, metrics: readonly Metric[]): void {
  const shown = metrics.slice(0, SERIES_MAX);
  const byName = Map.groupBy(shown, ({ group, name }) => metricName(`kafka_streams_${group}_${name}`));
  for (const [name, samples] of byName) {
    const family = page.gauge(name, 'Of Kafka Streams, under its own name.');
    for (const { name: figure, tags, value } of samples) {
      const labels = Object.fromEntries(Object.entries(tags).map(([tag, text]) => [metricName(tag), text]));
      if (typeof value === 'number') family.add(value, labels);
      else family.addLabelled(1, labelText({ ...labels, [metricName(figure)]: value }));
    }
  }
  page
    .gauge('millrace_ksql_streams_series_left_out', 'Figures of streams applications that this page has no room for.')
    .add(metrics.length - shown.length);
}

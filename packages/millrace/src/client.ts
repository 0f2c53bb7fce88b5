export * from '@millrace/client';
// What reading raw batches and choosing partitions by hand takes.
export { partitionForKey, RecordBatchBuilder, RecordCursor } from '@millrace/protocol';

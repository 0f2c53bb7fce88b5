export * from '@millrace/streams';

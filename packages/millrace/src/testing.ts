export * from '@millrace/streams/testing';

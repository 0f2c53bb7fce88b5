export * from '@millrace/ksql';

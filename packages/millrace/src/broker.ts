export * from '@millrace/broker';

// One name for users. Each part is also to be had alone (`millrace/streams`, `millrace/ksql`, `millrace/broker`,
// `millrace/client`), and none of them loads another's heavy libraries.
export * from '@millrace/broker';
export * from '@millrace/client';
export * from '@millrace/streams';

// What most programs need under the one name: Streams whole, and the doors of broker and client. The rest of those two
// is `millrace/broker` and `millrace/client`; SQL is `millrace/ksql`, the test kit `millrace/testing`. Nothing here loads
// another part's heavy libraries.
export { type CloseOptions, type Logger, MillraceError } from '@millrace/base';
export { Broker, type BrokerOptions } from '@millrace/broker';
export { Client, type ClientOptions, fromKafkaJs } from '@millrace/client';
export * from '@millrace/streams';

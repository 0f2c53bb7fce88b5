/**
 * DescribeConfigs (32): tells the configuration of topics and brokers.
 *
 * - v1: synonyms and sources (KIP-226)
 * - v3: types and documentation (KIP-569)
 * - v4: flexible
 *
 * Left out: version 0, removed in Kafka 4.0.
 */
import { type ApiDeclaration, api, bool, int8, int16, int32, list, string } from '../schema.ts';

export const describeConfigs: ApiDeclaration = api({
  name: 'DescribeConfigs',
  key: 32,
  versions: '1-4',
  flexible: '4+',
  request: {
    resources: list('0+', 'DescribeConfigsResource', {
      resourceType: int8('0+'),
      resourceName: string('0+'),
      configurationKeys: list('0+', { nullable: '0+' }, 'string'),
    }),
    includeSynonyms: bool('1+', { default: false }),
    includeDocumentation: bool('3+', { default: false }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    results: list('0+', 'DescribeConfigsResult', {
      errorCode: int16('0+'),
      errorMessage: string('0+', { nullable: '0+' }),
      resourceType: int8('0+'),
      resourceName: string('0+'),
      configs: list('0+', 'DescribeConfigsResourceResult', {
        name: string('0+'),
        value: string('0+', { nullable: '0+' }),
        readOnly: bool('0+'),
        configSource: int8('1+', { default: -1, ignorable: true }),
        isSensitive: bool('0+'),
        synonyms: list('1+', { ignorable: true }, 'DescribeConfigsSynonym', {
          name: string('1+'),
          value: string('1+', { nullable: '0+' }),
          source: int8('1+'),
        }),
        configType: int8('3+', { default: 0, ignorable: true }),
        documentation: string('3+', { nullable: '0+', ignorable: true }),
      }),
    }),
  },
});

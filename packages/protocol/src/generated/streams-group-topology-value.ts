// Written by scripts/generate.ts from src/messages/. Do not edit: change the declaration and run it again.
import type { MessageCodec } from '../api.ts';
import { readCompactStringList, readInt16List } from '../lists.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

export interface StreamsGroupTopologyValueTopicConfig {
  readonly key: string;
  readonly value: string;
}

export interface StreamsGroupTopologyValueTopicInfo {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly topicConfigs: readonly StreamsGroupTopologyValueTopicConfig[];
}

export interface StreamsGroupTopologyValueCopartitionGroup {
  readonly sourceTopics: readonly number[];
  readonly sourceTopicRegex: readonly number[];
  readonly repartitionSourceTopics: readonly number[];
}

export interface StreamsGroupTopologyValueSubtopology {
  readonly subtopologyId: string;
  readonly sourceTopics: readonly string[];
  readonly sourceTopicRegex: readonly string[];
  readonly stateChangelogTopics: readonly StreamsGroupTopologyValueTopicInfo[];
  readonly repartitionSinkTopics: readonly string[];
  readonly repartitionSourceTopics: readonly StreamsGroupTopologyValueTopicInfo[];
  readonly copartitionGroups: readonly StreamsGroupTopologyValueCopartitionGroup[];
}

export interface StreamsGroupTopologyValue {
  readonly epoch: number;
  readonly subtopologies: readonly StreamsGroupTopologyValueSubtopology[];
}

function encodeStreamsGroupTopologyValueTopicConfig(writer: Writer, _version: number, message: StreamsGroupTopologyValueTopicConfig): void {
  writer.compactString(message.key);
  writer.compactString(message.value);
  writer.noTaggedFields();
}

function decodeStreamsGroupTopologyValueTopicConfig(reader: Reader, _version: number): StreamsGroupTopologyValueTopicConfig {
  const key = reader.compactString();
  const value = reader.compactString();
  reader.skipTaggedFields();
  return { key, value };
}

function decodeStreamsGroupTopologyValueTopicConfigList(reader: Reader, version: number, length: number): StreamsGroupTopologyValueTopicConfig[] {
  const list: StreamsGroupTopologyValueTopicConfig[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupTopologyValueTopicConfig(reader, version));
  return list;
}

function encodeStreamsGroupTopologyValueTopicInfo(writer: Writer, version: number, message: StreamsGroupTopologyValueTopicInfo): void {
  writer.compactString(message.name);
  writer.int32(message.partitions);
  writer.int16(message.replicationFactor);
  const topicConfigs = message.topicConfigs;
  writer.compactListLength(topicConfigs.length);
  for (const item of topicConfigs) encodeStreamsGroupTopologyValueTopicConfig(writer, version, item);
  writer.noTaggedFields();
}

function decodeStreamsGroupTopologyValueTopicInfo(reader: Reader, version: number): StreamsGroupTopologyValueTopicInfo {
  const name = reader.compactString();
  const partitions = reader.int32();
  const replicationFactor = reader.int16();
  const topicConfigsLength = reader.compactListLength(3);
  const topicConfigs: readonly StreamsGroupTopologyValueTopicConfig[] = decodeStreamsGroupTopologyValueTopicConfigList(reader, version, topicConfigsLength);
  reader.skipTaggedFields();
  return { name, partitions, replicationFactor, topicConfigs };
}

function decodeStreamsGroupTopologyValueTopicInfoList(reader: Reader, version: number, length: number): StreamsGroupTopologyValueTopicInfo[] {
  const list: StreamsGroupTopologyValueTopicInfo[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupTopologyValueTopicInfo(reader, version));
  return list;
}

function encodeStreamsGroupTopologyValueCopartitionGroup(writer: Writer, _version: number, message: StreamsGroupTopologyValueCopartitionGroup): void {
  const sourceTopics = message.sourceTopics;
  writer.compactListLength(sourceTopics.length);
  for (const item of sourceTopics) writer.int16(item);
  const sourceTopicRegex = message.sourceTopicRegex;
  writer.compactListLength(sourceTopicRegex.length);
  for (const item of sourceTopicRegex) writer.int16(item);
  const repartitionSourceTopics = message.repartitionSourceTopics;
  writer.compactListLength(repartitionSourceTopics.length);
  for (const item of repartitionSourceTopics) writer.int16(item);
  writer.noTaggedFields();
}

function decodeStreamsGroupTopologyValueCopartitionGroup(reader: Reader, _version: number): StreamsGroupTopologyValueCopartitionGroup {
  const sourceTopicsLength = reader.compactListLength(2);
  const sourceTopics: readonly number[] = readInt16List(reader, sourceTopicsLength);
  const sourceTopicRegexLength = reader.compactListLength(2);
  const sourceTopicRegex: readonly number[] = readInt16List(reader, sourceTopicRegexLength);
  const repartitionSourceTopicsLength = reader.compactListLength(2);
  const repartitionSourceTopics: readonly number[] = readInt16List(reader, repartitionSourceTopicsLength);
  reader.skipTaggedFields();
  return { sourceTopics, sourceTopicRegex, repartitionSourceTopics };
}

function decodeStreamsGroupTopologyValueCopartitionGroupList(reader: Reader, version: number, length: number): StreamsGroupTopologyValueCopartitionGroup[] {
  const list: StreamsGroupTopologyValueCopartitionGroup[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupTopologyValueCopartitionGroup(reader, version));
  return list;
}

function encodeStreamsGroupTopologyValueSubtopology(writer: Writer, version: number, message: StreamsGroupTopologyValueSubtopology): void {
  writer.compactString(message.subtopologyId);
  const sourceTopics = message.sourceTopics;
  writer.compactListLength(sourceTopics.length);
  for (const item of sourceTopics) writer.compactString(item);
  const sourceTopicRegex = message.sourceTopicRegex;
  writer.compactListLength(sourceTopicRegex.length);
  for (const item of sourceTopicRegex) writer.compactString(item);
  const stateChangelogTopics = message.stateChangelogTopics;
  writer.compactListLength(stateChangelogTopics.length);
  for (const item of stateChangelogTopics) encodeStreamsGroupTopologyValueTopicInfo(writer, version, item);
  const repartitionSinkTopics = message.repartitionSinkTopics;
  writer.compactListLength(repartitionSinkTopics.length);
  for (const item of repartitionSinkTopics) writer.compactString(item);
  const repartitionSourceTopics = message.repartitionSourceTopics;
  writer.compactListLength(repartitionSourceTopics.length);
  for (const item of repartitionSourceTopics) encodeStreamsGroupTopologyValueTopicInfo(writer, version, item);
  const copartitionGroups = message.copartitionGroups;
  writer.compactListLength(copartitionGroups.length);
  for (const item of copartitionGroups) encodeStreamsGroupTopologyValueCopartitionGroup(writer, version, item);
  writer.noTaggedFields();
}

function decodeStreamsGroupTopologyValueSubtopology(reader: Reader, version: number): StreamsGroupTopologyValueSubtopology {
  const subtopologyId = reader.compactString();
  const sourceTopicsLength = reader.compactListLength(1);
  const sourceTopics: readonly string[] = readCompactStringList(reader, sourceTopicsLength);
  const sourceTopicRegexLength = reader.compactListLength(1);
  const sourceTopicRegex: readonly string[] = readCompactStringList(reader, sourceTopicRegexLength);
  const stateChangelogTopicsLength = reader.compactListLength(9);
  const stateChangelogTopics: readonly StreamsGroupTopologyValueTopicInfo[] = decodeStreamsGroupTopologyValueTopicInfoList(reader, version, stateChangelogTopicsLength);
  const repartitionSinkTopicsLength = reader.compactListLength(1);
  const repartitionSinkTopics: readonly string[] = readCompactStringList(reader, repartitionSinkTopicsLength);
  const repartitionSourceTopicsLength = reader.compactListLength(9);
  const repartitionSourceTopics: readonly StreamsGroupTopologyValueTopicInfo[] = decodeStreamsGroupTopologyValueTopicInfoList(reader, version, repartitionSourceTopicsLength);
  const copartitionGroupsLength = reader.compactListLength(4);
  const copartitionGroups: readonly StreamsGroupTopologyValueCopartitionGroup[] = decodeStreamsGroupTopologyValueCopartitionGroupList(reader, version, copartitionGroupsLength);
  reader.skipTaggedFields();
  return {
    subtopologyId,
    sourceTopics,
    sourceTopicRegex,
    stateChangelogTopics,
    repartitionSinkTopics,
    repartitionSourceTopics,
    copartitionGroups,
  };
}

function decodeStreamsGroupTopologyValueSubtopologyList(reader: Reader, version: number, length: number): StreamsGroupTopologyValueSubtopology[] {
  const list: StreamsGroupTopologyValueSubtopology[] = [];
  for (let index = 0; index < length; index++) list.push(decodeStreamsGroupTopologyValueSubtopology(reader, version));
  return list;
}

export function encodeStreamsGroupTopologyValue(writer: Writer, version: number, message: StreamsGroupTopologyValue): void {
  writer.int32(message.epoch);
  const subtopologies = message.subtopologies;
  writer.compactListLength(subtopologies.length);
  for (const item of subtopologies) encodeStreamsGroupTopologyValueSubtopology(writer, version, item);
  writer.noTaggedFields();
}

export function decodeStreamsGroupTopologyValue(reader: Reader, version: number): StreamsGroupTopologyValue {
  const epoch = reader.int32();
  const subtopologiesLength = reader.compactListLength(8);
  const subtopologies: readonly StreamsGroupTopologyValueSubtopology[] = decodeStreamsGroupTopologyValueSubtopologyList(reader, version, subtopologiesLength);
  reader.skipTaggedFields();
  return { epoch, subtopologies };
}

export const streamsGroupTopologyValueCodec: MessageCodec<StreamsGroupTopologyValue> = {
  name: 'StreamsGroupTopologyValue',
  minVersion: 0,
  maxVersion: 0,
  recordType: 23,
  encode: encodeStreamsGroupTopologyValue,
  decode: decodeStreamsGroupTopologyValue,
};

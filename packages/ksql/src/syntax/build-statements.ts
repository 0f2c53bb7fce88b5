import { assert } from '@millrace/base';
import type { CstNode } from 'chevrotain';
import { KsqlException } from '../lib/ksql-exception.ts';
import type {
  ColumnConstraint,
  Describe,
  ListSubject,
  Literal,
  Property,
  SourceKind,
  Statement,
  TableElement,
} from './ast.ts';
import { buildValueExpression } from './build-expressions.ts';
import { buildDuration, buildLiteral, buildWholeNumber } from './build-literals.ts';
import { buildQuery } from './build-queries.ts';
import { buildType } from './build-types.ts';
import {
  has,
  locationOf,
  locationOfToken,
  nameIn,
  node,
  nodes,
  onlyNode,
  optionalNode,
  tokens,
  tokensInOrder,
} from './cst.ts';
import { stringOf } from './names.ts';
import { Minus, StringValue, Word } from './tokens.ts';

type Builder = (of: CstNode) => Statement;

/** A `statement`, `testAssert` or `runScript` node. */
export function buildStatement(of: CstNode): Statement {
  const rule = of.name === 'runScript' ? of : onlyNode(of);
  const builder = BUILDERS[rule.name];
  assert(builder !== undefined, `no builder for ${rule.name}`);
  return builder(rule);
}

const BUILDERS: Readonly<Record<string, Builder>> = {
  query: buildQuery,
  list: buildList,
  describe: buildDescribe,
  print: buildPrint,
  queryControl: buildQueryControl,
  setProperty(of) {
    const [name, value] = stringsIn(of) as [string, string];
    return { kind: 'set-property', name, value, location: locationOf(of) };
  },
  unsetProperty: (of) => ({ kind: 'unset-property', name: stringsIn(of)[0]!, location: locationOf(of) }),
  defineVariable: (of) => ({
    kind: 'define-variable',
    name: nameIn(of),
    value: stringsIn(of)[0]!,
    location: locationOf(of),
  }),
  undefineVariable: (of) => ({ kind: 'undefine-variable', name: nameIn(of), location: locationOf(of) }),
  createConnector: (of) => ({
    kind: 'create-connector',
    connectorKind: has(of, Word.SOURCE) ? 'SOURCE' : 'SINK',
    name: nameIn(of),
    ifNotExists: optionalNode(of, 'ifNotExists') !== undefined,
    properties: buildProperties(of, { keepsCase: true }),
    location: locationOf(of),
  }),
  createType: (of) => ({
    kind: 'create-type',
    name: nameIn(of),
    ifNotExists: optionalNode(of, 'ifNotExists') !== undefined,
    type: buildType(node(of, 'type')),
    location: locationOf(of),
  }),
  createSource: buildCreateSource,
  insert: buildInsert,
  drop: buildDrop,
  explain: buildExplain,
  alterSystem(of) {
    const [name, value] = stringsIn(of) as [string, string];
    return { kind: 'alter-system', name, value, location: locationOf(of) };
  },
  alterSource: (of) => ({
    kind: 'alter-source',
    sourceKind: sourceKindIn(of),
    name: nameIn(of),
    additions: nodes(of, 'alterOption').map((each) => ({ name: nameIn(each), type: buildType(node(each, 'type')) })),
    location: locationOf(of),
  }),
  assert: buildAssert,
  assertValues: buildAssertValues,
  assertNullValues: buildAssertValues,
  assertSource: (of) => ({
    kind: 'assert-source',
    sourceKind: sourceKindIn(of),
    name: nameIn(of),
    elements: buildElements(of),
    properties: buildProperties(of),
    location: locationOf(of),
  }),
  runScript: (of) => ({ kind: 'run-script', file: stringsIn(of)[0]!, location: locationOf(of) }),
};

function stringsIn(of: CstNode): readonly string[] {
  return tokens(of, StringValue).map((each) => stringOf(each.image));
}

function sourceKindIn(of: CstNode): SourceKind {
  return has(node(of, 'sourceKind'), Word.TABLE) ? 'TABLE' : 'STREAM';
}

function buildCreateSource(of: CstNode): Statement {
  const creation = {
    name: nameIn(of),
    sourceKind: sourceKindIn(of),
    orReplace: has(of, Word.REPLACE),
    ifNotExists: optionalNode(of, 'ifNotExists') !== undefined,
    properties: buildProperties(of),
    location: locationOf(of),
  };
  const readOnly = has(of, Word.SOURCE);
  const elements = buildElements(of);
  const query = optionalNode(of, 'query');
  if (query === undefined) return { kind: 'create-source', readOnly, elements, ...creation };
  if (readOnly || elements.length > 0) {
    throw new KsqlException(
      'A source made AS SELECT takes its columns from the query: it can neither list nor lack them.',
    );
  }
  return { kind: 'create-as', query: buildQuery(query), ...creation };
}

function buildElements(of: CstNode): readonly TableElement[] {
  const list = optionalNode(of, 'tableElements');
  return list === undefined ? [] : buildElementList(list);
}

/** A `tableElements` node. */
export function buildElementList(list: CstNode): readonly TableElement[] {
  return nodes(list, 'tableElement').map((element) => ({
    name: nameIn(element),
    type: buildType(node(element, 'type')),
    constraint: buildConstraint(optionalNode(element, 'columnConstraint')),
    location: locationOf(element),
  }));
}

function buildConstraint(of: CstNode | undefined): ColumnConstraint {
  if (of === undefined) return { kind: 'value' };
  if (has(of, Word.HEADERS)) return { kind: 'headers' };
  if (has(of, Word.HEADER)) return { kind: 'header', key: headerKey(stringsIn(of)[0]!) };
  return has(of, Word.PRIMARY) ? { kind: 'primary-key' } : { kind: 'key' };
}

function headerKey(text: string): string {
  const key = text.trim();
  if (key !== '') return key;
  throw new KsqlException('Header column must have a non-empty header key name defined');
}

/** Names are in upper case, but for those of connectors, which are Kafka Connect's to read. */
function buildProperties(of: CstNode, { keepsCase } = { keepsCase: false }): readonly Property[] {
  const clause = optionalNode(of, 'withClause');
  const spelled = (name: string): string => (keepsCase ? name : name.toUpperCase());
  return (clause === undefined ? [] : nodes(clause, 'tableProperty')).map((property) => ({
    name: spelled(resourceName(property)),
    value: propertyValue(property),
    location: locationOf(property),
  }));
}

function propertyValue(property: CstNode): Literal {
  const minus = tokens(property, Minus)[0];
  const sign = minus === undefined ? null : { location: locationOfToken(minus) };
  return buildLiteral(node(property, 'literal'), sign);
}

function resourceName(of: CstNode): string {
  const name = node(of, 'resourceName');
  return stringsIn(name)[0] ?? nameIn(name);
}

function buildInsert(of: CstNode): Statement {
  const target = nameIn(of);
  const location = locationOf(of);
  const query = optionalNode(of, 'query');
  if (query !== undefined) {
    return { kind: 'insert-into', target, properties: buildProperties(of), query: buildQuery(query), location };
  }
  const [columns, values] = [columnsIn(of), valuesIn(of)];
  if (columns.length > 0 && columns.length !== values.length) {
    throw new KsqlException(`Expected number columns and values to match: ${columns.length}, ${values.length}`);
  }
  return { kind: 'insert-values', target, columns, values, location };
}

function columnsIn(of: CstNode): readonly string[] {
  const columns = optionalNode(of, 'columns');
  return columns === undefined ? [] : nodes(columns, 'identifier').map((_, position) => nameIn(columns, position));
}

function valuesIn(of: CstNode) {
  return nodes(node(of, 'valueList'), 'valueExpression').map(buildValueExpression);
}

function buildDrop(of: CstNode): Statement {
  const name = nameIn(of);
  const location = locationOf(of);
  const ifExists = optionalNode(of, 'ifExists') !== undefined;
  const deleteTopic = has(of, Word.DELETE);
  if (optionalNode(of, 'sourceKind') !== undefined) {
    return { kind: 'drop-source', sourceKind: sourceKindIn(of), name, ifExists, deleteTopic, location };
  }
  if (deleteTopic) throw new KsqlException('DELETE TOPIC goes with DROP STREAM and DROP TABLE only.');
  return { kind: has(of, Word.TYPE) ? 'drop-type' : 'drop-connector', name, ifExists, location };
}

const LIST_WORDS = ['PROPERTIES', 'STREAMS', 'TABLES', 'QUERIES', 'FUNCTIONS', 'TYPES', 'VARIABLES'] as const;

function buildList(of: CstNode): Statement {
  return { kind: 'list', subject: listSubject(of), extended: has(of, Word.EXTENDED), location: locationOf(of) };
}

function listSubject(of: CstNode): ListSubject {
  if (has(of, Word.TOPICS)) return has(of, Word.ALL) ? 'ALL TOPICS' : 'TOPICS';
  if (has(of, Word.PLUGINS)) return 'CONNECTOR PLUGINS';
  if (has(of, Word.CONNECTORS)) {
    if (has(of, Word.SOURCE)) return 'SOURCE CONNECTORS';
    return has(of, Word.SINK) ? 'SINK CONNECTORS' : 'CONNECTORS';
  }
  const word = LIST_WORDS.find((each) => has(of, Word[each]));
  assert(word !== undefined, 'a list of something');
  return word;
}

function buildDescribe(of: CstNode): Statement {
  const subjects: readonly Describe['subject'][] = ['STREAMS', 'TABLES', 'FUNCTION', 'CONNECTOR'];
  const subject = subjects.find((each) => each !== 'SOURCE' && has(of, Word[each])) ?? 'SOURCE';
  const name = optionalNode(of, 'identifier') === undefined ? null : nameIn(of);
  return { kind: 'describe', subject, name, extended: has(of, Word.EXTENDED), location: locationOf(of) };
}

function buildPrint(of: CstNode): Statement {
  const interval = optionalNode(of, 'number');
  const limit = optionalNode(of, 'limitClause');
  return {
    kind: 'print-topic',
    topic: resourceName(of),
    fromBeginning: has(of, Word.BEGINNING),
    interval: interval === undefined ? null : buildWholeNumber(interval),
    limit: limit === undefined ? null : buildWholeNumber(node(limit, 'number')),
    location: locationOf(of),
  };
}

function buildQueryControl(of: CstNode): Statement {
  const action = tokensInOrder(of)[0]!.image.toUpperCase() as 'TERMINATE' | 'PAUSE' | 'RESUME';
  const queryId = has(of, Word.ALL) ? null : nameIn(of);
  return { kind: 'query-control', action, queryId, location: locationOf(of) };
}

function buildExplain(of: CstNode): Statement {
  const statement = optionalNode(of, 'statement');
  const location = locationOf(of);
  return statement === undefined
    ? { kind: 'explain', subject: { kind: 'query-id', id: nameIn(of) }, location }
    : { kind: 'explain', subject: { kind: 'statement', statement: buildStatement(statement) }, location };
}

function buildAssert(of: CstNode): Statement {
  const exists = !has(of, Word.NOT);
  const location = locationOf(of);
  const rule = onlyNode(of);
  const timeoutNode = optionalNode(rule, 'timeout');
  const timeout = timeoutNode === undefined ? null : buildDuration(node(timeoutNode, 'duration'));
  if (rule.name === 'assertTopic') {
    const topic = resourceName(rule);
    return { kind: 'assert-topic', topic, exists, properties: buildProperties(rule), timeout, location };
  }
  const subject = optionalNode(rule, 'resourceName') === undefined ? null : resourceName(rule);
  const id = optionalNode(rule, 'number');
  const schemaId = id === undefined ? null : buildWholeNumber(id);
  return { kind: 'assert-schema', subject, id: schemaId, exists, timeout, location };
}

function buildAssertValues(of: CstNode): Statement {
  return {
    kind: 'assert-values',
    source: nameIn(of),
    columns: columnsIn(of),
    values: valuesIn(of),
    tombstone: has(of, Word.NULL),
    location: locationOf(of),
  };
}

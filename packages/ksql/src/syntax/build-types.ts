import type { CstNode } from 'chevrotain';
import type { TypeNode } from './ast.ts';
import { locationOf, nameIn, node, nodes, onlyNode, tokens, tokensInOrder } from './cst.ts';
import { Word } from './tokens.ts';

/** A `type` node. */
export function buildType(of: CstNode): TypeNode {
  const postfixArrays = tokens(of, Word.ARRAY).length;
  let type = buildSimpleType(onlyNode(of));
  for (let level = 0; level < postfixArrays; level++) {
    type = { kind: 'array-type', element: type, location: type.location };
  }
  return type;
}

function buildSimpleType(of: CstNode): TypeNode {
  const location = locationOf(of);
  switch (of.name) {
    case 'arrayType':
      return { kind: 'array-type', element: buildType(node(of, 'type')), location };
    case 'mapType':
      return { kind: 'map-type', key: buildType(node(of, 'type')), value: buildType(node(of, 'type', 1)), location };
    case 'structType': {
      const fields = nodes(of, 'structTypeField').map((field) => ({
        name: nameIn(field),
        type: buildType(node(field, 'type')),
      }));
      return { kind: 'struct-type', fields, location };
    }
    case 'decimalType':
      return { kind: 'named-type', name: 'DECIMAL', parameters: nodes(of, 'number').map(textOf), location };
    default:
      return { kind: 'named-type', name: nameIn(of), parameters: nodes(of, 'typeParameter').map(textOf), location };
  }
}

function textOf(of: CstNode): string {
  return tokensInOrder(of)
    .map((token) => token.image)
    .join('');
}

export { apiDeclarations } from '../messages/all.ts';
export {
  type ApiDeclaration,
  type Field,
  type Fields,
  type FieldType,
  includes,
  messagesOf,
  type PrimitiveName,
} from '../schema.ts';

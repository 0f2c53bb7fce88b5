export { HttpSchemaRegistry } from '../registry/http-schema-registry.ts';
export { type PopulateOptions, populateTopic } from './populate-topic.ts';
export { QUICKSTARTS } from './quickstarts.ts';
export { recordMaker } from './record-maker.ts';
export { rowGenerator } from './row-generator.ts';

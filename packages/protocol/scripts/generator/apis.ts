import type { ApiDeclaration } from '../../src/schema.ts';
import { Code } from './code.ts';

/** ApiVersions is asked before versions are agreed on, so its response header never changes (KIP-511). */
const FIXED_RESPONSE_HEADER = 'ApiVersions';

/** The text of apis.ts: the table of all APIs and its types. */
export function writeApis(declarations: readonly ApiDeclaration[], fileOf: (api: ApiDeclaration) => string): string {
  const code = new Code();
  code.line("import type { ApiCodec } from '../api.ts';");
  for (const api of declarations) writeImport(code, api, fileOf(api));
  code.line();
  code.line('/** The APIs that the codec knows, by the names of Kafka without `Request` and `Response`. */');
  code.line('export type ApiName =');
  code.indented(() => {
    declarations.forEach((api, index) => {
      code.line(`| '${api.name}'${index === declarations.length - 1 ? ';' : ''}`);
    });
  });
  code.line();
  code.line('/** Request and response of each API. */');
  code.block('export interface ApiTypes', () => {
    for (const { name } of declarations) {
      code.line(`readonly ${name}: { readonly request: ${name}Request; readonly response: ${name}Response };`);
    }
  });
  code.line();
  code.line("export type Api<N extends ApiName> = ApiCodec<N, ApiTypes[N]['request'], ApiTypes[N]['response']>;");
  code.line();
  code.block(
    'export const apis: { readonly [N in ApiName]: Api<N> } =',
    () => {
      for (const api of declarations) code.block(`${api.name}:`, () => writeEntry(code, api), '},');
    },
    '};',
  );
  code.line();
  code.line(
    'const byKey: ReadonlyMap<number, Api<ApiName>> = new Map(Object.values(apis).map((api) => [api.key, api]));',
  );
  code.line();
  code.line('/** The API of a request header, or undefined when the codec does not know its key. */');
  code.block('export function apiByKey(key: number): Api<ApiName> | undefined', () =>
    code.line('return byKey.get(key);'),
  );
  return code.text();
}

function writeImport(code: Code, { name }: ApiDeclaration, file: string): void {
  code.line('import {');
  code.indented(() => {
    for (const message of [`${name}Request`, `${name}Response`]) {
      for (const imported of [`decode${message}`, `encode${message}`, `type ${message}`]) code.line(`${imported},`);
    }
  });
  code.line(`} from './${file}';`);
}

function writeEntry(code: Code, api: ApiDeclaration): void {
  const { name, versions, flexible } = api;
  const first =
    flexible === undefined || flexible.first > versions.last ? null : Math.max(flexible.first, versions.first);
  code.line(`name: '${name}',`);
  code.line(`key: ${api.key},`);
  code.line(`minVersion: ${versions.first},`);
  code.line(`maxVersion: ${api.latestVersionUnstable ? versions.last - 1 : versions.last},`);
  code.line(`firstFlexibleVersion: ${first},`);
  for (const message of ['Request', 'Response']) {
    code.line(`encode${message}: encode${name}${message},`);
    code.line(`decode${message}: decode${name}${message},`);
  }
  code.line(`requestHeaderVersion: ${headerVersion(first, versions.first, 1)},`);
  code.line(
    `responseHeaderVersion: ${headerVersion(name === FIXED_RESPONSE_HEADER ? null : first, versions.first, 0)},`,
  );
}

function headerVersion(firstFlexible: number | null, firstVersion: number, plain: number): string {
  if (firstFlexible === null) return `() => ${plain}`;
  if (firstFlexible <= firstVersion) return `() => ${plain + 1}`;
  return `(version) => (version >= ${firstFlexible} ? ${plain + 1} : ${plain})`;
}

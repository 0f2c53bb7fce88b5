import { refuse } from './script-options.ts';

/** `npm run fuzz -- ksql|protocol`: each has its own file and its own options. */
const USAGE = `usage: npm run fuzz -- ksql|protocol [options]; each has its own --help
`;

switch (process.argv[2]) {
  case 'ksql':
    await import('./fuzz-ksql.ts');
    break;
  case 'protocol':
    await import('./fuzz-protocol.ts');
    break;
  case '--help':
    process.stdout.write(USAGE);
    break;
  default:
    refuse(USAGE, 'fuzz what?');
}

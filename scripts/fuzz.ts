/** `npm run fuzz -- ksql|protocol`: each has its own file and its own options. */
switch (process.argv[2]) {
  case 'ksql':
    await import('./fuzz-ksql.ts');
    break;
  case 'protocol':
    await import('./fuzz-protocol.ts');
    break;
  default:
    process.stderr.write('usage: npm run fuzz -- ksql|protocol [--seed S] [--statements N | --frames N]\n');
    process.exitCode = 2;
}

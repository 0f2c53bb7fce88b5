// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${name} is what SQL's variables look like.
import { expect, test } from 'vitest';
import { substituteVariables } from './variables.ts';

test('replaces variables in names, strings and literals, without regard to their case', () => {
  const text = "CREATE STREAM ${name} WITH (kafka_topic='${prefix}_orders', partitions=${N});";
  expect(substituteVariables(text, { NAME: 'orders', prefix: 'eu', n: '3' })).toBe(
    "CREATE STREAM orders WITH (kafka_topic='eu_orders', partitions=3);",
  );
});

test('leaves unknown variables and comments alone', () => {
  const text = "SELECT '${other}' -- ${x}\n FROM s /* ${x} */;";
  expect(substituteVariables(text, { x: 'y' })).toBe(text);
});

test('a value cannot leave the quotes it stands in', () => {
  expect(substituteVariables("SELECT '${x}' FROM s;", { x: "a' OR '1'='1" })).toBe("SELECT 'a'' OR ''1''=''1' FROM s;");
});

test('a value outside of quotes is one name or literal', () => {
  expect(() => substituteVariables('SELECT ${x} FROM s;', { x: 'a FROM t; DROP STREAM t' })).toThrow(
    "The value of the variable 'x' is neither one name nor one literal",
  );
});

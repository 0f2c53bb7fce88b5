import { expect, test } from 'vitest';
import { decodeEscapes, parseUrl } from './url.ts';

test('a URL has the parts that Java finds in it', () => {
  expect(parseUrl('https://me:secret@test.io:8080/a%20b;c?q=%C3%BC&r#f%2F')).toEqual({
    protocol: 'https',
    host: 'test.io',
    port: 8080,
    path: '/a b;c',
    query: 'q=ü&r',
    fragment: 'f/',
  });
  expect(parseUrl('nothing')).toEqual({
    protocol: null,
    host: null,
    port: null,
    path: 'nothing',
    query: null,
    fragment: null,
  });
  expect(parseUrl('')).toMatchObject({ protocol: null, path: '' });
});

test('what is no hierarchy has a protocol and no path', () => {
  expect(parseUrl('mailto:a@b.c?d#e')).toEqual({
    protocol: 'mailto',
    host: null,
    port: null,
    path: null,
    query: null,
    fragment: 'e',
  });
});

test.each([
  ['http://my_host/x', null, null],
  ['http://[::1]:90/x', '[::1]', 90],
  ['http://10.0.0.1:/x', '10.0.0.1', null],
  ['http://a.b.1c/x', null, null],
  ['http://host', 'host', null],
  ['file:///x', null, null],
])('the host of %s is %s, its port %s', (url, host, port) => {
  expect(parseUrl(url)).toMatchObject({ host, port });
});

test.each([
  'http://a b',
  'http://a/%',
  'http://a/%zz',
  '1http://a',
  ':a',
  'http:',
  'http://',
  'http://a/[b]',
  'a#b#c',
  'http://a:b:c/[x',
])('%j is no URL', (url) => {
  expect(() => parseUrl(url)).toThrow('URL input has invalid syntax');
});

test('bytes that are no UTF-8 become replacement characters', () => {
  expect(decodeEscapes('%C3%28')).toBe('\ufffd(');
  expect(() => decodeEscapes('%4')).toThrow('incomplete');
});

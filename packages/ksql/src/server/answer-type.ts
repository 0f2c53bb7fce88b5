import type { FastifyRequest } from 'fastify';
import { JSON_TYPE } from './row-output.ts';

/**
 * The content type to answer with: the one of `known` that the client likes best, by the weights of its Accept header.
 * Every answer is also to be had as plain JSON, and is that where the client names no type.
 */
export function answerType(
  { headers }: Pick<FastifyRequest, 'headers'>,
  known: readonly string[],
  fallback: string = JSON_TYPE,
): string {
  const wishes = (headers.accept ?? '').split(',').map(wishOf);
  const offered = [...known, JSON_TYPE];
  const best = wishes
    .filter(({ type, weight }) => weight > 0 && offered.includes(type))
    .sort((left, right) => right.weight - left.weight)[0];
  return best?.type ?? fallback;
}

function wishOf(text: string): { readonly type: string; readonly weight: number } {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const value = weight === undefined ? 1 : Number(weight.slice('q='.length));
  return { type: type.toLowerCase(), weight: Number.isFinite(value) ? value : 0 };
}

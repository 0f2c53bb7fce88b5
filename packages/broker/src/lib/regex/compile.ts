import { unreachable } from '@millrace/base';
import { BrokerError } from '../broker-error.ts';
import { type Node, parseRegex, type Range } from './syntax.ts';

/** Steps of a program: what a few repetitions inside of each other multiply to. */
const STEPS_MAX = 20_000;

/** Step `next` follows; a fork also goes on at `other`. */
type Step =
  | { readonly kind: 'set'; readonly ranges: readonly Range[]; readonly isNegated: boolean; next: number }
  | { readonly kind: 'edge'; readonly at: 'begin' | 'end' | 'word' | 'not-word'; next: number }
  | { readonly kind: 'fork'; next: number; other: number }
  | { readonly kind: 'end' };

/**
 * Makes a regular expression in RE2's syntax into a function that tells whether a whole name matches. All ways through
 * the expression are walked at once, so the time is bounded by the length of the name times that of the program: the
 * expressions are strangers', and JavaScript's own would take for ever on some of them.
 *
 * @throws BrokerError `INVALID_REGULAR_EXPRESSION`
 */
export function compileRegex(text: string): (name: string) => boolean {
  const steps: Step[] = [{ kind: 'end' }];
  const start = build(parseRegex(text), 0, steps);
  return (name) => matches(steps, start, name);
}

/** Adds the steps of a node that go on at `next`; answers where they begin. */
function build(node: Node, next: number, steps: Step[]): number {
  switch (node.kind) {
    case 'set':
      return add({ kind: 'set', ranges: node.ranges, isNegated: node.isNegated, next }, steps);
    case 'edge':
      return add({ kind: 'edge', at: node.at, next }, steps);
    case 'sequence':
      return node.parts.reduceRight((after, part) => build(part, after, steps), next);
    case 'choice':
      return node.parts
        .map((part) => build(part, next, steps))
        .reduceRight((other, begin) => add({ kind: 'fork', next: begin, other }, steps));
    case 'repeat':
      return buildRepeat(node, next, steps);
    default:
      return unreachable(node);
  }
}

function buildRepeat({ part, min, max }: Extract<Node, { kind: 'repeat' }>, next: number, steps: Step[]): number {
  let begin = next;
  if (Number.isFinite(max)) {
    for (let count = min; count < max; count++) {
      begin = add({ kind: 'fork', next: build(part, begin, steps), other: next }, steps);
    }
  } else {
    const loop: Step = { kind: 'fork', next: 0, other: next };
    begin = add(loop, steps);
    loop.next = build(part, begin, steps);
  }
  for (let count = 0; count < min; count++) begin = build(part, begin, steps);
  return begin;
}

function add(step: Step, steps: Step[]): number {
  if (steps.length >= STEPS_MAX) {
    throw new BrokerError('INVALID_REGULAR_EXPRESSION', 'The regular expression is too large.');
  }
  return steps.push(step) - 1;
}

function matches(steps: readonly Step[], start: number, name: string): boolean {
  let current: number[] = [];
  // The position at which a step was entered last, so that each is entered once at each.
  const enteredAt = new Int32Array(steps.length).fill(-1);
  enter(steps, start, name, 0, current, enteredAt);
  for (let at = 0; at < name.length && current.length > 0; at++) {
    const code = name.charCodeAt(at);
    const following: number[] = [];
    for (const index of current) {
      const step = steps[index]!;
      if (step.kind === 'set' && isIn(code, step.ranges) !== step.isNegated) {
        enter(steps, step.next, name, at + 1, following, enteredAt);
      }
    }
    current = following;
  }
  return current.some((index) => steps[index]!.kind === 'end');
}

/** Collects the steps that can be reached from one without taking a character. */
function enter(
  steps: readonly Step[],
  from: number,
  name: string,
  at: number,
  reached: number[],
  enteredAt: Int32Array,
): void {
  const waiting = [from];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (enteredAt[index] === at) continue;
    enteredAt[index] = at;
    const step = steps[index]!;
    if (step.kind === 'fork') waiting.push(step.other, step.next);
    else if (step.kind !== 'edge') reached.push(index);
    else if (isAtEdge(step.at, name, at)) waiting.push(step.next);
  }
}

function isAtEdge(edge: 'begin' | 'end' | 'word' | 'not-word', name: string, at: number): boolean {
  switch (edge) {
    case 'begin':
      return at === 0;
    case 'end':
      return at === name.length;
    case 'word':
    case 'not-word': {
      const isBoundary = /\w/.test(name[at - 1] ?? '') !== /\w/.test(name[at] ?? '');
      return isBoundary === (edge === 'word');
    }
  }
}

function isIn(code: number, ranges: readonly Range[]): boolean {
  return ranges.some(([first, last]) => code >= first && code <= last);
}

import { assert } from '@millrace/base';
import { compareBytes } from './bytes.ts';

// An ordered map from bytes to anything: a B+ tree whose nodes are copied on write once a cursor has seen them. So a
// cursor costs nothing to open, and sees the map as of its opening whatever is written meanwhile. Deleting does not
// merge nodes: a leaf may become thin, never empty, which suits data that is deleted in ranges.

const NODE_ENTRIES_MAX = 64;

type Leaf<V> = { readonly kind: 'leaf'; readonly epoch: number; readonly keys: Uint8Array[]; readonly values: V[] };

/** `keys[i]` is at most the first key of `children[i]` and above all keys of `children[i - 1]`. */
type Branch<V> = {
  readonly kind: 'branch';
  readonly epoch: number;
  readonly keys: Uint8Array[];
  readonly children: TreeNode<V>[];
};

type TreeNode<V> = Leaf<V> | Branch<V>;

/** A position that moves through entries; `key` and `value` may be read while the last `next()` was true. */
export interface Cursor<V> {
  readonly key: Uint8Array;
  readonly value: V;
  next(): boolean;
  /** Lets go of what the cursor holds; it may be called at any time, and more than once. */
  close(): void;
}

export type KeyRange = {
  /** Inclusive; null is open. */
  readonly from: Uint8Array | null;
  /** Exclusive; null is open. */
  readonly to: Uint8Array | null;
  /** Both bounds are laid out as rows of one and the same key: where keys stand apart, no other is looked at. */
  readonly ofOneKey?: true;
};

/** A scan that finds nothing: one for all, so that whoever stacks cursors knows it and spares the stack. */
export const NO_ROWS: Cursor<never> = {
  get key(): never {
    throw new RangeError('a cursor is read only after next() was true');
  },
  get value(): never {
    throw new RangeError('a cursor is read only after next() was true');
  },
  next: () => false,
  close: () => {},
};

export const ALL_KEYS: KeyRange = { from: null, to: null };

export class OrderedMap<V> {
  readonly #from: number;
  #root: TreeNode<V>;
  #epoch = 0;
  #size = 0;
  #openCursors = 0;
  readonly #cursorClosed = (): void => {
    this.#openCursors--;
  };

  /** `sharedBytes`: so many bytes at their beginning are the same in all keys and bounds, and are not compared. */
  constructor(sharedBytes = 0) {
    this.#from = sharedBytes;
    this.#root = { kind: 'leaf', epoch: 0, keys: [], values: [] };
  }

  get size(): number {
    return this.#size;
  }

  /** Undefined when there is no such key, so that null can be a value. */
  get(key: Uint8Array): V | undefined {
    let node = this.#root;
    while (node.kind === 'branch') node = node.children[childIndex(node, key, this.#from)]!;
    const at = lowerBound(node.keys, key, this.#from);
    return at < node.keys.length && compareBytes(node.keys[at]!, key, this.#from) === 0 ? node.values[at] : undefined;
  }

  /** Keeps `key` itself when it is new: the caller must not change it afterwards. Returns what was there. */
  set(key: Uint8Array, value: V): V | undefined {
    this.#root = this.#writable(this.#root);
    const previous = this.#insert(this.#root, key, value);
    if (entriesOf(this.#root) > NODE_ENTRIES_MAX) {
      const left = this.#root;
      const right = this.#split(left);
      this.#root = {
        kind: 'branch',
        epoch: this.#epoch,
        keys: [left.keys[0]!, right.keys[0]!],
        children: [left, right],
      };
    }
    if (previous === undefined) this.#size++;
    return previous;
  }

  /** Returns what was there. */
  delete(key: Uint8Array): V | undefined {
    const previous = this.get(key);
    if (previous === undefined) return undefined;
    this.#root = this.#writable(this.#root);
    this.#remove(this.#root, key);
    while (this.#root.kind === 'branch' && this.#root.children.length === 1) this.#root = this.#root.children[0]!;
    this.#size--;
    return previous;
  }

  clear(): void {
    this.#root = { kind: 'leaf', epoch: this.#epoch, keys: [], values: [] };
    this.#size = 0;
  }

  /** Opens a cursor before the first entry of the range (behind the last when `reverse`). */
  scan(range: KeyRange, reverse = false): Cursor<V> {
    this.#epoch++;
    this.#openCursors++;
    const closed = this.#cursorClosed;
    return reverse
      ? new BackwardCursor(this.#root, range, this.#from, closed)
      : new ForwardCursor(this.#root, range, this.#from, closed);
  }

  #writable<N extends TreeNode<V>>(node: N): N {
    // Nodes of an earlier epoch are shared with cursors, if any of these is still open.
    if (node.epoch === this.#epoch || this.#openCursors === 0) return node;
    const copy: TreeNode<V> =
      node.kind === 'leaf'
        ? { kind: 'leaf', epoch: this.#epoch, keys: node.keys.slice(), values: node.values.slice() }
        : { kind: 'branch', epoch: this.#epoch, keys: node.keys.slice(), children: node.children.slice() };
    return copy as N;
  }

  #insert(node: TreeNode<V>, key: Uint8Array, value: V): V | undefined {
    if (node.kind === 'leaf') {
      const at = lowerBound(node.keys, key, this.#from);
      if (at < node.keys.length && compareBytes(node.keys[at]!, key, this.#from) === 0) {
        const previous = node.values[at];
        node.values[at] = value;
        return previous;
      }
      node.keys.splice(at, 0, key);
      node.values.splice(at, 0, value);
      return undefined;
    }
    const at = childIndex(node, key, this.#from);
    const child = this.#writable(node.children[at]!);
    node.children[at] = child;
    const previous = this.#insert(child, key, value);
    if (entriesOf(child) > NODE_ENTRIES_MAX) {
      const right = this.#split(child);
      node.keys.splice(at + 1, 0, right.keys[0]!);
      node.children.splice(at + 1, 0, right);
    }
    return previous;
  }

  #split(node: TreeNode<V>): TreeNode<V> {
    const half = node.keys.length >>> 1;
    const keys = node.keys.splice(half);
    if (node.kind === 'leaf') return { kind: 'leaf', epoch: this.#epoch, keys, values: node.values.splice(half) };
    return { kind: 'branch', epoch: this.#epoch, keys, children: node.children.splice(half) };
  }

  #remove(node: TreeNode<V>, key: Uint8Array): void {
    if (node.kind === 'leaf') {
      const at = lowerBound(node.keys, key, this.#from);
      node.keys.splice(at, 1);
      node.values.splice(at, 1);
      return;
    }
    const at = childIndex(node, key, this.#from);
    const child = this.#writable(node.children[at]!);
    node.children[at] = child;
    this.#remove(child, key);
    if (entriesOf(child) > 0) return;
    node.keys.splice(at, 1);
    node.children.splice(at, 1);
  }
}

function entriesOf<V>(node: TreeNode<V>): number {
  return node.keys.length;
}

/** The first index whose key is at or above `key`. */
function lowerBound(keys: readonly Uint8Array[], key: Uint8Array, from: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareBytes(keys[middle]!, key, from) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The child that holds `key` or would hold it: the last one that does not begin above it, else the first. */
function childIndex<V>(branch: Branch<V>, key: Uint8Array, from: number): number {
  let low = 1;
  let high = branch.keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareBytes(branch.keys[middle]!, key, from) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

abstract class TreeCursor<V> implements Cursor<V> {
  protected readonly root: TreeNode<V>;
  protected readonly sharedBytes: number;
  /** The way down, branches with the child taken; most scans never leave their first leaf and need none. */
  protected path: { readonly branch: Branch<V>; at: number }[] | null = null;
  /** The leaf with the entry that comes next. */
  protected leaf: Leaf<V> | null = null;
  protected at = 0;
  readonly #closed: () => void;
  #isOpen = true;
  #key: Uint8Array | null = null;
  #value: V | null = null;

  constructor(root: TreeNode<V>, sharedBytes: number, closed: () => void) {
    this.root = root;
    this.sharedBytes = sharedBytes;
    this.#closed = closed;
  }

  get key(): Uint8Array {
    assert(this.#key !== null, 'a cursor is read only after next() was true');
    return this.#key;
  }

  get value(): V {
    return this.#value as V;
  }

  abstract next(): boolean;

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.leaf = null;
    this.path = null;
    this.#closed();
  }

  /** The way to the leaf in which the cursor stands, found again by one of its keys. */
  protected pathTo(key: Uint8Array | undefined): { readonly branch: Branch<V>; at: number }[] {
    const path: { readonly branch: Branch<V>; at: number }[] = [];
    // Only the leaf that is the whole of an empty map has no key, and no way leads to it.
    if (key === undefined) return path;
    let node = this.root;
    while (node.kind === 'branch') {
      const at = childIndex(node, key, this.sharedBytes);
      path.push({ branch: node, at });
      node = node.children[at]!;
    }
    return path;
  }

  protected take(): true {
    this.#key = this.leaf!.keys[this.at]!;
    this.#value = this.leaf!.values[this.at]!;
    return true;
  }
}

class ForwardCursor<V> extends TreeCursor<V> {
  readonly #to: Uint8Array | null;

  constructor(root: TreeNode<V>, range: KeyRange, sharedBytes: number, closed: () => void) {
    super(root, sharedBytes, closed);
    this.#to = range.to;
    let node = root;
    while (node.kind === 'branch')
      node = node.children[range.from === null ? 0 : childIndex(node, range.from, sharedBytes)]!;
    this.leaf = node;
    this.at = range.from === null ? 0 : lowerBound(node.keys, range.from, sharedBytes);
  }

  next(): boolean {
    if (this.leaf === null) return false;
    if (this.at >= this.leaf.keys.length && !this.#nextLeaf()) return false;
    if (this.#to !== null && compareBytes(this.leaf.keys[this.at]!, this.#to, this.sharedBytes) >= 0) {
      this.close();
      return false;
    }
    this.take();
    this.at++;
    return true;
  }

  #nextLeaf(): boolean {
    this.path ??= this.pathTo(this.leaf!.keys[0]);
    const path = this.path;
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      top.at++;
      if (top.at >= top.branch.children.length) {
        path.pop();
        continue;
      }
      let node = top.branch.children[top.at]!;
      while (node.kind === 'branch') {
        path.push({ branch: node, at: 0 });
        node = node.children[0]!;
      }
      this.leaf = node;
      this.at = 0;
      return true;
    }
    this.close();
    return false;
  }
}

class BackwardCursor<V> extends TreeCursor<V> {
  readonly #from: Uint8Array | null;

  constructor(root: TreeNode<V>, range: KeyRange, sharedBytes: number, closed: () => void) {
    super(root, sharedBytes, closed);
    this.#from = range.from;
    let node = root;
    while (node.kind === 'branch') {
      node = node.children[range.to === null ? node.children.length - 1 : childIndex(node, range.to, sharedBytes)]!;
    }
    this.leaf = node;
    this.at = (range.to === null ? node.keys.length : lowerBound(node.keys, range.to, sharedBytes)) - 1;
  }

  next(): boolean {
    if (this.leaf === null) return false;
    if (this.at < 0 && !this.#previousLeaf()) return false;
    if (this.#from !== null && compareBytes(this.leaf.keys[this.at]!, this.#from, this.sharedBytes) < 0) {
      this.close();
      return false;
    }
    this.take();
    this.at--;
    return true;
  }

  #previousLeaf(): boolean {
    this.path ??= this.pathTo(this.leaf!.keys[0]);
    const path = this.path;
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      top.at--;
      if (top.at < 0) {
        path.pop();
        continue;
      }
      let node = top.branch.children[top.at]!;
      while (node.kind === 'branch') {
        const at: number = node.children.length - 1;
        path.push({ branch: node, at });
        node = node.children[at]!;
      }
      this.leaf = node;
      this.at = node.keys.length - 1;
      return true;
    }
    this.close();
    return false;
  }
}

/**
 * Kafka Streams prints some sets in the order in which Java's hash and tree sets iterate. Tools compare that text, and
 * so does Millrace's own check that all instances run one topology, so the order is part of the format.
 */

const TABLE_SIZE_MIN = 16;
const LOAD_FACTOR = 0.75;

/** Java's String.hashCode, its high bits folded in as HashMap does. */
function spreadHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return hash ^ (hash >>> 16);
}

/** The names in the order of a Java HashSet to which they were added one by one. */
export function hashSetOrder(names: readonly string[]): string[] {
  const unique = [...new Set(names)];
  let size = TABLE_SIZE_MIN;
  while (unique.length > size * LOAD_FACTOR) size *= 2;
  const bucket = (name: string) => spreadHash(name) & (size - 1);
  return unique
    .map((name, index) => ({ name, index, bucket: bucket(name) }))
    .sort((a, b) => a.bucket - b.bucket || a.index - b.index)
    .map((entry) => entry.name);
}

type TreeNode<T> = { readonly item: T; red: boolean; left: TreeNode<T> | null; right: TreeNode<T> | null };

/**
 * A sorted set whose comparison may change after an item went in (sub-tree sizes do): what counts then is the shape of
 * the tree at each insertion, so this is the textbook red-black tree that Java's TreeSet is.
 */
export class InsertionTree<T> {
  readonly #compare: (a: T, b: T) => number;
  #root: TreeNode<T> | null = null;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  add(item: T): void {
    const path: TreeNode<T>[] = [];
    let node = this.#root;
    let order = 0;
    while (node !== null) {
      order = this.#compare(item, node.item);
      if (order === 0) return;
      path.push(node);
      node = order < 0 ? node.left : node.right;
    }
    const added: TreeNode<T> = { item, red: true, left: null, right: null };
    const parent = path.at(-1);
    if (parent === undefined) this.#root = added;
    else if (order < 0) parent.left = added;
    else parent.right = added;
    this.#rebalance(path, added);
  }

  items(): T[] {
    const out: T[] = [];
    const visit = (node: TreeNode<T> | null): void => {
      if (node === null) return;
      visit(node.left);
      out.push(node.item);
      visit(node.right);
    };
    visit(this.#root);
    return out;
  }

  #rebalance(path: TreeNode<T>[], added: TreeNode<T>): void {
    let node = added;
    for (let parent = path.pop(); parent?.red === true; parent = path.pop()) {
      const grand = path.pop()!;
      const parentIsLeft = parent === grand.left;
      const uncle = parentIsLeft ? grand.right : grand.left;
      if (uncle?.red === true) {
        parent.red = false;
        uncle.red = false;
        grand.red = true;
        node = grand;
        continue;
      }
      const top = this.#rotated(grand, parent, node, parentIsLeft);
      const above = path.at(-1);
      if (above === undefined) this.#root = top;
      else if (above.left === grand) above.left = top;
      else above.right = top;
      break;
    }
    this.#root!.red = false;
  }

  /** The black top of the three nodes after a single or a double rotation. */
  #rotated(grand: TreeNode<T>, parent: TreeNode<T>, node: TreeNode<T>, parentIsLeft: boolean): TreeNode<T> {
    let top = parent;
    if (parentIsLeft) {
      if (node === parent.right) {
        parent.right = node.left;
        node.left = parent;
        top = node;
      }
      grand.left = top.right;
      top.right = grand;
    } else {
      if (node === parent.left) {
        parent.left = node.right;
        node.right = parent;
        top = node;
      }
      grand.right = top.left;
      top.left = grand;
    }
    top.red = false;
    grand.red = true;
    return top;
  }
}

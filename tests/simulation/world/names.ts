import type { Inode } from './inode.ts';

/** A change of the names of a disk. */
export type NameChange =
  | { readonly kind: 'link'; readonly order: number; readonly path: string; readonly inode: Inode }
  | { readonly kind: 'rename'; readonly order: number; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly order: number; readonly target: string };

/** The names of a disk, and the files they stand for. A folder is there as soon as something is in it. */
export type Names = Map<string, Inode>;

export function changeNames(names: Names, change: NameChange): void {
  switch (change.kind) {
    case 'link':
      names.set(change.path, change.inode);
      return;
    case 'rename':
      for (const [path, inode] of [...names]) {
        if (!isWithin(path, change.from)) continue;
        names.delete(path);
        names.set(change.to + path.slice(change.from.length), inode);
      }
      return;
    case 'remove':
      for (const path of [...names.keys()]) if (isWithin(path, change.target)) names.delete(path);
  }
}

/** Whether a path is a file or folder, or something in it. */
export function isWithin(path: string, target: string): boolean {
  return path === target || path.startsWith(`${target}/`);
}

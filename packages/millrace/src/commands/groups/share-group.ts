import type { Admin } from '@millrace/client';

/** Whether a group is there, and shares its partitions: its offsets are not committed, but done with (KIP-932). */
export async function isShareGroup(admin: Admin, groupId: string): Promise<boolean> {
  return (await admin.listGroups()).some((each) => each.groupId === groupId && each.groupType === 'share');
}

import { Wire } from '@millrace/broker/testing';
import type { Client } from '@millrace/client';
import type { ClientProcess, Scene } from '../scene.ts';
import {
  DELIVERIES_MAX,
  type Exchange,
  type GivenRecord,
  LOCK_MS,
  SHARE_GROUP,
  SharedDeliveries,
} from '../shared-deliveries.ts';
import { type Said, ShareSession, type Taken } from './share-session.ts';

const ANSWER_TIMEOUT_MS = 4_000;
const HEARTBEAT_INTERVAL_MS = 600;

/** Lets the share group begin with the first records, and read only what is committed. */
export async function configureSharers(client: Client): Promise<void> {
  const configs = {
    'share.auto.offset.reset': 'earliest',
    'share.isolation.level': 'read_committed',
    'share.record.lock.duration.ms': String(LOCK_MS),
    'share.delivery.count.limit': String(DELIVERIES_MAX),
  };
  const changes = Object.entries(configs).map(([name, value]) => ({ name, value, operation: 'set' as const }));
  await client.admin.incrementalAlterConfigs({ type: 'group', name: SHARE_GROUP }, changes);
}

/**
 * Members of a share group (KIP-932) that take records and say what became of them: mostly that all is well, now and then
 * that they want no more of one, or that another shall have it; and sometimes they say nothing until their time is over.
 */
export function startSharers(scene: Scene): SharedDeliveries {
  const shared = new SharedDeliveries(scene);
  for (let index = 0; index < scene.plan.sharers; index++) {
    scene.keepRunning(`sharer-${index}`, (process) => share(scene, process, shared));
  }
  return shared;
}

async function share(scene: Scene, process: ClientProcess, shared: SharedDeliveries): Promise<void> {
  for (let life = 0; ; life++) {
    const socket = scene.connect(process);
    const wire = new Wire(socket);
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy());
    await new Sharer(scene, process, shared, new ShareSession(wire, `${process.name}-${life}`)).run();
    wire.destroy();
    await process.sleep(scene.world.between(50, 500));
  }
}

type Exchanged<T> = { readonly answer: T; readonly at: Exchange };

/** One session of one member. */
class Sharer {
  readonly #scene: Scene;
  readonly #process: ClientProcess;
  readonly #shared: SharedDeliveries;
  readonly #session: ShareSession;

  constructor(scene: Scene, process: ClientProcess, shared: SharedDeliveries, session: ShareSession) {
    this.#scene = scene;
    this.#process = process;
    this.#shared = shared;
    this.#session = session;
  }

  /** Takes records until the session is over. */
  async run(): Promise<void> {
    const { world } = this.#scene;
    let heardMs = Number.NEGATIVE_INFINITY;
    let said: readonly Said[] = [];
    if ((await this.#session.begin()) === null) return;
    for (; ; await this.#process.sleep(world.between(1, 60))) {
      if (this.#process.monotonicMs() - heardMs >= HEARTBEAT_INTERVAL_MS) {
        heardMs = this.#process.monotonicMs();
        if ((await this.#session.heartbeat()) === null) return;
      }
      if (!this.#session.hasAssignment) continue;
      const records = await this.#fetch(said);
      if (records === null) return;
      said = await this.#work(records);
      if (said.length > 0 && world.chance(50)) {
        if (!(await this.#acknowledge(said))) return;
        said = [];
      }
      if (this.#scene.isStorming && said.length === 0 && world.chance(3)) return await this.#session.leave();
    }
  }

  /** What the member says of records, after a while. */
  async #work(records: readonly GivenRecord[]): Promise<readonly Said[]> {
    const { world, isStorming } = this.#scene;
    if (records.length === 0) return [];
    if (!isStorming) return records.map((record) => ({ ...record, type: 'accept' }));
    if (world.chance(5)) return [];
    await this.#process.sleep(world.chance(5) ? LOCK_MS + world.between(0, 500) : world.between(0, 100));
    return records.map((record) => {
      const draw = world.random.int(100);
      return { ...record, type: draw < 80 ? 'accept' : draw < 92 ? 'release' : 'reject' };
    });
  }

  async #fetch(said: readonly Said[]): Promise<readonly GivenRecord[] | null> {
    this.#shared.lostFetches += 1;
    const exchanged = await this.#speak(said, () => this.#session.fetch(said));
    if (exchanged === null) return null;
    this.#shared.lostFetches -= 1;
    const { answer, at } = exchanged;
    this.#note(said, at, answer.isTaken);
    for (const record of answer.records) this.#shared.give(this.#session.memberId, record, at);
    return answer.records;
  }

  async #acknowledge(said: readonly Said[]): Promise<boolean> {
    const exchanged = await this.#speak(said, () => this.#session.acknowledge(said));
    if (exchanged !== null) this.#note(said, exchanged.at, exchanged.answer);
    return exchanged !== null;
  }

  #speak<T>(said: readonly Said[], ask: () => Promise<T | null>): Promise<Exchanged<T> | null> {
    for (const place of said) this.#shared.say(place);
    return this.#shared.exchange(() => this.#process.monotonicMs(), ask);
  }

  #note(said: readonly Said[], at: Exchange, taken: Taken): void {
    for (const { type, ...place } of said) {
      const isTaken = taken(place);
      if (isTaken !== undefined) this.#shared.answer(this.#session.memberId, place, type, { at, isTaken });
    }
  }
}

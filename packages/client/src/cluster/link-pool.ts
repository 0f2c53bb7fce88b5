import type { HostPort } from '@millrace/protocol';
import type { BrokerLink } from '../connection/broker-link.ts';
import type { Dialler } from '../connection/dialler.ts';
import type { ClientSettings } from '../connection/settings.ts';
import { backoffMs } from '../lib/backoff.ts';
import { closedError } from '../lib/errors.ts';
import { sleep } from '../lib/wait.ts';

type Slot = {
  link: BrokerLink | undefined;
  dialling: Promise<BrokerLink> | undefined;
  failureCount: number;
  notBeforeMs: number;
  isReleased: boolean;
};

/**
 * Open connections by name. A broker answers the requests of one connection in order, so whoever sends requests that
 * a broker holds back (fetches, joins) has a name, and with it a connection, of its own.
 */
export class LinkPool {
  readonly #dialler: Dialler;
  readonly #settings: ClientSettings;
  readonly #slots = new Map<string, Slot>();
  #isClosed = false;

  constructor(dialler: Dialler, settings: ClientSettings) {
    this.#dialler = dialler;
    this.#settings = settings;
  }

  /** The open connection of this name, or a new one to the address; after failures not before the back-off is over. */
  get(name: string, address: HostPort): Promise<BrokerLink> {
    if (this.#isClosed) return Promise.reject(closedError('client'));
    const slot = this.#slot(name);
    if (slot.link?.isOpen === true) return Promise.resolve(slot.link);
    slot.dialling ??= this.#dial(slot, address).finally(() => {
      slot.dialling = undefined;
    });
    return slot.dialling;
  }

  /** The connection of this name if it is open now. */
  open(name: string): BrokerLink | undefined {
    const link = this.#slots.get(name)?.link;
    return link?.isOpen === true ? link : undefined;
  }

  /** Closes the connections whose names end in this. */
  async release(nameEnd: string): Promise<void> {
    for (const [name, slot] of this.#slots) {
      if (!name.endsWith(nameEnd)) continue;
      this.#slots.delete(name);
      slot.isReleased = true;
      await slot.link?.close();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const slot of this.#slots.values()) await slot.link?.close();
    this.#slots.clear();
  }

  #slot(name: string): Slot {
    let slot = this.#slots.get(name);
    if (slot === undefined) {
      slot = { link: undefined, dialling: undefined, failureCount: 0, notBeforeMs: 0, isReleased: false };
      this.#slots.set(name, slot);
    }
    return slot;
  }

  async #dial(slot: Slot, address: HostPort): Promise<BrokerLink> {
    const { clock } = this.#settings;
    const pauseMs = slot.notBeforeMs - clock.monotonicMs();
    if (pauseMs > 0) await sleep(clock, pauseMs);
    try {
      const link = await this.#dialler.dial(address);
      if (this.#isClosed || slot.isReleased) {
        await link.close();
        throw closedError('client');
      }
      slot.link = link;
      slot.failureCount = 0;
      return link;
    } catch (thrown) {
      slot.failureCount++;
      slot.notBeforeMs = clock.monotonicMs() + backoffMs(this.#settings, slot.failureCount);
      throw thrown;
    }
  }
}

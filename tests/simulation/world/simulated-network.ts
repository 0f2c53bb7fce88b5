import { EventEmitter } from 'node:events';
import type { SimulatedProcess } from './simulated-process.ts';
import { SimulatedSocket, type SocketEnd } from './simulated-socket.ts';
import type { World } from './world.ts';

/** How a network behaves; the nemesis changes it. */
export type NetworkWeather = {
  /** How long a packet takes. */
  delayMs: () => number;
  /** Out of a hundred packets, how many come as two. */
  splitPercent: number;
  /** Whether requests that are on the way still arrive when their client gave up the connection, or died. */
  deliversLate: boolean;
};

type Link = {
  readonly id: number;
  readonly client: SimulatedSocket;
  server: SimulatedSocket | null;
  /** When the last packet of each direction arrives: packets of one connection never overtake each other. */
  readonly arrivesMs: Map<SimulatedSocket | 'server', number>;
};

/** A server that takes connections, in the shape of Node's. */
export class SimulatedServer extends EventEmitter {
  readonly process: SimulatedProcess;
  readonly #network: SimulatedNetwork;
  readonly #sockets = new Set<SimulatedSocket>();
  #onClosed: (() => void) | null = null;

  constructor(network: SimulatedNetwork, process: SimulatedProcess) {
    super();
    this.#network = network;
    this.process = process;
  }

  listen(_address: unknown, onListening: () => void): this {
    this.#network.server = this;
    process.nextTick(onListening);
    return this;
  }

  address(): { readonly port: number } {
    return { port: 9092 };
  }

  close(onClosed: () => void): this {
    if (this.#network.server === this) this.#network.server = null;
    this.#onClosed = onClosed;
    this.#look();
    return this;
  }

  take(socket: SimulatedSocket): void {
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#look();
    });
    this.emit('connection', socket);
  }

  #look(): void {
    if (this.#sockets.size > 0 || this.#onClosed === null) return;
    process.nextTick(this.#onClosed);
    this.#onClosed = null;
  }
}

/**
 * Connections between clients and the one broker. Packets take their time, those of different connections overtake each
 * other, a connection may be reset with requests or answers on the way, or be held up for a while and go on.
 */
export class SimulatedNetwork implements SocketEnd {
  readonly weather: NetworkWeather = { delayMs: () => 0.3, splitPercent: 0, deliversLate: false };
  server: SimulatedServer | null = null;
  readonly #world: World;
  readonly #links = new Map<SimulatedSocket, Link>();
  /** Processes that are cut off, and until when. */
  readonly #heldUntilMs = new Map<SimulatedProcess, number>();
  #linkCount = 0;

  constructor(world: World) {
    this.#world = world;
  }

  makeServer(process: SimulatedProcess, onConnection: (socket: SimulatedSocket) => void): SimulatedServer {
    const server = new SimulatedServer(this, process);
    server.on('connection', onConnection);
    process.onKilled(() => {
      if (this.server === server) this.server = null;
      for (const [socket, link] of [...this.#links])
        if (link.server === socket && socket.owner === process) this.#die(socket);
    });
    return server;
  }

  connect(process: SimulatedProcess): SimulatedSocket {
    const socket = new SimulatedSocket(process, this, true);
    const link: Link = { id: this.#linkCount++, client: socket, server: null, arrivesMs: new Map() };
    this.#links.set(socket, link);
    process.onKilled(() => this.#die(socket));
    this.#later(link, socket, () => this.#arriveAtServer(link));
    return socket;
  }

  /** Holds up everything from and to a process, for so long. */
  holdUp(process: SimulatedProcess, forMs: number): void {
    this.#heldUntilMs.set(process, this.#world.nowMs + forMs);
  }

  heal(): void {
    this.#heldUntilMs.clear();
  }

  /** Breaks one connection: `both` sides are told, or only the client, or only the broker. */
  breakOne(who: 'both' | 'client' | 'broker'): void {
    const links = [...new Set(this.#links.values())].filter((link) => link.server !== null);
    if (links.length === 0) return;
    const link = this.#world.pick(links);
    this.#world.tell('network', `breaks connection ${link.id} of ${link.client.owner.name} for ${who}`);
    if (who !== 'broker') reset(link.client);
    if (who !== 'client') reset(link.server!);
  }

  send(from: SimulatedSocket, bytes: Uint8Array): void {
    const link = this.#links.get(from);
    if (link === undefined) return;
    this.#world.trace(from.owner.name, `sends ${bytes.byteLength} on ${link.id}`);
    const cut = bytes.byteLength > 1 && this.#world.chance(this.weather.splitPercent);
    const at = cut ? 1 + this.#world.random.int(bytes.byteLength - 1) : bytes.byteLength;
    for (const part of cut ? [bytes.subarray(0, at), bytes.subarray(at)] : [bytes]) {
      this.#later(link, from, () => {
        from.delivered(part.byteLength);
        const isGivenUp = from.destroyed || from.owner.isDead;
        if (from !== link.client || !isGivenUp || this.weather.deliversLate) this.#other(link, from)?.arrive(part);
      });
    }
  }

  finish(from: SimulatedSocket): void {
    const link = this.#links.get(from);
    if (link !== undefined) this.#later(link, from, () => this.#other(link, from)?.arrive(null));
  }

  destroyed(from: SimulatedSocket, isReset: boolean): void {
    const link = this.#links.get(from);
    if (link === undefined) return;
    this.#links.delete(from);
    // What is on the way still comes, and after it the news.
    this.#later(link, from, () => {
      const other = this.#other(link, from);
      if (other === null) return;
      if (isReset) reset(other);
      else other.arrive(null);
    });
  }

  #arriveAtServer(link: Link): void {
    const { server } = this;
    if (link.client.destroyed) return;
    if (server === null) {
      this.#later(link, 'server', () => reset(link.client, 'ECONNREFUSED'));
      return;
    }
    const socket = new SimulatedSocket(server.process, this, false);
    link.server = socket;
    this.#links.set(socket, link);
    server.take(socket);
    this.#later(link, socket, () => {
      if (!link.client.destroyed) link.client.connected();
    });
  }

  /** The process of a socket died: the system tells the other side, unless it died with the machine. */
  #die(socket: SimulatedSocket): void {
    const link = this.#links.get(socket);
    if (link === undefined) return;
    this.#links.delete(socket);
    const other = this.#other(link, socket);
    this.#later(link, socket, () => {
      if (other !== null) reset(other);
    });
  }

  #other(link: Link, socket: SimulatedSocket): SimulatedSocket | null {
    const other = socket === link.client ? link.server : link.client;
    return other === null || other.destroyed || other.owner.isDead ? null : other;
  }

  #later(link: Link, from: SimulatedSocket | 'server', run: () => void): void {
    const { nowMs } = this.#world;
    const heldMs = this.#heldUntilMs.get(link.client.owner) ?? 0;
    const arrivesMs = Math.max(
      nowMs + this.weather.delayMs(),
      heldMs + this.weather.delayMs(),
      this.#lastArrival(link, from),
    );
    link.arrivesMs.set(from, arrivesMs);
    this.#world.after(arrivesMs - nowMs, run);
  }

  #lastArrival(link: Link, from: SimulatedSocket | 'server'): number {
    return link.arrivesMs.get(from) ?? 0;
  }
}

function reset(socket: SimulatedSocket, code: 'ECONNRESET' | 'ECONNREFUSED' = 'ECONNRESET'): void {
  if (socket.destroyed || socket.owner.isDead) return;
  socket.destroy(Object.assign(new Error(code), { code }));
}

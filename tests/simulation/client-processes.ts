import type { History } from './history.ts';
import type { ClientProcess, SceneWorld } from './scene.ts';

export type ClientProcessesOptions = {
  readonly world: SceneWorld;
  readonly history: History;
  readonly makeProcess: (name: string) => ClientProcess;
  readonly after: (delayMs: number, run: () => void) => unknown;
};

/** Client processes that are started anew when they are killed, or when their work fails as a real application's may. */
export class ClientProcesses {
  readonly #options: ClientProcessesOptions;
  readonly #restarts = new Map<ClientProcess, () => void>();
  #isOver = false;

  constructor(options: ClientProcessesOptions) {
    this.#options = options;
  }

  get all(): readonly ClientProcess[] {
    return [...this.#restarts.keys()];
  }

  keepRunning(name: string, work: (process: ClientProcess) => Promise<void>): void {
    const { world, history, makeProcess, after } = this.#options;
    let generation = 0;
    const start = (): void => {
      if (this.#isOver) return;
      const process = makeProcess(`${name}.${++generation}`);
      world.tell(process.name, 'starts');
      this.#restarts.set(process, () => void after(world.between(50, 3_000), start));
      work(process).then(
        () => world.tell(process.name, 'is done'),
        (error: unknown) => {
          if (process.isDead) return;
          world.tell(process.name, `gives up: ${error instanceof Error ? error.message : String(error)}`);
          history.count('clients that gave up');
          this.kill(process);
        },
      );
    };
    start();
  }

  kill(process: ClientProcess): void {
    const restart = this.#restarts.get(process);
    if (restart === undefined) return;
    this.#restarts.delete(process);
    process.kill();
    restart();
  }

  /** Ends all of them for good. */
  end(): void {
    this.#isOver = true;
    for (const process of this.#restarts.keys()) process.kill();
  }
}

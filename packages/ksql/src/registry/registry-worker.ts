import { type MessagePort, workerData } from 'node:worker_threads';
import { type RegistryAnswer, type RegistryRequest, sendRequest } from './registry-request.ts';

/**
 * Speaks HTTP for a thread that waits meanwhile: formats ask their registry between two records, where nothing can be
 * awaited. Each answer is put into the port, then the waiting thread is woken.
 */
const { port, signal } = workerData as { readonly port: MessagePort; readonly signal: Int32Array };

port.on('message', async (request: RegistryRequest) => {
  const answer: RegistryAnswer = await sendRequest(request);
  port.postMessage(answer);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});

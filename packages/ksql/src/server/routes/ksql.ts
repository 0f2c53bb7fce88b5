import type { FastifyInstance } from 'fastify';
import { abortOnClose } from '../abort-on-close.ts';
import { answerType } from '../answer-type.ts';
import { entitiesOf } from '../entities.ts';
import { requestOptions, STATEMENTS_BODY, type StatementsBody } from '../requests.ts';
import { wrongEndpoint } from '../rest-error.ts';
import { KSQL_JSON } from '../row-output.ts';
import type { ServerContext } from '../server-context.ts';

/** `POST /ksql`: statements, answered by an object each; stops at the first that fails. */
export function ksqlRoute(server: FastifyInstance, { engine }: ServerContext): void {
  server.post<{ Body: StatementsBody }>('/ksql', { schema: { body: STATEMENTS_BODY } }, async (request, reply) => {
    const { ksql, streamsProperties, sessionVariables, commandSequenceNumber } = request.body;
    const options = requestOptions(streamsProperties, sessionVariables, abortOnClose(reply), commandSequenceNumber);
    const results = await engine.execute(ksql, options).catch((thrown: unknown) => {
      throw wrongEndpoint(thrown);
    });
    return reply.type(answerType(request, [KSQL_JSON])).send(entitiesOf(results, engine.warnings));
  });
}

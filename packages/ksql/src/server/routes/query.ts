import type { FastifyInstance } from 'fastify';
import { isPrint } from '../../engine/print/print-topic.ts';
import { abortOnClose } from '../abort-on-close.ts';
import { answerType } from '../answer-type.ts';
import { requestOptions, STATEMENTS_BODY, type StatementsBody } from '../requests.ts';
import { KSQL_JSON, objectRows, PROTOBUF } from '../row-output.ts';
import { answerPrint } from '../send-lines.ts';
import type { ServerContext } from '../server-context.ts';
import { answerQuery } from '../start-query.ts';

/** `POST /query`: one SELECT; its rows come as a JSON array, an object a line, as long as the query runs. */
export function queryRoute(server: FastifyInstance, context: ServerContext): void {
  server.post<{ Body: StatementsBody }>('/query', { schema: { body: STATEMENTS_BODY } }, (request, reply) => {
    const { ksql: sql, streamsProperties, sessionVariables, commandSequenceNumber } = request.body;
    const options = requestOptions(streamsProperties, sessionVariables, abortOnClose(reply), commandSequenceNumber);
    if (isPrint(sql)) return answerPrint(sql, options, reply, context);
    const contentType = answerType(request, [KSQL_JSON, PROTOBUF]);
    return answerQuery({ sql, options, reply }, context, (result) => objectRows(result, contentType));
  });
}

import type { FastifyInstance } from 'fastify';
import { isPrint } from '../../engine/print/print-topic.ts';
import { abortOnClose } from '../abort-on-close.ts';
import { answerType } from '../answer-type.ts';
import { QUERY_STREAM_BODY, type QueryStreamBody, requestOptions } from '../requests.ts';
import { arrayRows, DELIMITED, KSQL_JSON, objectRows, PROTOBUF } from '../row-output.ts';
import { answerPrint } from '../send-lines.ts';
import type { ServerContext } from '../server-context.ts';
import { answerQuery } from '../start-query.ts';

/**
 * `POST /query-stream`: one SELECT; a header line, then an array a row. ksqlDB takes push queries here over HTTP/2 only;
 * nothing in the answer needs that, so that HTTP/1.1 has them too.
 */
export function queryStreamRoute(server: FastifyInstance, context: ServerContext): void {
  const schema = { body: QUERY_STREAM_BODY };
  server.post<{ Body: QueryStreamBody }>('/query-stream', { schema }, (request, reply) => {
    const { sql, properties, sessionVariables } = request.body;
    const options = requestOptions(properties, sessionVariables, abortOnClose(reply));
    if (isPrint(sql)) return answerPrint(sql, options, reply, context);
    const contentType = answerType(request, [DELIMITED, KSQL_JSON, PROTOBUF], DELIMITED);
    const rows = contentType === KSQL_JSON || contentType === PROTOBUF ? objectRows : arrayRows;
    return answerQuery({ sql, options, reply }, context, (result) => rows(result, contentType));
  });
}

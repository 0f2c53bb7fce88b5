// A service of its own whose answers come from a view: GET /customers/ada. It knows the SQL server by its URL, and nothing else.
import { createServer, type Server } from 'node:http';
import { KsqlClient } from 'millrace/ksql';

type Customer = { CUSTOMER: string; ORDERS: bigint; SPENT: string; LAST_ITEM: string };

const LOOKUP_TIMEOUT_MS = 2_000;

export function customerService(ksqlUrl: string): Server {
  const client = new KsqlClient({ url: ksqlUrl, requestTimeoutMs: LOOKUP_TIMEOUT_MS });
  const server = createServer(async (request, response) => {
    const name = decodeURIComponent(/^\/customers\/([^/?]+)$/.exec(request.url ?? '')?.[1] ?? '');
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      const sql = `SELECT * FROM customers WHERE customer = '${name.replaceAll("'", "''")}';`;
      const result = await client.executeQuery(sql, { signal: gone.signal });
      const [customer] = result.objects<Customer>();
      if (customer === undefined) return void response.writeHead(404).end();
      const { CUSTOMER, ORDERS, SPENT, LAST_ITEM } = customer;
      // A count fits a number; money stays the text that it is.
      const body = { name: CUSTOMER, orders: Number(ORDERS), spent: SPENT, lastItem: LAST_ITEM };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    } catch (error) {
      if (!response.headersSent) response.writeHead(503).end(error instanceof Error ? error.message : String(error));
    }
  });
  server.once('close', () => void client.close());
  return server;
}

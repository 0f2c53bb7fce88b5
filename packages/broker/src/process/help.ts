/** What `millrace broker --help` prints. */
export const HELP: string = `Usage: millrace broker [options]

Runs a broker that any Kafka client can use, until it is told to stop (SIGTERM, SIGINT or SIGHUP).

Options:
  --data DIR            the data folder, made when it is missing      (default: ./millrace-data; log.dirs, MILLRACE_DATA)
  --memory              keep everything in memory; nothing is left when the broker stops
  --host HOST           where to listen                               (default: 127.0.0.1; MILLRACE_HOST)
  --port PORT           0 for any free port                           (default: 9092; MILLRACE_PORT)
                        --host or --port stand for one listener without TLS and SASL, whatever the file says of listeners
  --config FILE         configs in a properties file, as Kafka's server.properties (MILLRACE_CONFIG; also --config-file)
  --set KEY=VALUE       one config under Kafka's name; may be given several times
  --add-scram USER      a user of SCRAM, as SCRAM-SHA-256=[name=alice,password=…]; kept if the broker knows it already
  --flush os|always     when an answered write is safe: os from the death of the process, as Kafka; always from a power cut,
                        too, by a sync before each answer             (default: os; MILLRACE_FLUSH)
  --metrics-port PORT   serves /metrics for Prometheus and /health    (default: off; metrics.listener, MILLRACE_METRICS_PORT)
  --log-level LEVEL     debug, info, warn or error                    (default: info; MILLRACE_LOG_LEVEL)
  --log-format FORMAT   text or json, one line each on standard error (default: text; MILLRACE_LOG_FORMAT)
  --json                the ready line as JSON, and --log-format json
  --print-config        tells every config, its value and where that comes from, and starts nothing
  --help                this text

Configs are taken from, the first wins: the options above and --set; the environment; the file; the defaults.
millrace.flush, millrace.log.level and millrace.log.format are configs, too, so that a file says all.
In the environment KAFKA_NUM_PARTITIONS=4 is num.partitions=4, two underscores are one, three are a dash.
A file that was written for Kafka is accepted: what means nothing to one broker, or is not known, is named in one warning.

Exit codes: 0 stopped as told, 1 could not start or failed, 2 wrong usage or a wrong value.
`;

#!/usr/bin/env bash
# Installs what some tests use from outside: kcat (librdkafka) and the Python clients. Without them those tests skip
# and name this script. Nothing of the product needs any of it. Java, for the tests against Apache Kafka itself, is
# expected on the machine as it is.
#
#   scripts/foreign-clients.sh            install what is missing, say what could not be had, never fail
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.."
clients=node_modules/.cache/foreign-clients

have() { command -v "$1" >/dev/null 2>&1; }

install_kcat() {
  have kcat && return
  if have apt-get && [ "$(id -u)" = 0 ]; then
    (apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends kcat) >/dev/null 2>&1
  elif have brew; then
    brew install kcat >/dev/null 2>&1
  fi
  have kcat || echo "foreign-clients: kcat could not be installed (apt-get as root, or brew); its tests will skip"
}

install_python_clients() {
  [ -x "$clients/python/bin/python" ] && "$clients/python/bin/python" -c 'import kafka' 2>/dev/null && return
  have python3 || { echo "foreign-clients: there is no python3; the tests with Python clients will skip"; return; }
  mkdir -p "$clients"
  (python3 -m venv "$clients/python" && "$clients/python/bin/pip" install -q kafka-python==2.2.15) >/dev/null 2>&1 ||
    echo "foreign-clients: the Python clients could not be installed; their tests will skip"
}

install_kcat
install_python_clients
have java || echo "foreign-clients: there is no java; the tests against Apache Kafka will skip"
exit 0

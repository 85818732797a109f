#!/bin/sh
# Run roles.sql unless the roles are there. Passwords come from the environment, the server from PGHOST, PGUSER, PGPASSWORD.
set -eu
if [ "$(psql -X -At -d postgres -c "SELECT count(*) FROM pg_roles WHERE rolname = 'registry_owner'")" = 1 ]; then
  echo "The roles are there already; nothing was changed."
  exit 0
fi
# The passwords go in by standard input: an argument would be visible to every user of the machine.
{
  for name in owner app backup; do
    upper=$(printf '%s' "$name" | tr '[:lower:]' '[:upper:]')
    printf '\\set %s_password `printenv %s_PASSWORD`\n' "$name" "$upper"
  done
  cat -- "$1"
} | psql -X -q -v ON_ERROR_STOP=1 -d postgres

#!/bin/sh
# Run roles.sql, which makes what is missing: deploy/roles-once.sh deploy/roles.sql
#
# The passwords of the roles come from OWNER_PASSWORD, APP_PASSWORD and BACKUP_PASSWORD, the server from PGHOST, PGUSER and
# PGPASSWORD. They go in by standard input: an argument would be visible to every user of the machine.
set -eu
script=${1:?"Name the script: deploy/roles-once.sh deploy/roles.sql"}
: "${OWNER_PASSWORD:?Set a password for the owner of the tables.}"
: "${APP_PASSWORD:?Set a password for the role that serves.}"
: "${BACKUP_PASSWORD:?Set a password for the role that backs up.}"
[ -r "$script" ] || { echo "$script cannot be read by this user." >&2; exit 1; }
export OWNER_PASSWORD APP_PASSWORD BACKUP_PASSWORD
{
  # shellcheck disable=SC2016  # psql runs what stands in the backquotes
  printf '\\set %s `printenv %s`\n' owner_password OWNER_PASSWORD app_password APP_PASSWORD backup_password BACKUP_PASSWORD
  cat -- "$script"
} | psql -X -q -v ON_ERROR_STOP=1 -d postgres

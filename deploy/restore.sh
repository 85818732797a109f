#!/bin/sh
# Restore a backup into an EMPTY database and an empty folder of files. Stop web, worker and beat first.
#
#   REGISTRY_OWNER_DATABASE_URL=postgresql://registry_owner:...@host/registry REGISTRY_DATA_DIR=/var/lib/registry \
#     deploy/restore.sh /srv/backups/20260101T000000Z
#
# The roles must exist (deploy/roles.sql makes them and the empty database). The policies come into force at the end of the
# restore, so that the owner may fill the tables. Then give the product the key ring of that time.
set -eu
umask 077
source=${1:?"Name the backup: deploy/restore.sh /srv/backups/20260101T000000Z"}
: "${REGISTRY_OWNER_DATABASE_URL:?Set the address of the empty database for the owner role.}"
: "${REGISTRY_DATA_DIR:?Set the folder for the encrypted files.}"

address=$(python3 "$(dirname "$0")/pgaddress.py" REGISTRY_OWNER_DATABASE_URL)
eval "$address"
(cd "$source" && sha256sum --check --quiet SHA256SUMS)
tables=$(psql -X -At -c "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
if [ "$tables" != 0 ]; then
  echo "The database $PGDATABASE already holds $tables tables. Restore into an empty one; nothing was changed." >&2
  exit 1
fi
if [ -e "$REGISTRY_DATA_DIR/documents" ]; then
  echo "$REGISTRY_DATA_DIR/documents exists. Move it away first; nothing was changed." >&2
  exit 1
fi

# In one transaction: whole or not at all.
pg_restore --exit-on-error --single-transaction --no-owner --dbname="$PGDATABASE" "$source/database.dump"
# PostgreSQL before 17 would warn of each table of its own catalogue.
psql -X -q -v ON_ERROR_STOP=1 -c "SET client_min_messages = error" -c "ANALYZE"
mkdir -p "$REGISTRY_DATA_DIR"
if [ -f "$source/documents.tar" ]; then
  tar -C "$REGISTRY_DATA_DIR" -xf "$source/documents.tar"
fi
echo "Restored $source into $PGDATABASE. Next: python manage.py migrate, then python manage.py check --database default"

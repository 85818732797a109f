#!/bin/sh
# Back up the database and the encrypted files into one folder, named by the moment, and keep the newest ones.
#
#   REGISTRY_BACKUP_DATABASE_URL=postgresql://registry_backup:...@host/registry REGISTRY_DATA_DIR=/var/lib/registry \
#     deploy/backup.sh /srv/backups [how many to keep, 14]
#
# The key ring is NOT in it, on purpose: keep it at another place. Without the key ring no identity number, phone, account
# or file of the backup can be read; whoever has both can read all of them.
set -eu
umask 077
target=${1:?"Name the folder of backups: deploy/backup.sh /srv/backups"}
keep=${2:-14}
: "${REGISTRY_BACKUP_DATABASE_URL:?Set the address of the database for the backup role.}"
: "${REGISTRY_DATA_DIR:?Set the folder of the encrypted files.}"

moment=$(date -u +%Y%m%dT%H%M%SZ)
draft="$target/.$moment.new"
mkdir -p "$draft"
trap 'rm -rf -- "$draft"' EXIT

address=$(python3 "$(dirname "$0")/pgaddress.py" REGISTRY_BACKUP_DATABASE_URL)
eval "$address"

# The database first: a file is stored before the row that names it, so every row of the dump finds its file.
pg_dump --format=custom --no-owner --file="$draft/database.dump"
pg_restore --list "$draft/database.dump" > /dev/null
if [ -d "$REGISTRY_DATA_DIR/documents" ]; then
  # 1: a file came or went meanwhile, which no row of the dump names, or whose time of keeping is over.
  tar -C "$REGISTRY_DATA_DIR" -cf "$draft/documents.tar" documents || [ $? -eq 1 ]
fi
(cd "$draft" && sha256sum -- * > SHA256SUMS)
mv -- "$draft" "$target/$moment"
echo "Backed up to $target/$moment"

# Only finished backups carry a moment as their name.
find "$target" -mindepth 1 -maxdepth 1 -type d -name '20[0-9][0-9]*T*Z' | sort -r | tail -n "+$((keep + 1))" | while read -r old; do
  rm -rf -- "$old"
  echo "Removed $old"
done

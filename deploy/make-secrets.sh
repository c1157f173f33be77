#!/bin/sh
# Makes the keys and passwords of an office, once: what is there already stays as it is. `sudo sh make-secrets.sh secrets`
# Afterwards keep copies of key-encryption.key and backup.key in a safe: without them neither the keys nor a backup can be opened.
set -eu
umask 077
server=${1:-secrets}/server
database=${1:-secrets}/database
mkdir -p "$server" "$database"

make() {
  file=$1
  shift
  if [ ! -s "$file" ]; then
    "$@" > "$file.new"
    mv "$file.new" "$file"
  fi
}

make "$server/key-encryption.key" openssl rand -base64 32
make "$server/backup.key" openssl rand -base64 32
# For the first account; it opens nothing once there is one.
make "$server/setup-token" openssl rand -hex 16
make "$database/password" openssl rand -hex 24
make "$database/khatm-password" openssl rand -hex 24
make "$server/pgpass" printf 'database:5432:khatm:khatm:%s\ndatabase:5432:khatm:khatm_owner:%s\n' \
  "$(cat "$database/khatm-password")" "$(cat "$database/password")"

# The database shows a certificate that only this office trusts.
if [ ! -s "$database/server.crt" ]; then
  openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=database -addext subjectAltName=DNS:database \
    -keyout "$database/server.key" -out "$database/server.crt" 2>/dev/null
fi
make "$server/database-ca.crt" cat "$database/server.crt"

# The users of the two images.
chown -R 1000:1000 "$server"
chown -R 999:999 "$database"

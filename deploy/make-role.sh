#!/bin/sh
# Run by Postgres when its database is made: the role that the server works with owns nothing, so that row-level security holds it.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$(cat /run/secrets/khatm-password)" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE khatm LOGIN PASSWORD :'password';
SQL

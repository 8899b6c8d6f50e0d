# Logs in over TLS and verifies the server's certificate and name; PGHOST, PGUSER, PGPASSWORD and PGSSLROOTCERT are set.
protocol=$(PGSSLMODE=verify-full psql --no-psqlrc --tuples-only --no-align --command \
  "select version from pg_stat_ssl where ssl and pid = pg_backend_pid()")
echo "over TLS: $PGUSER is in, by $protocol"
test -n "$protocol"

# A client without TLS must be turned away for that reason, and not because something else is wrong.
if refusal=$(PGSSLMODE=disable psql --no-psqlrc --command 'select 1' 2>&1); then
  echo "without TLS: $PGUSER is in too; want the server to refuse plaintext"
  exit 1
fi
echo "without TLS: $refusal"
case $refusal in *'no encryption'*) ;; *) exit 1 ;; esac

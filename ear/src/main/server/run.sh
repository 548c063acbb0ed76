#!/usr/bin/env bash
# Runs the server that the profile "run" has made, in the foreground, with a user for the mailbox whose password is made now.
# The first argument is the server's folder, the others are the server's.
set -euo pipefail
server="$1"
shift
user=mail
password="$(head -c 12 /dev/urandom | base64 | tr '+/' '-_')"
"$server/bin/add-user.sh" -a -s -u "$user" -p "$password" -g mail-user,mail-admin
log="$server/standalone/log/server.log"
rm -f "$log"

tell() {
    for _ in $(seq 300); do
        sleep 1
        if grep -qs "WFLYSRV0025\|WFLYSRV0026" "$log"; then
            address="$(grep -o 'WFLYUT0006.*listening on [^ ]*' "$log" | tail -n 1 | grep -o '[^ ]*$')"
            printf '\n    mailbox:  http://%s/mail/\n    user:     %s\n    password: %s\n\n' "${address:-127.0.0.1:8080}" "$user" \
                "$password"
            return
        fi
    done
}
tell &
exec "$server/bin/standalone.sh" "$@"

{{- /*
Users come and go while servers run. The operator mounts their file by subPath (redis-operator 0.26, getVolumeMount in
internal/k8sutils/statefulset.go), and the kubelet never renews such a file: whoever is taken away would keep the access
until the pod restarts, and a restart may come before the Secret is new. So the Secret is mounted as a folder, which the
kubelet renews, and the liveness probe has the server read it.
*/ -}}

{{- /*
redis.usersVolume: the file of users and nothing else of its Secret, which has the passwords too. Call: include "redis.usersVolume" $
*/ -}}
{{- define "redis.usersVolume" -}}
name: users
secret:
  secretName: {{ include "redis.aclSecretName" . | quote }}
  # Octal 0440: for the group of the pod alone.
  defaultMode: 288
  items:
    - { key: user.acl, path: user.acl }
{{- end -}}

{{- /*
redis.loadUsers: has the server read its users when their file is another than the last that it read. Redis closes the
connections of users that are gone. `default` keeps the password of the pod beside a newer one, in the same transaction:
members, probes and the exporter have no other until they restart. A file that Redis refuses is said once, as an event of
the pod; the server goes on with the users it has, since a restart would leave it with none.
Call: include "redis.loadUsers" $
*/ -}}
{{- define "redis.loadUsers" -}}
read=/etc/redis/users.sha256
users="$(sha256sum < /users/user.acl)"
if [ "$users" != "$(cat "$read" 2> /dev/null || true)" ]; then
  own="$(printf %s "$REDIS_PASSWORD" | sha256sum | cut -d ' ' -f 1)"
  answer="$(printf 'multi\nacl load\nacl setuser default #%s\nexec\n' "$own" | cli 2>&1 || true)"
  case "$answer" in
    *ERR*user.acl*) echo "$users" > "$read"; echo "the users are the old ones: $answer" >&2; exit 1 ;;
    *QUEUED*QUEUED*OK*OK*) echo "$users" > "$read" ;;
  esac
fi
{{- end -}}

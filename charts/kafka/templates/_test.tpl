{{- /*
kafka.isTested: "true" where `helm test` can connect: a listener inside the cluster with TLS and certificates.
Call: include "kafka.isTested" $
*/ -}}
{{- define "kafka.isTested" -}}
{{- if and .Values.tests.enabled (include "kafka.ownListener" .) -}}
true
{{- end -}}
{{- end -}}

{{- /*
kafka.testLabels: labels of the test's pod; no flow of the graph matches them. Call: include "kafka.testLabels" $
*/ -}}
{{- define "kafka.testLabels" -}}
app.kubernetes.io/name: {{ include "kafka.ownUser" (dict "root" . "part" "test") | quote }}
app.kubernetes.io/component: test
{{- end -}}

{{- /*
kafka.testScript: what the test does, all of it by Kafka's own tools: a record comes back that only this run can have
written; without TLS, and without a certificate, nobody gets an answer. Call: include "kafka.testScript" $
*/ -}}
{{- define "kafka.testScript" -}}
cd "$WORK_FOLDER"
cat "$USER_FOLDER/user.key" "$USER_FOLDER/user.crt" > client.pem
cat > trust.properties <<END
security.protocol=SSL
ssl.truststore.type=PEM
ssl.truststore.location=$CA_FOLDER/ca.crt
END
cat > client.properties <<END
$(cat trust.properties)
ssl.keystore.type=PEM
ssl.keystore.location=$WORK_FOLDER/client.pem
acks=all
enable.idempotence=true
END
echo 'security.protocol=PLAINTEXT' > plain.properties

record="test-$(date +%s)-$RANDOM"
echo "$record" | "$KAFKA_BIN/kafka-console-producer.sh" --bootstrap-server "$BOOTSTRAP" --topic "$TOPIC" \
  --command-config client.properties
"$KAFKA_BIN/kafka-console-consumer.sh" --bootstrap-server "$BOOTSTRAP" --topic "$TOPIC" --group "$TOPIC" \
  --command-config client.properties --from-beginning --timeout-ms 20000 > read.txt || true
grep -qx "$record" read.txt || { echo "the record $record was written and did not come back"; exit 1; }

for properties in plain trust; do
  echo 'default.api.timeout.ms=5000' >> "$properties.properties"
  if "$KAFKA_BIN/kafka-broker-api-versions.sh" --bootstrap-server "$BOOTSTRAP" \
    --command-config "$properties.properties" > answer.txt 2>&1; then
    echo "a client with $properties.properties was answered; want TLS and a certificate of every client"
    exit 1
  fi
done
echo "delivered over TLS; refused without it, and without a certificate"
{{- end -}}

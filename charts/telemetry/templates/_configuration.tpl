{{- /*
telemetry.configuration: the collector's configuration. Nothing is kept or sent that was not redacted. Logs are answered for once
they are on the volume; spans are held in memory until their trace is judged.
Call: include "telemetry.configuration" $
*/ -}}
{{- define "telemetry.configuration" -}}
{{- $memory := (.Values.resources.limits).memory | default "1Gi" | include "common.bytes" | int64 -}}
{{- $limit := div (div (mul $memory 3) 4) 1048576 -}}
{{- $shared := include "telemetry.isShared" . -}}
receivers:
  otlp:
    protocols:
      http:
        endpoint: 0.0.0.0:4318
        max_request_body_size: {{ include "common.bytes" .Values.request.maxSize | int64 }}
  {{- if $shared }}
  # Spans that another pod has redacted.
  otlp/peers:
    protocols:
      grpc:
        endpoint: 0.0.0.0:4317
        max_recv_msg_size_mib: 32
  {{- end }}
processors:
  memory_limiter:
    check_interval: 500ms
    limit_mib: {{ $limit }}
    spike_limit_mib: {{ div $limit 4 }}
  transform: {{- include "telemetry.redaction" . | nindent 4 }}
  {{- with .Values.sampling }}
  tail_sampling:
    decision_wait: {{ int .decisionWaitSeconds }}s
    # Twice what is expected: a trace that has no room is dropped, errors too (tailsamplingprocessor 0.161, dropTrace).
    num_traces: {{ mul 2 (int .tracesPerSecond) (int .decisionWaitSeconds) }}
    expected_new_traces_per_sec: {{ int .tracesPerSecond }}
    # A trace that never ends would take the room of all.
    maximum_trace_size_bytes: 8388608
    # Spans that come after the judgement follow it.
    decision_cache:
      sampled_cache_size: {{ mul 10 (int .tracesPerSecond) (int .decisionWaitSeconds) }}
      non_sampled_cache_size: {{ mul 10 (int .tracesPerSecond) (int .decisionWaitSeconds) }}
    policies:
      - { name: errors, type: status_code, status_code: { status_codes: [ERROR] } }
      - { name: slow, type: latency, latency: { threshold_ms: {{ int .slowMilliseconds }} } }
      {{- if .percent }}
      - { name: share, type: probabilistic, probabilistic: { sampling_percentage: {{ .percent }} } }
      {{- end }}
  {{- end }}
  # Each trace leaves the sampler by itself, and each would be written to the volume by itself: six waits for the disk.
  batch: { timeout: 200ms, send_batch_size: 1024, send_batch_max_size: 1024 }
exporters:
  otlp_http:
    endpoint: {{ .Values.backend.endpoint | quote }}
    auth: { authenticator: bearertokenauth }
    # Asked again are connections that fail, 429, 502, 503 and 504, and what bounds the wait is the queue. Any other answer (401,
    # 403, 404, 500) is for good, and drops the batch (otlphttpexporter 0.161, isRetryableStatusCode): alert TelemetryLost.
    retry_on_failure: { initial_interval: 1s, max_interval: 30s, max_elapsed_time: 0s }
    sending_queue:
      storage: file_storage
      sizer: bytes
      queue_size: {{ include "common.bytes" .Values.queue.size | int64 }}
      num_consumers: 4
      # One record above max_size deletes what is left of its batch, and no metric tells of it (0.161, logs_batch.go): no record
      # that was taken comes near it. Redaction makes a list of small numbers 2.75 times as large.
      batch: { flush_timeout: 1s, min_size: 262144, max_size: {{ mul 3 (include "common.bytes" .Values.request.maxSize | int64) }} }
  {{- if $shared }}
  load_balancing:
    routing_key: traceID
    resolver:
      dns: { hostname: {{ include "telemetry.peersHost" . | quote }}, port: "4317", interval: 5s }
    protocol:
      otlp:
        # The mesh encrypts it, and says who asks.
        tls: { insecure: true }
        # The resolver dials addresses of pods, and gRPC's `:authority` is what was dialled (configgrpc 0.161, Authority). A proxy
        # finds its route by it: an address alone is of no service, and leaves in plain text, which STRICT resets.
        authority: {{ printf "%s:4317" (include "telemetry.peersHost" .) | quote }}
        timeout: 5s
        sending_queue: { enabled: false }
        # For a moment, and for the spans of one pod alone. By default it would be 5 min inside each try of the exporter below,
        # which would hold a consumer for a pod that is gone.
        retry_on_failure: { enabled: true, initial_interval: 200ms, max_interval: 1s, max_elapsed_time: 5s }
    sending_queue: { enabled: true, sizer: bytes, queue_size: {{ div $memory 16 }}, num_consumers: 16 }
    # This one sends what other pods took already once more (loadbalancingexporter 0.161, trace_exporter.go), so seldom. It has
    # no defaults: without the two factors each wait is the first.
    retry_on_failure:
      enabled: true
      initial_interval: 5s
      multiplier: 1.5
      randomization_factor: 0.5
      max_interval: 10s
      max_elapsed_time: 30s
  {{- end }}
extensions:
  health_check: { endpoint: 0.0.0.0:13133 }
  file_storage:
    directory: /var/lib/otelcol
    # A pod may be ended at any moment: what was answered for is on the volume.
    fsync: true
    recreate: true
    compaction:
      on_start: true
      on_rebound: true
      directory: /var/lib/otelcol
      cleanup_on_start: true
  bearertokenauth: { filename: /etc/opencore/backend/token }
service:
  extensions: [health_check, file_storage, bearertokenauth]
  pipelines:
    logs:
      receivers: [otlp]
      processors: [memory_limiter, transform]
      exporters: [otlp_http]
    {{- if $shared }}
    traces:
      receivers: [otlp]
      processors: [memory_limiter, transform]
      exporters: [load_balancing]
    traces/judged:
      receivers: [otlp/peers]
      processors: [memory_limiter, tail_sampling, batch]
      exporters: [otlp_http]
    {{- else }}
    traces:
      receivers: [otlp]
      processors: [memory_limiter, transform, tail_sampling, batch]
      exporters: [otlp_http]
    {{- end }}
  telemetry:
    logs: { level: info, encoding: json }
    metrics:
      level: normal
      readers:
        - pull:
            exporter:
              # Names as alerts have them, whatever becomes the default.
              prometheus:
                host: 0.0.0.0
                port: 8888
                without_scope_info: true
                without_units: true
                without_type_suffix: true
{{- end -}}

{{- /*
redis.placement: where a role's pods may run. Call: include "redis.placement" (dict "root" $ "labels" $labels)
labels: those of the role's pods, as YAML.
*/ -}}
{{- define "redis.placement" -}}
{{- with include "redis.affinity" . | trim }}
affinity: {{- . | nindent 2 }}
{{- end }}
{{- with .root.Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- /*
redis.affinity: node affinity, and a role's pods apart from one another. Call: include "redis.affinity" (dict "root" $ "labels" $labels)
*/ -}}
{{- define "redis.affinity" -}}
{{- with .root.Values.nodeAffinity }}
nodeAffinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- if eq .root.Values.mode "standalone" }}
{{- else if eq .root.Values.antiAffinity "required" }}
podAntiAffinity:
  requiredDuringSchedulingIgnoredDuringExecution:
    - topologyKey: kubernetes.io/hostname
      labelSelector:
        matchLabels: {{- .labels | nindent 10 }}
{{- else if eq .root.Values.antiAffinity "preferred" }}
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      podAffinityTerm:
        topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels: {{- .labels | nindent 12 }}
{{- end }}
{{- end -}}

{{- /*
redis.spread: a role's pods over zones; pods of a lost zone can start elsewhere.
Call: include "redis.spread" (dict "root" $ "labels" $labels)
*/ -}}
{{- define "redis.spread" -}}
{{- if ne .root.Values.topologySpread "Disabled" }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: {{ .root.Values.topologySpread }}
    labelSelector:
      matchLabels: {{- .labels | nindent 8 }}
    nodeTaintsPolicy: Honor
{{- end }}
{{- end -}}

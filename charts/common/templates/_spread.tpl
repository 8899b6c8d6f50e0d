{{- /*
common.topologySpread: spread constraints over zones and over hosts, as a list; nothing where both are Disabled.
matchLabelKeys counts the pods of one revision only, so a rollout ends as even as it began; tainted nodes (a lost zone)
are left out, so that the pods of a lost zone can start elsewhere.
Call:  include "common.topologySpread" (dict "root" $ "spread" .Values.topologySpread)
       spread: {zone, host}, each DoNotSchedule, ScheduleAnyway or Disabled.
       revisionLabel: the label that tells revisions apart; pod-template-hash, as Deployments have it, when left out.
                      Empty where pods are replaced in place, so that all of them count.
*/ -}}
{{- define "common.topologySpread" -}}
{{- range $key, $topology := dict "zone" "topology.kubernetes.io/zone" "host" "kubernetes.io/hostname" }}
{{- $action := get $.spread $key }}
{{- if ne $action "Disabled" }}
- maxSkew: 1
  topologyKey: {{ $topology }}
  whenUnsatisfiable: {{ $action }}
  labelSelector:
    matchLabels: {{- include "common.selectorLabels" (dict "root" $.root) | nindent 6 }}
  {{- with hasKey $ "revisionLabel" | ternary $.revisionLabel "pod-template-hash" }}
  matchLabelKeys: [{{ . }}]
  {{- end }}
  nodeTaintsPolicy: Honor
{{- end }}
{{- end }}
{{- end -}}

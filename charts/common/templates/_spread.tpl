{{- /*
common.topologySpread: spread constraints over zones and over hosts, as a list; nothing where both are Disabled.
matchLabelKeys counts the pods of one revision only: else the old pods of a rollout count too, a surge pod finds every
domain uneven, and the new ones end where the old ones left room. Nodes with taints that the pods do not bear are no
domain (nodeTaintsPolicy), so that a zone that is lost, or being drained, does not hold back the pods of the others.
Hosts can seldom be DoNotSchedule: one full node, which has no taint, stays the emptiest domain and keeps every other at
one pod more than it has.
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
  topologyKey: {{ $topology | quote }}
  whenUnsatisfiable: {{ $action | quote }}
  labelSelector:
    matchLabels: {{- include "common.selectorLabels" (dict "root" $.root) | nindent 6 }}
  {{- with hasKey $ "revisionLabel" | ternary $.revisionLabel "pod-template-hash" }}
  matchLabelKeys: [{{ . | quote }}]
  {{- end }}
  nodeTaintsPolicy: Honor
{{- end }}
{{- end }}
{{- end -}}

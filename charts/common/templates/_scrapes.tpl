{{- /*
common.scrapes: the label `job` of scrapes that are the cluster's own, as their makers' monitors have it. Alerts of the platform
believe these alone; that no monitor of a release gives the name to others, control E1 sees to.
Call:  include "common.scrapes" $ | fromYaml
*/ -}}
{{- define "common.scrapes" -}}
argocd: argocd-metrics
certManager: cert-manager
kubelet: kubelet
kubeStateMetrics: kube-state-metrics
{{- end -}}

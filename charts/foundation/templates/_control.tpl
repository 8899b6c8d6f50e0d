{{- /*
foundation.podRules: every kind that carries pods, and what changes a pod that is there.
Call: include "foundation.podRules" $
*/ -}}
{{- define "foundation.podRules" -}}
- { apiGroups: [''], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [pods, pods/ephemeralcontainers, replicationcontrollers] }
- { apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments, statefulsets, daemonsets, replicasets] }
- { apiGroups: [batch], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [jobs, cronjobs] }
{{- end -}}

{{- /*
foundation.podVariables: what the CEL of a control on pods may name. `dyn`, since each kind keeps its template elsewhere.
Call: include "foundation.podVariables" $
*/ -}}
{{- define "foundation.podVariables" -}}
- name: template
  expression: >-
    object.kind == 'Pod' ? dyn(object) : object.kind == 'CronJob' ? dyn(object).spec.jobTemplate.spec.template
    : dyn(object).spec.template
- name: pod
  expression: variables.template.spec
- name: labels
  expression: variables.template.?metadata.?labels.orValue({})
- name: annotations
  expression: variables.template.?metadata.?annotations.orValue({})
- name: labelsBefore
  expression: >-
    oldObject == null ? dyn({}) : (object.kind == 'Pod' ? dyn(oldObject)
    : object.kind == 'CronJob' ? dyn(oldObject).spec.jobTemplate.spec.template
    : dyn(oldObject).spec.template).?metadata.?labels.orValue({})
- name: containers
  expression: >-
    variables.pod.containers + variables.pod.?initContainers.orValue([])
    + variables.pod.?ephemeralContainers.orValue([])
# Every Secret that it refers to: `name`, or `name/key` where it takes keys of it alone.
- name: secrets
  expression: >-
    (variables.containers.map(c, c.?env.orValue([]).filter(e, has(e.valueFrom) && has(e.valueFrom.secretKeyRef))
    .map(e, e.valueFrom.secretKeyRef.name + '/' + e.valueFrom.secretKeyRef.key)
    + c.?envFrom.orValue([]).filter(f, has(f.secretRef)).map(f, f.secretRef.name))
    + variables.pod.?volumes.orValue([]).map(v,
    has(v.secret) ? (has(v.secret.items) ? v.secret.items.map(i, v.secret.secretName + '/' + i.key)
    : [v.secret.secretName])
    : has(v.projected) ? v.projected.?sources.orValue([]).filter(s, has(s.secret)).map(s,
    has(s.secret.items) ? s.secret.items.map(i, s.secret.name + '/' + i.key) : [s.secret.name]).flatten()
    : has(v.csi) && has(v.csi.nodePublishSecretRef) ? [v.csi.nodePublishSecretRef.name] : []))
    .flatten().distinct()
{{- end -}}

{{- /*
foundation.controlled: the namespaces in which what breaks a control is refused, or warned of, as JSON.
Call: include "foundation.controlled" (dict "root" $ "action" "refuse")
*/ -}}
{{- define "foundation.controlled" -}}
{{- $names := list -}}
{{- range $name, $namespace := .root.Values.namespaces -}}
{{- if eq (default "refuse" $namespace.controls) $.action }}{{ $names = append $names $name }}{{ end -}}
{{- end -}}
{{ toJson $names }}
{{- end -}}

{{- /*
foundation.exempt: CEL that is true of what an operator makes, of those that a control exempts: pods by their labels,
which F2 keeps for it, and anything else by its account.
Call: include "foundation.exempt" (dict "root" $ "control" $control)
*/ -}}
{{- define "foundation.exempt" -}}
{{- $labels := list -}}
{{- $accounts := list -}}
{{- range $operator, $_ := .control.exempt -}}
{{- with get $.root.Values.controls.operators $operator -}}
{{- $labels = concat $labels .labels -}}
{{- $accounts = append $accounts .account -}}
{{- end -}}
{{- end -}}
{{- if eq (toString .control.judges) "pods" -}}
variables.labels.exists(k, {{ toJson $labels }}.exists(p, k.startsWith(p)))
{{- else -}}
request.userInfo.username in {{ toJson $accounts }}
{{- end -}}
{{- end -}}

{{- /*
foundation.waivers: the waivers of a control, with their names, as JSON.
Call: include "foundation.waivers" (dict "root" $ "control" $control)
*/ -}}
{{- define "foundation.waivers" -}}
{{- $waivers := list -}}
{{- range $name, $waiver := .root.Values.controls.waivers -}}
{{- if eq $waiver.control (toString $.control.id) }}{{ $waivers = append $waivers (merge (dict "name" $name) $waiver) }}{{ end -}}
{{- end -}}
{{ toJson $waivers }}
{{- end -}}

{{- /*
foundation.waived: CEL that is true of a release that one of these waivers names. Control F1 ties the label to an account.
Call: include "foundation.waived" (dict "control" $control "waivers" $waivers)
*/ -}}
{{- define "foundation.waived" -}}
{{- $labels := eq (toString .control.judges) "pods" | ternary "variables.labels" "object.metadata.?labels.orValue({})" -}}
{{- $keys := list -}}
{{- range .waivers }}{{ $keys = append $keys (printf "%s/%s" .namespace .release) }}{{ end -}}
(request.namespace + '/' + {{ $labels }}[?'app.kubernetes.io/instance'].orValue('')) in {{ toJson $keys }}
{{- end -}}

{{- /*
foundation.reserved: the keys that are for an operator, by what they begin with, and its account, as CEL.
Call: include "foundation.reserved" $
*/ -}}
{{- define "foundation.reserved" -}}
{{- $reserved := dict -}}
{{- range $_, $operator := .Values.controls.operators -}}
{{- range $operator.labels -}}{{- $_ := set $reserved . $operator.account -}}{{- end -}}
{{- end -}}
{{ toJson $reserved }}
{{- end -}}

{{- /*
foundation.makers: who makes what is made of a resource, by the group of its API, for whoever asks in an operator's place.
Call: include "foundation.makers" $
*/ -}}
{{- define "foundation.makers" -}}
{{- $makers := dict -}}
{{- range $_, $operator := .Values.controls.operators -}}
{{- range $operator.apis -}}{{- $_ := set $makers . $operator.account -}}{{- end -}}
{{- end -}}
{{ toJson $makers }}
{{- end -}}

{{- /*
foundation.conditions: what leaves is let go, and so is what stays as it is but for its metadata: controllers, operators and
the garbage collector write finalizers, owners, labels and annotations on what others made, or was let in before a control
was there. Judged of metadata is what a control's expression names of a pod's, and the label that waivers go by.
Call: include "foundation.conditions" (dict "control" $control)
*/ -}}
{{- define "foundation.conditions" -}}
{{- $judged := list "spec" "rules" "roleRef" "subjects" -}}
- name: stays
  expression: '!has(object.metadata.deletionTimestamp)'
- name: changes
  expression: >-
    request.operation == 'CREATE'
    {{- range $judged }}
    || dyn(object).?{{ . }} != dyn(oldObject).?{{ . }}
    {{- end }}
    {{- range list "labels" "annotations" }}
    {{- if contains (printf "variables.%s" .) $.control.found }}
    || (object.kind == 'Pod' && object.metadata.?{{ . }} != oldObject.metadata.?{{ . }})
    {{- end }}
    {{- end }}
    || object.metadata.?labels[?'app.kubernetes.io/instance'] != oldObject.metadata.?labels[?'app.kubernetes.io/instance']
# A rollout scales down what an older ReplicaSet runs; whatever it would make anew is judged as a pod.
- name: scales
  expression: >-
    object.kind != 'ReplicaSet' || request.operation == 'CREATE'
    || object.spec.template != oldObject.spec.template
{{- end -}}

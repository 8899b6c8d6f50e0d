{{- /*
common.overlay.refused: what is wrong with a chart's `overlay`, one problem a line, for its _validate.tpl: patches over what
is not made, items that find nothing, fields that a value sets (`<chart>.ownedFields`, which `opencore schema` makes), and
labels by which pods are selected.
Call:  include "common.overlay.refused" (dict "root" $ "objects" (dict
         "deployment" (dict "template" "service.deployment" "argument" $)
         "connectors" (dict "template" "kafka.connectors" "argument" $ "isNamed" true)))
       objects: by the key of the patch, the template of the manifests that it is for, and its argument; empty where there is
       none. With isNamed the key has a patch for each name. `not`: the beginning of values that are another object's of the
       kind. A manifest is made only where it is patched: values that are wrong elsewhere could stop it.
*/ -}}
{{- define "common.overlay.refused" -}}
{{- range $key, $object := .objects -}}
{{- $at := printf "overlay.%s" $key -}}
{{- with get $.root.Values.overlay $key -}}
{{- $patch := . -}}
{{- $documents := list -}}
{{- if $object -}}
{{- $documents = include $object.template $object.argument | include "common.overlay.documents" | fromJsonArray -}}
{{- end -}}
{{- if not $documents }}
{{ $at }} is set and there is nothing that it would patch; want the overlay of what is rendered; remove it
{{- else if $object.isNamed -}}
{{- $byName := dict -}}
{{- range $documents -}}
{{- $_ := set $byName (fromYaml .).metadata.name . -}}
{{- end -}}
{{- range $name, $patch := . -}}
{{- if hasKey $byName $name -}}
{{- include "common.overlay.refusedOf" (dict "root" $.root "object" (get $byName $name) "patch" $patch "at" (printf "%s.%s" $at $name) "not" $object.not) -}}
{{- else }}
{{ $at }}.{{ $name }} is set, and no {{ (first $documents | fromYaml).kind }} of that name is rendered; want one of {{ keys $byName | sortAlpha | join ", " }}; correct the name or remove it
{{- end -}}
{{- end -}}
{{- else -}}
{{- include "common.overlay.refusedOf" (dict "root" $.root "object" (first $documents) "patch" . "at" $at "not" $object.not) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
common.overlay.refusedOf: the same of one patch over one manifest.
Call:  include "common.overlay.refusedOf" (dict "root" $ "object" $manifest "patch" $patch "at" "overlay.deployment" "not" "migration.")
*/ -}}
{{- define "common.overlay.refusedOf" -}}
{{- $owned := include (printf "%s.ownedFields" .root.Chart.Name) .root | fromJson -}}
{{- $object := fromYaml .object -}}
{{- $fields := get $owned $object.kind | default dict -}}
{{- $paths := get (include "common.overlay.whose" . | fromYaml) $object.kind | default list -}}
{{- if has $object.kind (list "Deployment" "StatefulSet" "Job" "CronJob") -}}
{{- $pod := eq $object.kind "CronJob" | ternary "jobTemplate spec template spec " "template spec " -}}
{{- range $path, $value := $owned.Pod -}}
{{- $_ := set $fields (print $pod $path) $value -}}
{{- end -}}
{{- range list "serviceAccountName" "serviceAccount" "automountServiceAccountToken" "hostNetwork" "hostPID" "hostIPC" -}}
{{- $paths = print $pod . | append $paths -}}
{{- end -}}
{{- end -}}
{{- range $path, $values := $fields -}}
{{- $own := list -}}
{{- range $value := splitList " or " $values -}}
{{- if not (and $.not (hasPrefix $.not $value)) -}}
{{- $own = append $own $value -}}
{{- end -}}
{{- end -}}
{{- if $own -}}
{{- $_ := join " or " $own | set $fields $path -}}
{{- else -}}
{{- $fields = omit $fields $path -}}
{{- end -}}
{{- end -}}
{{- include "common.overlay.problems" . -}}
{{- include "common.overlay.owned" (dict "patch" .patch "values" $fields "at" .at) -}}
{{- range $path := $paths -}}
{{- if not (hasKey $fields $path) -}}
{{- $problem := "says whose the object is or whom it lets in, which follows from the release and the graph; want how it does what it does; remove it" -}}
{{- include "common.overlay.problemAt" (dict "patch" $.patch "path" (splitList " " $path) "problem" $problem "at" $.at) -}}
{{- end -}}
{{- end -}}
{{- include "common.overlay.labels" (dict "under" $object.spec "patch" .patch "at" .at) -}}
{{- end -}}

{{- /*
common.overlay.problems: what is wrong with a patch, one problem a line: items of a list without the key by which they would
find theirs.
Call:  include "common.overlay.problems" (dict "object" (include "service.deployment" $) "patch" .Values.overlay.deployment "at" "overlay.deployment")
*/ -}}
{{- define "common.overlay.problems" -}}
{{- if .patch -}}
{{- include "common.overlay.lacking" (dict "under" (fromYaml .object).spec "patch" .patch "at" .at) -}}
{{- end -}}
{{- end -}}

{{- /*
common.overlay.lacking: items of a patch's lists that lack the key of the list that they are for, or have one that finds
nothing and would be nothing by themselves, one a line.
Call: include "common.overlay.lacking" (dict "under" $value "patch" $patch "at" "overlay.deployment")
*/ -}}
{{- define "common.overlay.lacking" -}}
{{- if and (kindIs "map" .under) (kindIs "map" .patch) -}}
{{- range $name, $patch := .patch -}}
{{- include "common.overlay.lacking" (dict "under" (get $.under $name) "patch" $patch "at" (printf "%s.%s" $.at $name)) -}}
{{- end -}}
{{- else if and (kindIs "slice" .under) (kindIs "slice" .patch) -}}
{{- with include "common.overlay.key" .under -}}
{{- $key := . -}}
{{- $essential := include "common.overlay.essential" $.under -}}
{{- range $index, $patch := $.patch -}}
{{- $known := list -}}
{{- $under := dict -}}
{{- range $item := $.under -}}
{{- $known = get $item $key | toString | append $known -}}
{{- if eq (get $item $key | toString) (get $patch $key | toString) -}}
{{- $under = $item -}}
{{- end -}}
{{- end -}}
{{- if not (hasKey $patch $key) }}
{{ $.at }}[{{ $index }}] has no {{ $key }}, by which it would find what it patches; want one that is there ({{ join ", " $known }}), or a new one; add {{ $key }}
{{- else if and (not $under) $essential (not (hasKey $patch $essential)) }}
{{ $.at }}[{{ $index }}] has the {{ $key }} {{ get $patch $key }}, which nothing there has, and no {{ $essential }}, without which a new one is nothing; want one that is there ({{ join ", " $known }}), or a whole one; correct {{ $key }}
{{- else -}}
{{- include "common.overlay.lacking" (dict "under" $under "patch" $patch "at" (printf "%s[%d]" $.at $index)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
common.overlay.essential: what every item of a list has and one without it would do nothing: the rules of a group, the
expression of an alert, the image of a container. Nothing where there is none. Call: include "common.overlay.essential" $list
*/ -}}
{{- define "common.overlay.essential" -}}
{{- $items := . -}}
{{- $found := "" -}}
{{- range $field := list "rules" "expr" "image" -}}
{{- $having := 0 -}}
{{- range $item := $items -}}
{{- if and (kindIs "map" $item) (hasKey $item $field) -}}
{{- $having = add1 $having -}}
{{- end -}}
{{- end -}}
{{- if and $items (not $found) (eq (int $having) (len $items)) -}}
{{- $found = $field -}}
{{- end -}}
{{- end -}}
{{- $found -}}
{{- end -}}

{{- /*
common.overlay.owned: fields of a patch that a value of the chart sets, one problem a line: said twice they would have two
owners.
Call:  include "common.overlay.owned" (dict "patch" $patch "at" "overlay.deployment"
         "values" (dict "replicas" "replicas" "template spec containers app env" "env"))
       values: by the path of a field, the value that sets it; in a list the path goes on with the name of an item (`name`,
       `containerName`), or with `items` for each.
*/ -}}
{{- define "common.overlay.owned" -}}
{{- range $path, $value := .values -}}
{{- $problem := printf "%s does that; want one place for each thing; remove it and use %s" $value $value -}}
{{- include "common.overlay.problemAt" (dict "patch" $.patch "path" (splitList " " $path) "problem" $problem "at" $.at) -}}
{{- end -}}
{{- end -}}

{{- /*
common.overlay.problemAt: a problem where a patch has something at a path; in a list as common.overlay.owned has them.
Call:  include "common.overlay.problemAt" (dict "patch" $patch "path" (list "target" "tls") "at" "overlay.mirrorMaker"
         "problem" "why; want what; the next step")
*/ -}}
{{- define "common.overlay.problemAt" -}}
{{- if not .path }}
{{ .at }} is set, and {{ .problem }}
{{- else if kindIs "map" .patch -}}
{{- $name := first .path -}}
{{- if hasKey .patch $name -}}
{{- include "common.overlay.problemAt" (dict "patch" (get .patch $name) "path" (rest .path) "problem" .problem "at" (printf "%s.%s" .at $name)) -}}
{{- end -}}
{{- else if kindIs "slice" .patch -}}
{{- range $index, $item := .patch -}}
{{- if or (eq "items" (first $.path)) (has (first $.path) (list (dig "name" "" $item) (dig "containerName" "" $item))) -}}
{{- include "common.overlay.problemAt" (dict "patch" $item "path" (rest $.path) "problem" $.problem "at" (printf "%s[%d]" $.at $index)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /*
common.overlay.whose: by kind the fields below `spec` that no patch may set, beside those that values set. Those of pods that a
chart makes itself are in common.overlay.refusedOf. Call: include "common.overlay.whose" $ | fromYaml
*/ -}}
{{- define "common.overlay.whose" -}}
Certificate: [secretName, commonName, literalSubject, dnsNames, ipAddresses, uris, emailAddresses, otherNames, isCA, usages]
CronJob: [jobTemplate spec selector, jobTemplate spec manualSelector]
Deployment: [selector]
DestinationRule: [host, subsets, exportTo, workloadSelector]
Job: [selector, manualSelector]
Kafka:
  - kafka jmxOptions
  - entityOperator topicOperator watchedNamespace
  - entityOperator userOperator watchedNamespace
  - entityOperator userOperator secretPrefix
KafkaMirrorMaker2: [target alias, target bootstrapServers, target authentication, target tls]
KafkaUser: [authorization]
PodDisruptionBudget: [selector]
PodMonitor: [selector, namespaceSelector]
Pooler: [template spec serviceAccountName, template spec hostNetwork, template spec hostPID, template spec hostIPC]
Redis: &redis [serviceAccountName, hostPort, hostNetwork, kubernetesConfig service serviceType, kubernetesConfig service additional type]
RedisCluster: *redis
RedisReplication: *redis
RedisSentinel: *redis
Service: [selector, type, externalName, externalIPs, loadBalancerIP, loadBalancerClass, loadBalancerSourceRanges]
ServiceMonitor: [selector, namespaceSelector]
StatefulSet: [selector, serviceName]
Telemetry: [selector, targetRef, targetRefs]
VerticalPodAutoscaler: [targetRef]
{{- end -}}

{{- /*
common.overlay.labels: labels of a patch by which pods are selected, one problem a line: those that are rendered there, and
those that charts, operators and the mesh select by; and annotations by which the mesh would leave a port or a pod alone.
Call:  include "common.overlay.labels" (dict "under" $value "patch" $patch "at" "overlay.deployment")
*/ -}}
{{- define "common.overlay.labels" -}}
{{- if kindIs "map" .patch -}}
{{- range $name, $patch := .patch -}}
{{- $under := kindIs "map" $.under | ternary (get ($.under | default dict) $name) "" -}}
{{- $at := printf "%s.%s" $.at $name -}}
{{- if and (eq $name "labels") (regexMatch "(?i)metadata$" $.at) -}}
{{- range $label, $_ := $patch -}}
{{- if or (and (kindIs "map" $under) (hasKey ($under | default dict) $label)) (regexMatch "^(app\\.kubernetes\\.io|strimzi\\.io|cnpg\\.io|opencore\\.dev|([a-z0-9-]+\\.)*istio\\.io)/|^(gateway\\.networking\\.k8s\\.io/gateway-name|redis_setup_type|redis-role)$" $label) }}
{{ $at }} has {{ $label }}, by which the pods are selected; want other labels; remove it
{{- end -}}
{{- end -}}
{{- else if and (eq $name "annotations") (regexMatch "(?i)metadata$" $.at) -}}
{{- range $annotation, $_ := $patch -}}
{{- if regexMatch "^([a-z0-9-]+\\.)*istio\\.io/" $annotation }}
{{ $at }} has {{ $annotation }}, which says what the proxy is; want what values say of the mesh; remove it
{{- end -}}
{{- end -}}
{{- else -}}
{{- include "common.overlay.labels" (dict "under" $under "patch" $patch "at" $at) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

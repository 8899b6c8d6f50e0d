module opencore.dev/toolchain/apis

go 1.26.0

require (
	github.com/cert-manager/cert-manager v1.21.2
	github.com/cert-manager/trust-manager v0.25.0
	github.com/cilium/cilium v1.18.4
	github.com/cloudnative-pg/cloudnative-pg v1.30.0
	github.com/kubernetes-csi/external-snapshotter/client/v8 v8.7.0
	github.com/prometheus-operator/prometheus-operator v0.93.1
	istio.io/api v1.30.8
	k8s.io/api v0.36.3
	k8s.io/autoscaler/vertical-pod-autoscaler v1.8.1
	sigs.k8s.io/gateway-api v1.5.1
)

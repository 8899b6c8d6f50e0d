package main

import "encoding/json"

// request asks for one release. Paths are absolute.
type request struct {
	ID        int    `json:"id"`
	Chart     string `json:"chart"`
	Digest    string `json:"digest"` // of the chart's files: another digest means that the chart is read again
	Release   string `json:"release"`
	Namespace string `json:"namespace"`
	Values    string `json:"values"` // YAML text

	KubeVersion string `json:"kubeVersion"` // empty: Helm's default
	Tests       bool   `json:"tests"`       // include test hooks, as `helm template` does without --skip-tests
	CRDs        bool   `json:"crds"`        // include the chart's crds/, as --include-crds does
	Objects     bool   `json:"objects"`     // answer with parsed objects too
}

// response answers the request with the same ID: either an error, or what was rendered.
type response struct {
	ID        int               `json:"id"`
	Manifests string            `json:"manifests,omitempty"`
	Objects   []json.RawMessage `json:"objects,omitempty"`
	Error     string            `json:"error,omitempty"`
}

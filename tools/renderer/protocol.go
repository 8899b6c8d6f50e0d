package main

import "encoding/json"

// request asks for one release, or what Helm's linter says of a chart with these values: for it release, namespace
// and version of Kubernetes are Helm's own. Paths are absolute.
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
	Answer      string `json:"answer"`      // "manifests" (as empty), "objects" for parsed objects too, "linted" for both and what lint says of them, or "lint"
}

// response answers the request with the same ID: either an error, or what was asked for.
type response struct {
	ID        int               `json:"id"`
	Manifests string            `json:"manifests,omitempty"`
	Objects   []json.RawMessage `json:"objects,omitempty"`
	Messages  []message         `json:"messages,omitempty"`
	Error     string            `json:"error,omitempty"`
}

// message is what Helm's linter prints as `[SEVERITY] path: text`.
type message struct {
	Severity string `json:"severity"`
	Path     string `json:"path"`
	Text     string `json:"text"`
}

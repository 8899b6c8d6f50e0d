package main

import (
	"encoding/json"
	"fmt"

	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	"sigs.k8s.io/yaml"
)

// parseObjects turns rendered manifests into JSON objects, in their order; documents that hold nothing are left out.
// Parsing is by Kubernetes' own YAML rules, which is what an API server would read.
func parseObjects(manifests string) ([]json.RawMessage, error) {
	documents := releaseutil.SplitManifests(manifests)
	objects := make([]json.RawMessage, 0, len(documents))
	for index := range len(documents) {
		text, err := yaml.YAMLToJSON([]byte(documents[fmt.Sprintf("manifest-%d", index)]))
		if err != nil {
			return nil, err
		}
		if string(text) != "null" {
			objects = append(objects, text)
		}
	}
	return objects, nil
}

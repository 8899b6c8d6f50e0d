package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	release "helm.sh/helm/v4/pkg/release/v1"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
)

// renderer renders releases; it is safe for concurrent use.
type renderer struct {
	charts  *charts
	schemas *schemas
}

func newRenderer() *renderer {
	return &renderer{
		charts:  &charts{loaded: map[string]*loadedChart{}},
		schemas: &schemas{compiled: map[string]*compiledSchema{}},
	}
}

// render returns what `helm template RELEASE CHART --namespace NAMESPACE --values FILE` prints, to the byte.
func (r *renderer) render(req request) (string, error) {
	ch, files, err := r.renderFiles(req)
	if err != nil {
		return "", err
	}
	return printManifests(ch, files, req)
}

// renderFiles returns what each template of a release renders. The steps are those of Helm's install action with a
// client-side dry run, in the same order.
func (r *renderer) renderFiles(req request) (*chart.Chart, map[string]string, error) {
	values, err := loader.LoadValues(strings.NewReader(req.Values))
	if err != nil {
		return nil, nil, fmt.Errorf("failed to parse values: %w", err)
	}
	shared, err := r.charts.get(req.Chart, req.Digest)
	if err != nil {
		return nil, nil, err
	}
	ch := cloneChart(shared)
	if err := checkInstallable(ch); err != nil {
		return nil, nil, err
	}
	if err := chartutil.ValidateReleaseName(req.Release); err != nil {
		return nil, nil, fmt.Errorf("release name check failed: release name %q: %w", req.Release, err)
	}
	if err := chartutil.ProcessDependencies(ch, values); err != nil {
		return nil, nil, fmt.Errorf("chart dependencies processing failed: %w", err)
	}
	capabilities, err := capabilitiesFor(req.KubeVersion)
	if err != nil {
		return nil, nil, err
	}
	options := common.ReleaseOptions{Name: req.Release, Namespace: req.Namespace, Revision: 1, IsInstall: true}
	const skipSchemaValidation = true // ours follows, with a schema that is compiled once
	top, err := util.ToRenderValuesWithSchemaValidation(ch, values, options, capabilities, skipSchemaValidation)
	if err != nil {
		return nil, nil, err
	}
	if err := r.schemas.validate(ch, coalesced(top)); err != nil {
		return nil, nil, err
	}
	if err := checkKubeVersion(ch, capabilities); err != nil {
		return nil, nil, err
	}
	files, err := engine.Engine{}.RenderWithContext(context.Background(), ch, top)
	return ch, files, err
}

func coalesced(top common.Values) map[string]any {
	if values, ok := top["Values"].(common.Values); ok {
		return values
	}
	return nil
}

func checkInstallable(ch *chart.Chart) error {
	if kind := ch.Metadata.Type; kind != "" && kind != "application" {
		return fmt.Errorf("%s charts are not installable", kind)
	}
	var missing []string
	for _, dependency := range ch.Metadata.Dependencies {
		if !isVendored(ch, dependency.Name) {
			missing = append(missing, dependency.Name)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("an error occurred while checking for chart dependencies. You may need to run "+
			"'helm dependency build' to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: %s",
			strings.Join(missing, ", "))
	}
	return nil
}

func capabilitiesFor(kubeVersion string) (*common.Capabilities, error) {
	capabilities := common.DefaultCapabilities.Copy()
	if kubeVersion == "" {
		return capabilities, nil
	}
	parsed, err := common.ParseKubeVersion(kubeVersion)
	if err != nil {
		return nil, fmt.Errorf("invalid kube version '%s': %w", kubeVersion, err)
	}
	capabilities.KubeVersion = *parsed
	return capabilities, nil
}

func checkKubeVersion(ch *chart.Chart, capabilities *common.Capabilities) error {
	wanted := ch.Metadata.KubeVersion
	if wanted == "" || chartutil.IsCompatibleRange(wanted, capabilities.KubeVersion.String()) {
		return nil
	}
	return fmt.Errorf("chart requires kubeVersion: %s which is incompatible with Kubernetes %s",
		wanted, capabilities.KubeVersion.Version)
}

// printManifests sorts and prints as `helm template` does: CRDs, manifests in install order, then hooks; no notes.
func printManifests(ch *chart.Chart, files map[string]string, req request) (string, error) {
	for name := range files {
		if strings.HasSuffix(name, "NOTES.txt") {
			delete(files, name)
		}
	}
	hooks, manifests, err := releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	if req.CRDs {
		for _, crd := range ch.CRDObjects() {
			fmt.Fprintf(&out, "---\n# Source: %s\n%s\n", crd.Filename, crd.File.Data)
		}
	}
	for _, manifest := range manifests {
		fmt.Fprintf(&out, "---\n# Source: %s\n%s\n", manifest.Name, manifest.Content)
	}
	var all strings.Builder
	all.WriteString(strings.TrimSpace(out.String()))
	all.WriteByte('\n')
	for _, hook := range hooks {
		if !req.Tests && slices.Contains(hook.Events, release.HookTest) {
			continue
		}
		fmt.Fprintf(&all, "---\n# Source: %s\n%s\n", hook.Path, hook.Manifest)
	}
	return all.String(), nil
}

package main

import (
	"fmt"
	"path"
	"strings"

	"github.com/mitchellh/copystructure"
	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/lint/rules"
	"helm.sh/helm/v4/pkg/chart/v2/lint/support"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
)

var severities = map[int]string{support.InfoSev: "info", support.WarningSev: "warning", support.ErrorSev: "error"}

// lint says what `helm lint CHART --values FILE` prints, line by line. The rules are Helm's own, in its order; those
// that do not depend on values run once for a chart, and a schema is compiled once.
func (r *renderer) lint(req request) ([]message, error) {
	values, err := loader.LoadValues(strings.NewReader(req.Values))
	if err != nil {
		return nil, fmt.Errorf("failed to parse values: %w", err)
	}
	return r.lintBy(req, func(linter *support.Linter, ch *chart.Chart, tree *lintTree) {
		// Helm's rule for values merges defaults into them, which takes away what was null, before those for templates.
		rules.ValuesWithOverrides(&support.Linter{ChartDir: tree.folder}, values, true)
		r.lintTemplates(linter, ch, values)
	})
}

// lintRendered says the same of a release that was rendered, from what its templates came to: its values meet the
// schemas, and what is looked at has the names that it will have.
func (r *renderer) lintRendered(req request, files map[string]string) ([]message, error) {
	return r.lintBy(req, func(linter *support.Linter, ch *chart.Chart, tree *lintTree) {
		texts := map[string]any{}
		for _, template := range ch.Templates {
			texts[template.Name] = files[path.Join(ch.Name(), template.Name)]
		}
		linter.ChartDir = tree.mirror
		rules.Templates(linter, "default", texts)
	})
}

// lintBy runs every rule in Helm's order, with those for templates as they are given.
func (r *renderer) lintBy(
	req request, lintTemplates func(*support.Linter, *chart.Chart, *lintTree),
) ([]message, error) {
	tree, err := r.charts.treeOf(req.Chart, req.Digest)
	if err != nil {
		return nil, err
	}
	ch, err := r.charts.get(req.Chart, req.Digest)
	if err != nil {
		ch = nil // no rule goes further than to say so
	}
	linter := support.Linter{ChartDir: tree.folder, Messages: append([]support.Message{}, tree.before...)}
	if tree.readable && ch != nil && ch.Schema != nil {
		linter.RunLinterRule(support.ErrorSev, "values.yaml", r.validateOwn(ch, req.Values))
	}
	lintTemplates(&linter, ch, tree)
	messages := []message{}
	for _, found := range append(linter.Messages, tree.after...) {
		place := strings.Replace(found.Path, tree.folder, req.Chart, 1)
		text := strings.ReplaceAll(found.Err.Error(), tree.folder, req.Chart)
		messages = append(messages, message{Severity: severities[found.Severity], Path: place, Text: text})
	}
	return messages, nil
}

// validateOwn checks values over the chart's own defaults against its own schema, as Helm's rule for values does. It reads
// the values again, since merging changes them.
func (r *renderer) validateOwn(ch *chart.Chart, text string) error {
	values, err := loader.LoadValues(strings.NewReader(text))
	if err != nil {
		return err
	}
	// Merging writes into both sides, and the chart is everybody's.
	defaults, err := copystructure.Copy(ch.Values)
	if err != nil {
		return err
	}
	return r.schemas.validateOne(ch.Schema, util.CoalesceTables(values, defaults.(map[string]any)))
}

// lintTemplates ends, as Helm's rule of that name does, with a schema that the values break.
func (r *renderer) lintTemplates(linter *support.Linter, ch *chart.Chart, values map[string]any) {
	if ch != nil && len(ch.Templates) > 0 {
		if err := r.validateAll(ch, values); err != nil {
			linter.RunLinterRule(support.ErrorSev, "templates/", err)
			return
		}
	}
	rules.Templates(linter, "default", values, rules.TemplateLinterSkipSchemaValidation(true))
}

// validateAll checks the values of a chart and its dependencies; what cannot be merged is for the rule to say.
func (r *renderer) validateAll(shared *chart.Chart, values map[string]any) error {
	ch := cloneChart(shared)
	if err := chartutil.ProcessDependencies(ch, values); err != nil {
		return nil
	}
	options := common.ReleaseOptions{Name: "test-release", Namespace: "default"}
	top, err := util.ToRenderValuesWithSchemaValidation(ch, values, options, common.DefaultCapabilities, true)
	if err != nil {
		return nil
	}
	return r.schemas.validate(ch, coalesced(top))
}

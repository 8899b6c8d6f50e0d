package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"helm.sh/helm/v4/pkg/chart/v2/lint/rules"
	"helm.sh/helm/v4/pkg/chart/v2/lint/support"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
)

// lintTree is a chart as Helm's linter wants it, a folder with its dependencies in charts/, and what the linter says
// of it whatever the values are: before it comes to them, and after.
type lintTree struct {
	once   sync.Once
	folder string
	// mirror is a chart with the same templates by name, each of which renders to the value of that name: by it Helm's
	// rules for templates, which begin with a folder, look at what was rendered already.
	mirror   string
	readable bool // its values.yaml is
	before   []support.Message
	after    []support.Message
	err      error
}

// treeOf returns the tree of the chart in a folder; it is made once for a digest.
func (c *charts) treeOf(folder, digest string) (*lintTree, error) {
	tree := &c.entry(folder, digest).tree
	tree.once.Do(func() { tree.err = tree.make(folder) })
	return tree, tree.err
}

func (t *lintTree) make(folder string) error {
	scratch, err := os.MkdirTemp("", "opencore-lint-")
	if err != nil {
		return err
	}
	t.folder = filepath.Join(scratch, filepath.Base(folder))
	if err := layOut(folder, t.folder); err != nil {
		return err
	}
	before := support.Linter{ChartDir: t.folder}
	rules.Chartfile(&before)
	ofManifest := len(before.Messages)
	rules.ValuesWithOverrides(&before, nil, true)
	t.readable = len(before.Messages) == ofManifest
	after := support.Linter{ChartDir: t.folder}
	rules.Dependencies(&after)
	rules.Crds(&after)
	t.before, t.after = before.Messages, after.Messages
	t.mirror = filepath.Join(scratch, "mirror")
	return writeMirror(t.folder, t.mirror)
}

func writeMirror(folder, target string) error {
	ch, err := loader.Load(folder)
	if err != nil {
		return nil // nothing can be rendered
	}
	manifest := fmt.Sprintf("apiVersion: v2\nname: %q\nversion: 0.1.0\n", ch.Name())
	files := map[string]string{"Chart.yaml": manifest}
	for _, template := range ch.Templates {
		files[template.Name] = fmt.Sprintf("{{ index .Values %q }}", template.Name)
	}
	for name, text := range files {
		file := filepath.Join(target, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// layOut copies a chart, and what it takes in by `file://` into charts/, as `helm dependency build` would.
func layOut(folder, target string) error {
	if err := os.CopyFS(target, os.DirFS(folder)); err != nil {
		return err
	}
	metadata, err := chartutil.LoadChartfile(filepath.Join(target, "Chart.yaml"))
	if err != nil {
		return nil // the linter says why
	}
	for _, dependency := range metadata.Dependencies {
		path, local := localPath(folder, dependency)
		vendored := filepath.Join(target, "charts", dependency.Name)
		if _, err := os.Stat(vendored); !local || err == nil {
			continue
		}
		found, err := chartutil.LoadChartfile(filepath.Join(path, "Chart.yaml"))
		if err != nil {
			return fmt.Errorf("dependency %s of %s: %w", dependency.Name, metadata.Name, err)
		}
		if err := checkDependency(metadata, dependency, found); err != nil {
			return err
		}
		if err := layOut(path, vendored); err != nil {
			return err
		}
	}
	return nil
}

// close removes the trees that were made.
func (c *charts) close() {
	for _, entry := range c.loaded {
		if entry.tree.folder != "" {
			os.RemoveAll(filepath.Dir(entry.tree.folder))
		}
	}
}

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"helm.sh/helm/v4/pkg/chart/v2/lint/rules"
	"helm.sh/helm/v4/pkg/chart/v2/lint/support"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
)

// lintTree is a chart as Helm's linter wants it, a folder with its dependencies in charts/, and what the linter says
// of it whatever the values are: before it comes to them, and after.
type lintTree struct {
	once   sync.Once
	folder string
	before []support.Message
	after  []support.Message
	err    error
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
	after := support.Linter{ChartDir: t.folder}
	rules.Dependencies(&after)
	rules.Crds(&after)
	t.before, t.after = before.Messages, after.Messages
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

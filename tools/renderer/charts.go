package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"

	"github.com/Masterminds/semver/v3"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
)

// charts holds every chart folder that was read, once per digest of its files.
type charts struct {
	mutex  sync.Mutex
	loaded map[string]*loadedChart
}

type loadedChart struct {
	digest string
	once   sync.Once
	chart  *chart.Chart
	err    error
	tree   lintTree
}

// get returns the chart in a folder, reading it when its digest is new. The result is shared: clone it to render.
func (c *charts) get(folder, digest string) (*chart.Chart, error) {
	entry := c.entry(folder, digest)
	entry.once.Do(func() { entry.chart, entry.err = loadChart(folder) })
	return entry.chart, entry.err
}

func (c *charts) entry(folder, digest string) *loadedChart {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	entry := c.loaded[folder]
	if entry == nil || entry.digest != digest {
		entry = &loadedChart{digest: digest}
		c.loaded[folder] = entry
	}
	return entry
}

// loadChart reads a chart folder. Dependencies of a `file://` repository that are not vendored in charts/ are
// taken from where they lie, so that a chart renders without `helm dependency build`.
func loadChart(folder string) (*chart.Chart, error) {
	ch, err := loader.Load(folder)
	if err != nil {
		return nil, err
	}
	for _, dependency := range ch.Metadata.Dependencies {
		path, local := localPath(folder, dependency)
		if !local || isVendored(ch, dependency.Name) {
			continue
		}
		found, err := loadChart(path)
		if err != nil {
			return nil, fmt.Errorf("dependency %s of %s: %w", dependency.Name, ch.Name(), err)
		}
		if err := checkDependency(ch.Metadata, dependency, found.Metadata); err != nil {
			return nil, err
		}
		ch.AddDependency(found)
	}
	return ch, nil
}

func isVendored(ch *chart.Chart, name string) bool {
	for _, vendored := range ch.Dependencies() {
		if vendored.Name() == name {
			return true
		}
	}
	return false
}

// localPath is where a dependency of a `file://` repository lies; false for one of another repository.
func localPath(folder string, dependency *chart.Dependency) (string, bool) {
	path, local := strings.CutPrefix(dependency.Repository, "file://")
	if local && !filepath.IsAbs(path) {
		path = filepath.Join(folder, path)
	}
	return path, local
}

func checkDependency(by *chart.Metadata, wanted *chart.Dependency, found *chart.Metadata) error {
	if found.Name != wanted.Name {
		return fmt.Errorf("%s: %s holds chart %q, want %q", by.Name, wanted.Repository, found.Name, wanted.Name)
	}
	constraint, err := semver.NewConstraint(wanted.Version)
	if err != nil {
		return fmt.Errorf("%s: version %q of dependency %s: %w", by.Name, wanted.Version, wanted.Name, err)
	}
	version, err := semver.NewVersion(found.Version)
	if err != nil {
		return fmt.Errorf("%s: version %q of chart %s: %w", by.Name, found.Version, found.Name, err)
	}
	if !constraint.Check(version) {
		return fmt.Errorf("%s: %s holds version %s of %s, want %s",
			by.Name, wanted.Repository, found.Version, wanted.Name, wanted.Version)
	}
	return nil
}

// cloneChart copies what rendering changes (dependencies, their metadata, default values), and shares the files.
func cloneChart(ch *chart.Chart) *chart.Chart {
	clone := *ch
	metadata := *ch.Metadata
	clone.Metadata = &metadata
	metadata.Dependencies = nil
	for _, dependency := range ch.Metadata.Dependencies {
		copied := *dependency
		metadata.Dependencies = append(metadata.Dependencies, &copied)
	}
	clone.SetDependencies()
	for _, dependency := range ch.Dependencies() {
		clone.AddDependency(cloneChart(dependency))
	}
	return &clone
}

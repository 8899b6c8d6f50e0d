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
}

// get returns the chart in a folder, reading it when its digest is new. The result is shared: clone it to render.
func (c *charts) get(folder, digest string) (*chart.Chart, error) {
	c.mutex.Lock()
	entry := c.loaded[folder]
	if entry == nil || entry.digest != digest {
		entry = &loadedChart{digest: digest}
		c.loaded[folder] = entry
	}
	c.mutex.Unlock()
	entry.once.Do(func() { entry.chart, entry.err = loadChart(folder) })
	return entry.chart, entry.err
}

// loadChart reads a chart folder. Dependencies of a `file://` repository that are not vendored in charts/ are
// taken from where they lie, so that a chart renders without `helm dependency build`.
func loadChart(folder string) (*chart.Chart, error) {
	ch, err := loader.Load(folder)
	if err != nil {
		return nil, err
	}
	for _, dependency := range ch.Metadata.Dependencies {
		path, local := strings.CutPrefix(dependency.Repository, "file://")
		if !local || isVendored(ch, dependency.Name) {
			continue
		}
		if !filepath.IsAbs(path) {
			path = filepath.Join(folder, path)
		}
		found, err := loadChart(path)
		if err != nil {
			return nil, fmt.Errorf("dependency %s of %s: %w", dependency.Name, ch.Name(), err)
		}
		if err := checkDependency(ch, dependency, found); err != nil {
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

func checkDependency(ch *chart.Chart, wanted *chart.Dependency, found *chart.Chart) error {
	if found.Name() != wanted.Name {
		return fmt.Errorf("%s: %s holds chart %q, want %q", ch.Name(), wanted.Repository, found.Name(), wanted.Name)
	}
	constraint, err := semver.NewConstraint(wanted.Version)
	if err != nil {
		return fmt.Errorf("%s: version %q of dependency %s: %w", ch.Name(), wanted.Version, wanted.Name, err)
	}
	version, err := semver.NewVersion(found.Metadata.Version)
	if err != nil {
		return fmt.Errorf("%s: version %q of chart %s: %w", ch.Name(), found.Metadata.Version, found.Name(), err)
	}
	if !constraint.Check(version) {
		return fmt.Errorf("%s: %s holds version %s of %s, want %s",
			ch.Name(), wanted.Repository, found.Metadata.Version, wanted.Name, wanted.Version)
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

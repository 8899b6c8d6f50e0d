package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func ask(values string) request {
	chart, _ := filepath.Abs("testdata/charts/web")
	return request{Chart: chart, Release: "web", Namespace: "shop", Values: values, KubeVersion: "1.36.3", Tests: true}
}

func mustRender(t *testing.T, req request) string {
	t.Helper()
	manifests, err := newRenderer().render(req)
	if err != nil {
		t.Fatal(err)
	}
	return manifests
}

// writeChart returns the folder of a chart with these files.
func writeChart(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestRendersInInstallOrderThenHooksWithoutNotes(t *testing.T) {
	objects, err := parseObjects(mustRender(t, ask("")))
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, object := range objects {
		var head struct{ Kind string }
		if err := json.Unmarshal(object, &head); err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, head.Kind)
	}
	want := "Namespace ConfigMap ConfigMap Deployment ServiceAccount Pod Job Job"
	if got := strings.Join(kinds, " "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLeavesOutTestsAndAddsCRDsWhenAsked(t *testing.T) {
	req := ask("")
	req.Tests, req.CRDs = false, true
	manifests := mustRender(t, req)
	if strings.Contains(manifests, "helm.sh/hook: test") || !strings.Contains(manifests, "widgets.example.com") {
		t.Error(manifests)
	}
}

func TestRenderingLeavesTheSharedChartAsItWas(t *testing.T) {
	r := newRenderer()
	first, err := r.render(ask(""))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.render(ask("leaf: {enabled: false}\nsecond: {enabled: true}")); err != nil {
		t.Fatal(err)
	}
	if again, err := r.render(ask("")); err != nil || again != first {
		t.Errorf("a second rendering differs: %v", err)
	}
}

func TestReleasesAtOnceAreWhatEachIsAlone(t *testing.T) {
	template := `{{- define "one.name" }}{{ .Release.Name }}-{{ .Values.own }}{{ end -}}
kind: A
metadata: { name: {{ include "one.name" . }}, in: {{ .Template.Name }} }
defined: {{ tpl .Values.text . }}
{{ if .Values.child.enabled }}child: {{ include "child.name" .Subcharts.child }}{{ end }}
`
	folder := writeChart(t, map[string]string{
		"Chart.yaml": "apiVersion: v2\nname: one\nversion: 0.1.0\n" +
			"dependencies: [{ name: child, version: 0.1.0, condition: child.enabled }]\n",
		"templates/a.yaml":              template,
		"templates/b.yaml":              template,
		"charts/child/Chart.yaml":       "apiVersion: v2\nname: child\nversion: 0.1.0\n",
		"charts/child/templates/_a.tpl": `{{ define "child.name" }}{{ .Chart.Name }}-{{ .Values.own }}{{ end }}`,
	})
	r := newRenderer()
	var all sync.WaitGroup
	for index := range 64 {
		req := request{Chart: folder, Digest: "1", Release: fmt.Sprintf("r%d", index), Namespace: "n"}
		// Each defines again what the others define otherwise.
		req.Values = fmt.Sprintf(`{ own: %d, child: { own: %[1]d, enabled: %t },
text: '{{ define "one.name" }}of-%[1]d{{ end }}{{ define "own-%[1]d" }}{{ include "one.name" . }}{{ end }}{{ include "own-%[1]d" . }}' }`,
			index, index%2 == 0)
		all.Go(func() {
			alone, err := newRenderer().render(req)
			if err != nil {
				t.Error(err)
			}
			if !strings.Contains(alone, fmt.Sprintf("name: r%d-%[1]d,", index)) ||
				!strings.Contains(alone, fmt.Sprintf("defined: of-%d\n", index)) ||
				strings.Contains(alone, fmt.Sprintf("child: child-%d", index)) != (index%2 == 0) {
				t.Error(alone)
			}
			if manifests, err := r.render(req); err != nil || manifests != alone {
				t.Errorf("got %q, %v; want %q", manifests, err, alone)
			}
		})
	}
	all.Wait()
}

func TestLintingWithANullLeavesTheChartsDefaults(t *testing.T) {
	folder := writeChart(t, map[string]string{
		"Chart.yaml":         "apiVersion: v2\nname: one\nversion: 0.1.0\n",
		"values.yaml":        "nested: { one: 1, two: 2 }\n",
		"values.schema.json": `{"properties": {"nested": {"type": "object"}}}`,
		"templates/a.yaml":   "one: {{ .Values.nested.one }}",
	})
	r := newRenderer()
	req := request{Chart: folder, Digest: "1", Release: "one", Namespace: "n", Values: "nested: { one: null }"}
	if _, err := r.lint(req); err != nil {
		t.Fatal(err)
	}
	r.charts.close()
	req.Values = ""
	if manifests, err := r.render(req); err != nil || !strings.Contains(manifests, "one: 1") {
		t.Errorf("got %q, %v; want the default", manifests, err)
	}
}

func TestReadsAChartAgainWhenItsDigestChanges(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("Chart.yaml", "apiVersion: v2\nname: one\nversion: 0.1.0\n")
	write("templates/a.yaml", "kind: A")
	r := newRenderer()
	req := request{Chart: folder, Digest: "1", Release: "one", Namespace: "n"}
	for _, step := range []struct{ digest, want string }{{"1", "kind: A"}, {"1", "kind: A"}, {"2", "kind: B"}} {
		req.Digest = step.digest
		manifests, err := r.render(req)
		if err != nil || !strings.Contains(manifests, step.want) {
			t.Errorf("digest %s: got %q, %v; want %s", step.digest, manifests, err, step.want)
		}
		write("templates/a.yaml", "kind: B")
	}
}

func TestRefusesADependencyOfAnotherVersion(t *testing.T) {
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("testdata/charts")); err != nil {
		t.Fatal(err)
	}
	library := "apiVersion: v2\nname: base\ntype: library\nversion: 1.3.0\n"
	if err := os.WriteFile(filepath.Join(folder, "base/Chart.yaml"), []byte(library), 0o644); err != nil {
		t.Fatal(err)
	}
	req := ask("")
	req.Chart = filepath.Join(folder, "web")
	_, err := newRenderer().render(req)
	if want := "web: file://../base holds version 1.3.0 of base, want ~1.2.0"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestServesEveryRequestUntilTheInputEnds(t *testing.T) {
	var in, out bytes.Buffer
	encoder := json.NewEncoder(&in)
	for id := range 50 {
		req := ask("")
		req.ID, req.Answer = id, "objects"
		if id%10 == 0 {
			req.Values = "broken: fail"
		}
		if err := encoder.Encode(req); err != nil {
			t.Fatal(err)
		}
	}
	if err := serve(&in, &out); err != nil {
		t.Fatal(err)
	}
	seen := map[int]bool{}
	decoder := json.NewDecoder(&out)
	for decoder.More() {
		var res response
		if err := decoder.Decode(&res); err != nil {
			t.Fatal(err)
		}
		if failed := res.Error != ""; failed != (res.ID%10 == 0) {
			t.Errorf("request %d: error %q", res.ID, res.Error)
		}
		seen[res.ID] = true
	}
	if len(seen) != 50 {
		t.Errorf("%d answers, want 50", len(seen))
	}
}

func TestSaysWhichInputIsNoRequest(t *testing.T) {
	err := serve(strings.NewReader("{not json}\n"), &bytes.Buffer{})
	if err == nil || !strings.HasPrefix(err.Error(), "unreadable request: ") {
		t.Errorf("got %v", err)
	}
}

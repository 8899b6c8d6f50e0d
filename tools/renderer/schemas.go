package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	chart "helm.sh/helm/v4/pkg/chart/v2"
)

// schemas holds compiled values schemas by their text. Helm compiles a chart's schema again for every release,
// which for a schema with bundled Kubernetes types takes longer than rendering does.
type schemas struct {
	mutex    sync.Mutex
	compiled map[string]*compiledSchema
}

type compiledSchema struct {
	once      sync.Once
	validator *jsonschema.Schema
	err       error
}

// validate reports, in Helm's words, how the values of a chart and its dependencies break their schemas.
func (s *schemas) validate(ch *chart.Chart, values map[string]any) error {
	problems := s.collect(ch, values)
	if problems == "" {
		return nil
	}
	return fmt.Errorf("values don't meet the specifications of the schema(s) in the following chart(s):\n%w",
		errors.New(problems))
}

func (s *schemas) collect(ch *chart.Chart, values map[string]any) string {
	var problems strings.Builder
	if ch.Schema != nil {
		if err := s.validateOne(ch.Schema, values); err != nil {
			fmt.Fprintf(&problems, "%s:\n%s", ch.Name(), err)
		}
	}
	for _, dependency := range ch.Dependencies() {
		raw, exists := values[dependency.Name()]
		if !exists || raw == nil {
			continue
		}
		of, ok := raw.(map[string]any)
		if !ok {
			fmt.Fprintf(&problems, "%s:\ninvalid type for values: expected object (map), got %T\n", dependency.Name(), raw)
			continue
		}
		problems.WriteString(s.collect(dependency, of))
	}
	return problems.String()
}

func (s *schemas) validateOne(text []byte, values map[string]any) error {
	s.mutex.Lock()
	entry := s.compiled[string(text)]
	if entry == nil {
		entry = &compiledSchema{}
		s.compiled[string(text)] = entry
	}
	s.mutex.Unlock()
	entry.once.Do(func() { entry.validator, entry.err = compileSchema(text) })
	if entry.err != nil {
		return entry.err
	}
	if err := entry.validator.Validate(values); err != nil {
		// As Helm's JSONSchemaValidationError prints it.
		return errors.New(strings.TrimPrefix(err.Error(),
			"jsonschema validation failed with 'file:///values.schema.json#'\n") + "\n")
	}
	return nil
}

// compileSchema knows no loader: a schema of ours refers to nothing outside itself, and rendering reaches no network.
func compileSchema(text []byte) (*jsonschema.Schema, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	compiler.UseLoader(jsonschema.SchemeURLLoader{})
	if err := compiler.AddResource("file:///values.schema.json", document); err != nil {
		return nil, err
	}
	return compiler.Compile("file:///values.schema.json")
}

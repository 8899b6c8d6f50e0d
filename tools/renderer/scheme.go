package main

import (
	"sync"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/scheme"
)

// Helm's rule about deprecated versions registers every type of Kubernetes anew for each object that it looks at, which
// was two fifths of linting. It only reads what it registered, so that its schemes can share it.
func init() {
	scheme.AddToScheme = registerOnce(scheme.AddToScheme)
}

func registerOnce(register func(*runtime.Scheme) error) func(*runtime.Scheme) error {
	registered := sync.OnceValues(func() (*runtime.Scheme, error) {
		whole := runtime.NewScheme()
		return whole, register(whole)
	})
	return func(into *runtime.Scheme) error {
		if len(into.AllKnownTypes()) > 0 {
			return register(into)
		}
		whole, err := registered()
		if err == nil {
			*into = *whole
		}
		return err
	}
}

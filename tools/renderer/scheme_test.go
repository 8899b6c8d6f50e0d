package main

import (
	"testing"

	policy "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/scheme"
)

func TestSchemesShareWhatIsRegisteredOnce(t *testing.T) {
	calls := 0
	add := registerOnce(func(into *runtime.Scheme) error {
		calls++
		return policy.AddToScheme(into)
	})
	for range 2 {
		into := runtime.NewScheme()
		if err := add(into); err != nil {
			t.Fatal(err)
		}
		if _, err := into.New(policy.SchemeGroupVersion.WithKind("PodDisruptionBudget")); err != nil {
			t.Error(err)
		}
	}
	if calls != 1 {
		t.Errorf("registered %d times, want once", calls)
	}
}

func TestASchemeWithTypesOfItsOwnKeepsThem(t *testing.T) {
	into := runtime.NewScheme()
	own := policy.SchemeGroupVersion.WithKind("Own")
	into.AddKnownTypeWithName(own, &policy.PodDisruptionBudget{})
	if err := scheme.AddToScheme(into); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"Own", "PodDisruptionBudget"} {
		if _, err := into.New(policy.SchemeGroupVersion.WithKind(kind)); err != nil {
			t.Error(err)
		}
	}
}

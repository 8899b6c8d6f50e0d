package main

import (
	"context"
	"encoding/json"

	apiv1 "github.com/cloudnative-pg/cloudnative-pg/api/v1"
	webhook "github.com/cloudnative-pg/cloudnative-pg/internal/webhook/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/webhook/admission"
)

type answer struct {
	Refusal  string             `json:"refusal,omitempty"`
	Warnings admission.Warnings `json:"warnings,omitempty"`
}

func admit(lines [][]byte) ([]any, error) {
	var answers []any
	for _, line := range lines {
		given, err := ask(line)
		if err != nil {
			return nil, err
		}
		answers = append(answers, given)
	}
	return answers, nil
}

// ask has an object judged as if it were made now, after the operator's defaults. Kinds without a webhook pass.
func ask(line []byte) (answer, error) {
	var head metav1.TypeMeta
	if err := json.Unmarshal(line, &head); err != nil {
		return answer{}, err
	}
	switch head.Kind {
	case "Cluster":
		return judge(line, &webhook.ClusterCustomValidator{}, &webhook.ClusterCustomDefaulter{})
	case "Pooler":
		return judge(line, &webhook.PoolerCustomValidator{}, nil)
	case "Database":
		return judge(line, &webhook.DatabaseCustomValidator{}, &webhook.DatabaseCustomDefaulter{})
	case "ScheduledBackup":
		return judge(line, &webhook.ScheduledBackupCustomValidator{}, &webhook.ScheduledBackupCustomDefaulter{})
	}
	return answer{}, nil
}

type kind interface {
	apiv1.Cluster | apiv1.Pooler | apiv1.Database | apiv1.ScheduledBackup
}

type validator[Object any] interface {
	ValidateCreate(context.Context, Object) (admission.Warnings, error)
}

type defaulter[Object any] interface {
	Default(context.Context, Object) error
}

func judge[Kind kind](line []byte, validate validator[*Kind], fill defaulter[*Kind]) (answer, error) {
	ctx := context.Background()
	object := new(Kind)
	if err := json.Unmarshal(line, object); err != nil {
		return answer{Refusal: err.Error()}, nil
	}
	if fill != nil {
		if err := fill.Default(ctx, object); err != nil {
			return answer{}, err
		}
	}
	warnings, refusal := validate.ValidateCreate(ctx, object)
	given := answer{Warnings: warnings}
	if refusal != nil {
		given.Refusal = refusal.Error()
	}
	return given, nil
}

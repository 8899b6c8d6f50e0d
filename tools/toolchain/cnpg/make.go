package main

import (
	"context"
	"encoding/json"
	"fmt"

	apiv1 "github.com/cloudnative-pg/cloudnative-pg/api/v1"
	"github.com/cloudnative-pg/cloudnative-pg/internal/configuration"
	webhook "github.com/cloudnative-pg/cloudnative-pg/internal/webhook/v1"
	"github.com/cloudnative-pg/cloudnative-pg/pkg/reconciler/persistentvolumeclaim"
	"github.com/cloudnative-pg/cloudnative-pg/pkg/specs"
	"github.com/cloudnative-pg/cloudnative-pg/pkg/specs/pgbouncer"
	"github.com/cloudnative-pg/cloudnative-pg/pkg/utils"
	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// makeObjects lists what the controllers make of a whole release: of each Cluster, in the order in which they come to be,
// claims, the Job that fills them and the instance, then Services and budgets; of each Pooler its Deployment and Service;
// and the Secrets and Roles of both. Plugins are not asked, so their sidecars are missing.
func makeObjects(lines [][]byte) ([]any, error) {
	clusters := map[string]*apiv1.Cluster{}
	var poolers []*apiv1.Pooler
	var logins []apiv1.DatabaseRole
	var made []any
	for _, line := range lines {
		var head metav1.TypeMeta
		if err := json.Unmarshal(line, &head); err != nil {
			return nil, err
		}
		switch head.Kind {
		case "Cluster":
			cluster, err := readCluster(line)
			if err != nil {
				return nil, err
			}
			clusters[cluster.Name] = cluster
			objects, err := ofCluster(cluster)
			if err != nil {
				return nil, err
			}
			made = append(made, objects...)
		case "Pooler":
			pooler := new(apiv1.Pooler)
			if err := json.Unmarshal(line, pooler); err != nil {
				return nil, err
			}
			poolers = append(poolers, pooler)
		case "DatabaseRole":
			var login apiv1.DatabaseRole
			if err := json.Unmarshal(line, &login); err != nil {
				return nil, err
			}
			logins = append(logins, login)
		}
	}
	for _, pooler := range poolers {
		objects, err := ofPooler(pooler, clusters[pooler.Spec.Cluster.Name])
		if err != nil {
			return nil, err
		}
		made = append(made, objects...)
	}
	for _, cluster := range clusters {
		secrets, err := secretsOf(cluster, poolers)
		if err != nil {
			return nil, err
		}
		made = append(append(made, secrets...), rolesOf(cluster, logins)...)
	}
	return withKinds(made)
}

// readCluster reads a Cluster with the operator's defaults, and the image that its status would name.
func readCluster(line []byte) (*apiv1.Cluster, error) {
	cluster := new(apiv1.Cluster)
	if err := json.Unmarshal(line, cluster); err != nil {
		return nil, err
	}
	if err := (&webhook.ClusterCustomDefaulter{}).Default(context.Background(), cluster); err != nil {
		return nil, err
	}
	cluster.Status.Image = cluster.Spec.ImageName
	if cluster.Status.Image == "" {
		cluster.Status.Image = fmt.Sprintf("catalogue:%d", cluster.Spec.ImageCatalogRef.Major)
	}
	return cluster, nil
}

func ofCluster(cluster *apiv1.Cluster) ([]any, error) {
	var made []any
	for serial := 1; serial <= cluster.Spec.Instances; serial++ {
		claims, err := claimsOf(cluster, serial)
		if err != nil {
			return nil, err
		}
		pod, err := specs.NewInstance(context.Background(), *cluster, serial, true)
		if err != nil {
			return nil, err
		}
		job := jobOf(cluster, serial)
		for _, object := range []*metav1.ObjectMeta{&job.ObjectMeta, &job.Spec.Template.ObjectMeta, &pod.ObjectMeta} {
			inherit(cluster, object)
		}
		made = append(append(made, claims...), job, pod)
	}
	// As reconcilePostgresServices of internal/controller/cluster_create.go.
	if cluster.IsReadWriteServiceEnabled() {
		made = append(made, specs.CreateClusterReadWriteService(*cluster))
	}
	if cluster.IsReadOnlyServiceEnabled() {
		made = append(made, specs.CreateClusterReadOnlyService(*cluster))
	}
	if cluster.IsReadServiceEnabled() {
		made = append(made, specs.CreateClusterReadService(*cluster))
	}
	services, err := specs.BuildManagedServices(*cluster)
	if err != nil {
		return nil, err
	}
	for index := range services {
		made = append(made, &services[index])
	}
	// As reconcilePodDisruptionBudget of internal/controller/cluster_create.go.
	if cluster.GetEnablePDB() {
		made = append(made, specs.BuildPrimaryPodDisruptionBudget(cluster))
		if budget := specs.BuildReplicasPodDisruptionBudget(cluster); budget != nil {
			made = append(made, budget)
		}
	}
	return made, nil
}

func claimsOf(cluster *apiv1.Cluster, serial int) ([]any, error) {
	calculators := []persistentvolumeclaim.ExpectedObjectCalculator{persistentvolumeclaim.NewPgDataCalculator()}
	if cluster.ShouldCreateWalArchiveVolume() {
		calculators = append(calculators, persistentvolumeclaim.NewPgWalCalculator())
	}
	for _, tablespace := range cluster.Spec.Tablespaces {
		calculators = append(calculators, persistentvolumeclaim.NewPgTablespaceCalculator(tablespace.Name))
	}
	var claims []any
	for _, calculator := range calculators {
		storage, err := calculator.GetStorageConfiguration(cluster)
		if err != nil {
			return nil, err
		}
		claim, err := persistentvolumeclaim.Build(cluster, &persistentvolumeclaim.CreateConfiguration{
			Status:     calculator.GetInitialStatus(),
			NodeSerial: serial,
			Calculator: calculator,
			Storage:    storage,
		})
		if err != nil {
			return nil, err
		}
		claims = append(claims, claim)
	}
	return claims, nil
}

// inherit gives what the Cluster hands down, as inheritJobMetadata and ensureInstancesAreCreated of
// internal/controller/cluster_create.go.
func inherit(cluster *apiv1.Cluster, object *metav1.ObjectMeta) {
	utils.InheritAnnotations(object, cluster.Annotations, cluster.GetFixedInheritedAnnotations(), configuration.Current)
	utils.InheritLabels(object, cluster.Labels, cluster.GetFixedInheritedLabels(), configuration.Current)
}

// jobOf is what fills the volumes of an instance: the first one by the way that the Cluster says, the others by a copy.
func jobOf(cluster *apiv1.Cluster, serial int) *batchv1.Job {
	bootstrap := cluster.Spec.Bootstrap
	switch {
	case serial > 1:
		return specs.JoinReplicaInstance(*cluster, serial)
	case bootstrap.Recovery != nil && bootstrap.Recovery.VolumeSnapshots != nil:
		return specs.CreatePrimaryJobViaRestoreSnapshot(*cluster, serial, &metav1.ObjectMeta{}, nil)
	case bootstrap.Recovery != nil:
		return specs.CreatePrimaryJobViaRecovery(*cluster, serial, nil)
	case bootstrap.PgBaseBackup != nil:
		return specs.CreatePrimaryJobViaPgBaseBackup(*cluster, serial)
	}
	return specs.CreatePrimaryJobViaInitdb(*cluster, serial)
}

func ofPooler(pooler *apiv1.Pooler, cluster *apiv1.Cluster) ([]any, error) {
	if cluster == nil {
		return nil, fmt.Errorf("Pooler %s is of Cluster %s, which was not given", pooler.Name, pooler.Spec.Cluster.Name)
	}
	deployment, err := pgbouncer.Deployment(pooler, cluster)
	if err != nil {
		return nil, err
	}
	service, err := pgbouncer.Service(pooler, cluster)
	if err != nil {
		return nil, err
	}
	// As pooler_status.go of internal/controller, once the Secrets are there.
	pooler.Status.Secrets = &apiv1.PoolerSecrets{
		ServerCA:  apiv1.SecretVersion{Name: pooler.GetServerCASecretNameOrDefault(cluster)},
		ServerTLS: apiv1.SecretVersion{Name: pooler.GetServerTLSSecretName()},
		ClientCA:  apiv1.SecretVersion{Name: pooler.GetClientCASecretNameOrDefault(cluster)},
		ClientTLS: apiv1.SecretVersion{Name: pooler.GetClientTLSSecretNameOrDefault(cluster)},
	}
	binding := pgbouncer.RoleBinding(pooler, pooler.GetServiceAccountName())
	return []any{deployment, service, pgbouncer.Role(pooler), &binding}, nil
}

// rolesOf is what instances may do, as createOrPatchRole of internal/controller/cluster_create.go.
func rolesOf(cluster *apiv1.Cluster, logins []apiv1.DatabaseRole) []any {
	var own []apiv1.DatabaseRole
	for _, login := range logins {
		if login.Spec.ClusterRef.Name == cluster.Name {
			own = append(own, login)
		}
	}
	role := specs.CreateRole(specs.RoleOptions{Cluster: cluster, Roles: own})
	binding := specs.CreateRoleBinding(cluster.ObjectMeta, cluster.GetServiceAccountName())
	return []any{&role, &binding}
}

// withKinds says of each object what it is, as the operator leaves to its client, and takes away its owner, which is in
// no cluster.
func withKinds(objects []any) ([]any, error) {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		appsv1.AddToScheme, batchv1.AddToScheme, corev1.AddToScheme, policyv1.AddToScheme, rbacv1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			return nil, err
		}
	}
	for _, given := range objects {
		object, isObject := given.(client.Object)
		if !isObject {
			return nil, fmt.Errorf("%T is no object", given)
		}
		kinds, _, err := scheme.ObjectKinds(object)
		if err != nil {
			return nil, err
		}
		object.GetObjectKind().SetGroupVersionKind(kinds[0])
		object.SetOwnerReferences(nil)
	}
	return objects, nil
}

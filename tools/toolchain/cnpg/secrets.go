package main

import (
	"slices"

	apiv1 "github.com/cloudnative-pg/cloudnative-pg/api/v1"
	"github.com/cloudnative-pg/cloudnative-pg/pkg/certs"
	"github.com/cloudnative-pg/cloudnative-pg/pkg/specs"
	"github.com/cloudnative-pg/cloudnative-pg/pkg/utils"
)

// secretsOf lists the Secrets of a cluster in a namespace that has only those which the Cluster names: logins as
// reconcilePostgresSecrets of internal/controller/cluster_create.go, authorities and certificates as setupPostgresPKI of
// cluster_pki.go, and the poolers' certificate as getPgbouncerIntegrationStatus of cluster_status.go.
func secretsOf(cluster *apiv1.Cluster, poolers []*apiv1.Pooler) ([]any, error) {
	made := loginsOf(cluster)
	brought := cluster.Spec.Certificates
	if brought == nil {
		brought = &apiv1.CertificatesConfiguration{}
	}
	authority, err := certs.CreateRootCA(cluster.Name, cluster.Namespace)
	if err != nil {
		return nil, err
	}
	if brought.ServerCASecret == "" {
		made = append(made, authority.GenerateCASecret(cluster.Namespace, cluster.GetServerCASecretName()))
	}
	if brought.ClientCASecret == "" && cluster.GetClientCASecretName() != cluster.GetServerCASecretName() {
		made = append(made, authority.GenerateCASecret(cluster.Namespace, cluster.GetClientCASecretName()))
	}
	for _, name := range leavesOf(cluster, brought, poolers) {
		pair, err := authority.CreateAndSignPair(name, certs.CertTypeServer, nil)
		if err != nil {
			return nil, err
		}
		made = append(made, pair.GenerateCertificateSecret(cluster.Namespace, name))
	}
	return made, nil
}

func loginsOf(cluster *apiv1.Cluster) []any {
	login := func(name, database, user string, kind utils.UserType) any {
		host := cluster.GetServiceReadWriteName()
		return specs.CreateSecret(name, cluster.Namespace, host, database, user, "password", kind)
	}
	var made []any
	brings := cluster.Spec.SuperuserSecret != nil && cluster.Spec.SuperuserSecret.Name != ""
	if cluster.GetEnableSuperuserAccess() && !brings {
		made = append(made, login(cluster.GetSuperuserSecretName(), "*", "postgres", utils.UserTypeSuperuser))
	}
	if cluster.ShouldCreateApplicationSecret() {
		database, owner := cluster.GetApplicationDatabaseName(), cluster.GetApplicationDatabaseOwner()
		made = append(made, login(cluster.GetApplicationSecretName(), database, owner, utils.UserTypeApp))
	}
	return made
}

// leavesOf names the certificates that the cluster's authorities sign.
func leavesOf(cluster *apiv1.Cluster, brought *apiv1.CertificatesConfiguration, poolers []*apiv1.Pooler) []string {
	var names []string
	if brought.ServerTLSSecret == "" {
		names = append(names, cluster.GetServerTLSSecretName())
	}
	if brought.ReplicationTLSSecret == "" {
		names = append(names, cluster.GetReplicationSecretName())
	}
	for _, pooler := range poolers {
		name := pooler.GetAuthQuerySecretName()
		isOurs := pooler.Spec.Cluster.Name == cluster.Name && pooler.Spec.PgBouncer != nil
		if isOurs && pooler.IsAutomatedIntegration() && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

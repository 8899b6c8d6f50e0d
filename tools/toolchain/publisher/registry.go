package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"time"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"helm.sh/helm/v4/pkg/helmpath"
	"helm.sh/helm/v4/pkg/registry"
	"oras.land/oras-go/v2"
	"oras.land/oras-go/v2/errdef"
	"oras.land/oras-go/v2/registry/remote"
	"oras.land/oras-go/v2/registry/remote/auth"
	"oras.land/oras-go/v2/registry/remote/credentials"
	"oras.land/oras-go/v2/registry/remote/retry"
)

// place is one version of one chart in a registry, and who asks.
type place struct {
	Repository string `json:"repository"` // registry.example.com/charts/service
	Version    string `json:"version"`
	Username   string `json:"username"` // empty: whom `helm registry login` or docker knows
	Password   string `json:"password"`
}

// version is what a registry has. A version that is not there has no digest.
type version struct {
	Digest     string   `json:"digest,omitempty"`     // of the manifest, which a signature is about
	Package    []byte   `json:"package,omitempty"`    // the archive
	Provenance string   `json:"provenance,omitempty"` // empty where there is none
	Bills      []string `json:"bills,omitempty"`      // every bill of materials beside it
}

type pushRequest struct {
	place
	Package    string `json:"package"` // path
	Provenance string `json:"provenance"`
	Created    int64  `json:"created"` // seconds since 1970
}

type attachRequest struct {
	place
	Digest  string `json:"digest"` // of the manifest that it is about
	Bill    string `json:"bill"`
	Created int64  `json:"created"`
}

// billType is the only type of artifact that this command attaches.
const billType = "application/vnd.cyclonedx+json"

// look says what is there; nothing is no error.
func look(req place) (answer, error) {
	repository, _, err := req.open()
	if err != nil {
		return refuse(err)
	}
	ctx := context.Background()
	found, err := repository.Resolve(ctx, req.tag())
	if errors.Is(err, errdef.ErrNotFound) {
		return answer{Version: &version{}}, nil
	}
	if err != nil {
		return refuse(err)
	}
	// By digest, so that package and digest are of the same push.
	archive, provenance, err := readChart(ctx, repository, found)
	if err != nil {
		return refuse(err)
	}
	bills, err := readBills(ctx, repository, found)
	if err != nil {
		return refuse(err)
	}
	return answer{Version: &version{found.Digest.String(), archive, string(provenance), bills}}, nil
}

// push puts package and provenance under the version's tag, as `helm push` does.
func push(req pushRequest) (answer, error) {
	_, client, err := req.open()
	if err != nil {
		return refuse(err)
	}
	archive, err := os.ReadFile(req.Package)
	if err != nil {
		return answer{}, err
	}
	result, err := client.Push(archive, req.Repository+":"+req.Version,
		registry.PushOptProvData([]byte(req.Provenance)),
		registry.PushOptCreationTime(date(req.Created)))
	if err != nil {
		return refuse(err)
	}
	return answer{Version: &version{Digest: result.Manifest.Digest}}, nil
}

// attach puts a bill of materials beside a manifest, where `oras discover` and scanners find it.
func attach(req attachRequest) (answer, error) {
	repository, _, err := req.open()
	if err != nil {
		return refuse(err)
	}
	ctx := auth.AppendRepositoryScope(context.Background(), repository.Reference, auth.ActionPull, auth.ActionPush)
	subject, err := repository.Resolve(ctx, req.Digest)
	if err != nil {
		return refuse(err)
	}
	layer, err := oras.PushBytes(ctx, repository, billType, []byte(req.Bill))
	if err != nil && !errors.Is(err, errdef.ErrAlreadyExists) {
		return refuse(err)
	}
	_, err = oras.PackManifest(ctx, repository, oras.PackManifestVersion1_1, billType, oras.PackManifestOptions{
		Subject:             &subject,
		Layers:              []ocispec.Descriptor{layer},
		ManifestAnnotations: map[string]string{ocispec.AnnotationCreated: date(req.Created)},
	})
	if err != nil {
		return refuse(err)
	}
	return answer{Version: &version{Digest: req.Digest}}, nil
}

// tag is the version, for a tag has no plus sign: what Helm does, too.
func (p place) tag() string { return strings.ReplaceAll(p.Version, "+", "_") }

func (p place) open() (*remote.Repository, *registry.Client, error) {
	repository, err := remote.NewRepository(p.Repository)
	if err != nil {
		return nil, nil, &refusal{Code: "ADDRESS", Detail: p.Repository}
	}
	login, err := p.credential(repository.Reference.Registry)
	if err != nil {
		return nil, nil, err
	}
	authorizer := auth.Client{Client: retry.DefaultClient, Cache: auth.NewCache(), Credential: login}
	repository.Client = &authorizer
	client, err := registry.NewClient(registry.ClientOptAuthorizer(authorizer))
	return repository, client, err
}

// credential is the one given, for this registry and none that it sends us to; else what helm and docker keep.
func (p place) credential(host string) (auth.CredentialFunc, error) {
	if p.Username != "" {
		return auth.StaticCredential(host, auth.Credential{Username: p.Username, Password: p.Password}), nil
	}
	own, err := credentials.NewStore(helmpath.ConfigPath(registry.CredentialsFileBasename),
		credentials.StoreOptions{DetectDefaultNativeStore: true})
	if err != nil {
		return nil, err
	}
	docker, err := credentials.NewStoreFromDocker(credentials.StoreOptions{DetectDefaultNativeStore: true})
	if err != nil {
		return credentials.Credential(own), nil // no home folder, so no docker
	}
	return credentials.Credential(credentials.NewStoreWithFallbacks(own, docker)), nil
}

func date(seconds int64) string { return time.Unix(seconds, 0).UTC().Format(time.RFC3339) }

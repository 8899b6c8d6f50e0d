package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"helm.sh/helm/v4/pkg/registry"
	"oras.land/oras-go/v2/content"
	"oras.land/oras-go/v2/registry/remote"
)

// Whoever may push says how long something is, and all of it comes into memory.
const (
	// What the distribution specification lets a registry refuse above.
	mostManifest = 4 << 20
	// Base64 of it must fit what the command line reads of an answer, 100 MB.
	mostPackage = 64 << 20
	// Of provenance, and of all bills beside one version.
	mostText = 4 << 20
)

// readChart reads package and provenance of exactly the manifest that a signature is about. Helm takes the last layer of a
// type, and leaves alone what it does not know, where others may take the first: any manifest that `helm push` does not make
// is refused.
func readChart(ctx context.Context, repository *remote.Repository, found ocispec.Descriptor) (archive, provenance []byte, err error) {
	manifest, err := readManifest(ctx, repository, found)
	if err != nil {
		return nil, nil, err
	}
	if manifest.Config.MediaType != registry.ConfigMediaType {
		return nil, nil, noChart("its config is %s", manifest.Config.MediaType)
	}
	layers := map[string]ocispec.Descriptor{}
	for _, layer := range manifest.Layers {
		if layer.MediaType != registry.ChartLayerMediaType && layer.MediaType != registry.ProvLayerMediaType {
			return nil, nil, noChart("it has a layer %s", layer.MediaType)
		}
		if _, isSecond := layers[layer.MediaType]; isSecond {
			return nil, nil, noChart("it has two layers %s", layer.MediaType)
		}
		layers[layer.MediaType] = layer
	}
	chart, hasChart := layers[registry.ChartLayerMediaType]
	if !hasChart {
		return nil, nil, noChart("it has no layer %s", registry.ChartLayerMediaType)
	}
	if archive, err = fetch(ctx, repository, chart, mostPackage); err != nil {
		return nil, nil, err
	}
	if signed, isSigned := layers[registry.ProvLayerMediaType]; isSigned {
		provenance, err = fetch(ctx, repository, signed, mostText)
	}
	return archive, provenance, err
}

func readManifest(ctx context.Context, repository *remote.Repository, found ocispec.Descriptor) (manifest ocispec.Manifest, err error) {
	if found.MediaType != ocispec.MediaTypeImageManifest {
		return manifest, noChart("it is %s", found.MediaType)
	}
	text, err := fetch(ctx, repository, found, mostManifest)
	if err != nil {
		return manifest, err
	}
	// Strictly, for an index may be written into the same text: who reads it as that gets something else.
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&manifest); err != nil {
		return manifest, noChart("%v", err)
	}
	if manifest.MediaType != "" && manifest.MediaType != found.MediaType {
		return manifest, noChart("it calls itself %s", manifest.MediaType)
	}
	return manifest, nil
}

// readBills reads every artifact beside a manifest that calls itself a bill of materials: anybody who may push may put one
// there. One that is none, or is too long, is empty.
func readBills(ctx context.Context, repository *remote.Repository, subject ocispec.Descriptor) ([]string, error) {
	var bills []string
	left := int64(mostText)
	err := repository.Referrers(ctx, subject, billType, func(referrers []ocispec.Descriptor) error {
		for _, referrer := range referrers {
			bill, err := readBill(ctx, repository, referrer, left)
			if err != nil {
				return err
			}
			left -= int64(len(bill))
			bills = append(bills, bill)
		}
		return nil
	})
	return bills, err
}

func readBill(ctx context.Context, repository *remote.Repository, referrer ocispec.Descriptor, most int64) (string, error) {
	if referrer.Size > mostManifest {
		return "", nil
	}
	text, err := content.FetchAll(ctx, repository, referrer)
	if err != nil {
		return "", err
	}
	var manifest ocispec.Manifest
	if err := json.Unmarshal(text, &manifest); err != nil || len(manifest.Layers) != 1 || manifest.Layers[0].Size > most {
		return "", nil
	}
	bill, err := content.FetchAll(ctx, repository, manifest.Layers[0])
	return string(bill), err
}

// fetch reads what has this digest, which oras compares.
func fetch(ctx context.Context, repository *remote.Repository, one ocispec.Descriptor, most int64) ([]byte, error) {
	if one.Size > most {
		return nil, noChart("%s has %d bytes, and may have %d", one.MediaType, one.Size, most)
	}
	return content.FetchAll(ctx, repository, one)
}

func noChart(format string, details ...any) *refusal {
	return &refusal{Code: "NO_CHART", Detail: fmt.Sprintf(format, details...)}
}

package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/provenance"
	"sigs.k8s.io/yaml"
)

type signRequest struct {
	Key        []byte   `json:"key"` // as gpg exports it, armoured or not
	Passphrase string   `json:"passphrase"`
	Packages   []string `json:"packages"` // paths
}

type signed struct {
	By          string            `json:"by"`
	Fingerprint string            `json:"fingerprint"`
	Provenance  map[string]string `json:"provenance"` // by path of the package
}

// sign gives what `helm package --sign` would have written beside each package.
func sign(req signRequest) (answer, error) {
	signatory, name, err := readKey(req)
	if err != nil {
		return refuse(err)
	}
	result := signed{By: name, Fingerprint: fingerprint(signatory.Entity), Provenance: map[string]string{}}
	for _, path := range req.Packages {
		if result.Provenance[path], err = signPackage(signatory, path); err != nil {
			return refuse(err)
		}
	}
	return answer{Signed: &result}, nil
}

// readKey refuses what Helm would sign with and nobody could verify: its code looks at no date.
func readKey(req signRequest) (*provenance.Signatory, string, error) {
	ring, err := readKeyRing(req.Key)
	if err != nil {
		return nil, "", &refusal{Code: "KEY_UNREADABLE", Detail: "it is not a key as gpg exports it"}
	}
	if len(ring) != 1 || ring[0].PrivateKey == nil || ring[0].PrivateKey.Dummy() {
		return nil, "", &refusal{Code: "KEY_NOT_SECRET", Detail: describe(ring)}
	}
	key, now := ring[0], time.Now()
	self, identity := key.PrimarySelfSignature()
	switch {
	case self == nil || identity == nil:
		return nil, "", &refusal{Code: "KEY_UNREADABLE", Detail: "nobody's name is on it"}
	case key.Revoked(now):
		return nil, "", &refusal{Code: "KEY_REVOKED", Detail: "the key " + fingerprint(key) + " was revoked"}
	case key.PrimaryKey.KeyExpired(self, now):
		return nil, "", &refusal{Code: "KEY_EXPIRED", Detail: "the key " + fingerprint(key) + expiry(key, self)}
	}
	signatory := &provenance.Signatory{Entity: key, KeyRing: ring}
	if err := signatory.DecryptKey(func(string) ([]byte, error) { return []byte(req.Passphrase), nil }); err != nil {
		return nil, "", &refusal{Code: "KEY_LOCKED", Detail: "the passphrase does not open the key " + fingerprint(key)}
	}
	return signatory, identity.Name, nil
}

// readKeyRing goes by way of a file, since Helm's reader of every format takes a path; nobody else may read it.
func readKeyRing(key []byte) (openpgp.EntityList, error) {
	folder, err := os.MkdirTemp("", "opencore-key-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	path := filepath.Join(folder, "key")
	if err := os.WriteFile(path, key, 0o600); err != nil {
		return nil, err
	}
	signatory, err := provenance.NewFromKeyring(path, "")
	if err != nil {
		return nil, err
	}
	if len(signatory.KeyRing) == 0 {
		return nil, errors.New("no key")
	}
	return signatory.KeyRing, nil
}

func signPackage(signatory *provenance.Signatory, path string) (string, error) {
	chart, err := loader.LoadFile(path)
	if err != nil {
		return "", err
	}
	metadata, err := yaml.Marshal(chart.Metadata)
	if err != nil {
		return "", err
	}
	archive, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	name := filepath.Base(path)
	text, err := signatory.ClearSign(archive, name, metadata)
	if err != nil {
		return "", err
	}
	// A key may be for other things than signing, by its own words.
	if _, err = signatory.Verify(archive, []byte(text), name); err != nil {
		return "", &refusal{Code: "KEY_SIGNS_NOTHING", Detail: "what the key " + fingerprint(signatory.Entity) + " signs does not verify"}
	}
	return text, nil
}

func fingerprint(key *openpgp.Entity) string {
	return hex.EncodeToString(key.PrimaryKey.Fingerprint)
}

func expiry(key *openpgp.Entity, self *packet.Signature) string {
	created := key.PrimaryKey.CreationTime.UTC()
	if created.After(time.Now()) {
		return " is valid from " + created.Format(time.DateOnly) + " on"
	}
	lifetime := time.Duration(*self.KeyLifetimeSecs) * time.Second
	return " expired on " + created.Add(lifetime).Format(time.DateOnly)
}

func describe(ring openpgp.EntityList) string {
	if len(ring) > 1 {
		return fmt.Sprintf("it holds %d keys", len(ring))
	}
	return "it is the public key " + fingerprint(ring[0])
}

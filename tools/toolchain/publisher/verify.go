package main

import (
	"errors"
	"fmt"

	"github.com/ProtonMail/go-crypto/openpgp/clearsign"
	pgperrors "github.com/ProtonMail/go-crypto/openpgp/errors"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	"helm.sh/helm/v4/pkg/provenance"
)

type verifyRequest struct {
	Keys     [][]byte  `json:"keys"` // as gpg exports them; of a secret one its public part counts
	Packages []claimed `json:"packages"`
}

// claimed is a package that is out, and what says whose it is.
type claimed struct {
	Name       string `json:"name"` // of its file
	Package    []byte `json:"package"`
	Provenance []byte `json:"provenance"`
}

// verify asks what `helm install --verify` will ask: that one of the keys, which is good today, signed these very bytes.
// It answers in the order of the packages.
func verify(req verifyRequest) (answer, error) {
	signatory := provenance.Signatory{}
	for _, key := range req.Keys {
		ring, err := readKeyRing(key)
		if err != nil {
			return refuse(&refusal{Code: "KEY_UNREADABLE", Detail: "it is not a key as gpg exports it"})
		}
		signatory.KeyRing = append(signatory.KeyRing, ring...)
	}
	result := make([]verified, 0, len(req.Packages))
	for _, one := range req.Packages {
		result = append(result, judge(&signatory, one))
	}
	return answer{Verified: result}, nil
}

// verified is what is wrong with a package's provenance; without a code, nothing is.
type verified struct {
	Code   string `json:"code,omitempty"`
	Detail string `json:"detail,omitempty"`
}

func judge(signatory *provenance.Signatory, one claimed) verified {
	block, _ := clearsign.Decode(one.Provenance)
	if block == nil {
		return verified{"NOT_SIGNED", "has no signature"}
	}
	found, err := signatory.Verify(one.Package, one.Provenance, one.Name)
	switch {
	case err == nil:
		return verified{}
	case found != nil && found.SignedBy != nil:
		return verified{"OTHER_BYTES", "is about other bytes than these"}
	case errors.Is(err, pgperrors.ErrUnknownIssuer):
		return verified{"OTHER_KEY", "is signed with " + issuer(block)}
	case errors.Is(err, pgperrors.ErrKeyExpired), errors.Is(err, pgperrors.ErrSignatureExpired):
		return verified{"KEY_EXPIRED", "is signed with " + issuer(block) + ", which has expired"}
	case errors.Is(err, pgperrors.ErrKeyRevoked):
		return verified{"KEY_REVOKED", "is signed with " + issuer(block) + ", which was revoked"}
	default:
		return verified{"BAD_SIGNATURE", "has a signature that does not fit its text"}
	}
}

// issuer is who the signature says made it; which nobody has proven.
func issuer(block *clearsign.Block) string {
	read, err := packet.NewReader(block.ArmoredSignature.Body).Next()
	signature, ok := read.(*packet.Signature)
	if err != nil || !ok || signature.IssuerKeyId == nil {
		return "a key without a name"
	}
	if len(signature.IssuerFingerprint) > 0 {
		return fmt.Sprintf("the key %x", signature.IssuerFingerprint)
	}
	return fmt.Sprintf("the key %016x", *signature.IssuerKeyId)
}

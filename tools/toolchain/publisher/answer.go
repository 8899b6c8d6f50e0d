package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/url"
	"strings"

	"oras.land/oras-go/v2/registry/remote/auth"
	"oras.land/oras-go/v2/registry/remote/errcode"
)

// refusal says why there is nothing: what a person can mend. Its words are for people, and have no secret.
type refusal struct {
	Code   string `json:"code"`
	Detail string `json:"detail"`
	// What the registry was asked, where it was one that refused.
	Method string `json:"method,omitempty"`
	URL    string `json:"url,omitempty"`
	Status int    `json:"status,omitempty"`
}

func (r *refusal) Error() string { return r.Code + ": " + r.Detail }

// refuse turns an error that a person can mend into an answer; any other stays an error.
func refuse(err error) (answer, error) {
	var own *refusal
	if !errors.As(err, &own) {
		own = describeTransport(err)
	}
	if own == nil {
		return answer{}, err
	}
	return answer{Refusal: own}, nil
}

func describeTransport(err error) *refusal {
	var response *errcode.ErrorResponse
	if errors.As(err, &response) {
		detail := ""
		if len(response.Errors) > 0 {
			detail = response.Errors.Error()
		}
		return &refusal{
			Code:   "REFUSED",
			Detail: detail,
			Method: response.Method,
			URL:    withoutSecrets(response.URL),
			Status: response.StatusCode,
		}
	}
	if errors.Is(err, auth.ErrBasicCredentialNotFound) {
		return &refusal{Code: "NO_LOGIN"}
	}
	var authority x509.UnknownAuthorityError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	if errors.As(err, &authority) || errors.As(err, &certificate) || errors.As(err, &record) ||
		strings.Contains(err.Error(), "server gave HTTP response to HTTPS client") {
		return &refusal{Code: "NO_TLS", Detail: innermost(err)}
	}
	var network net.Error
	if errors.As(err, &network) {
		return &refusal{Code: "UNREACHABLE", Detail: innermost(err)}
	}
	return nil
}

// withoutSecrets leaves out the query, where token servers and storage have signatures.
func withoutSecrets(address *url.URL) string {
	return address.Scheme + "://" + address.Host + address.Path
}

// innermost is what went wrong, without the addresses that were asked on the way.
func innermost(err error) string {
	var wrapped *url.Error
	for errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return err.Error()
}

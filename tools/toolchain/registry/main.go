// Command registry serves an OCI registry, the one that Docker Hub, Harbor and others are made of, from memory: for tests.
//
//	registry CERTIFICATE KEY   over TLS on a free port of 127.0.0.1
//
// The first line of its standard input is the name and the password of its one user, with a colon between. It prints its
// address, and serves until its input ends, and so no longer than the process that started it.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"

	"github.com/distribution/distribution/v3/configuration"
	"github.com/distribution/distribution/v3/registry"
	_ "github.com/distribution/distribution/v3/registry/auth/htpasswd"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/inmemory"
	"golang.org/x/crypto/bcrypt"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: registry CERTIFICATE KEY")
		os.Exit(2)
	}
	if err := serve(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(certificate, key string) error {
	input := bufio.NewReader(os.Stdin)
	users, err := readUser(input)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(users) }()
	address, err := freeAddress()
	if err != nil {
		return err
	}
	config := &configuration.Configuration{}
	config.Log.Level = "error"
	config.Log.AccessLog.Disabled = true
	config.HTTP.Addr = address
	config.HTTP.DrainTimeout = time.Second
	config.HTTP.TLS.Certificate = certificate
	config.HTTP.TLS.Key = key
	config.Storage = configuration.Storage{"inmemory": configuration.Parameters{}}
	config.Auth = configuration.Auth{"htpasswd": configuration.Parameters{"realm": "charts", "path": users}}
	server, err := registry.NewRegistry(context.Background(), config)
	if err != nil {
		return err
	}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	ended := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, input)
		close(ended)
	}()
	fmt.Println(address)
	select {
	case err := <-failed:
		return err
	case <-ended:
		return nil
	}
}

// readUser writes the file of users that the registry wants to have.
func readUser(input *bufio.Reader) (string, error) {
	line, err := input.ReadString('\n')
	if err != nil {
		return "", err
	}
	name, password, _ := strings.Cut(strings.TrimSpace(line), ":")
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.MinCost)
	if err != nil {
		return "", err
	}
	file, err := os.CreateTemp("", "registry-users-")
	if err != nil {
		return "", err
	}
	if _, err := fmt.Fprintf(file, "%s:%s\n", name, hash); err != nil {
		return "", err
	}
	return file.Name(), file.Close()
}

func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String(), nil
}

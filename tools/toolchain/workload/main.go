// Command workload is what pods of real nodes run when nothing else is asked of them: the pause container of every pod,
// and a server and client that tell who answered. One static program, so that an image is one file.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const usage = `usage: workload pause | serve ADDRESS... | get URL | resolve NAME
       workload stand-in ADDRESS... | ask SECONDS METHOD URL | measure URL COUNT`

// patience is how long a question may take: a refused connection ends at once, a dropped one never does.
const patience = 2 * time.Second

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 1 && args[0] == "pause":
		return pause()
	case len(args) >= 2 && args[0] == "serve":
		return serve(args[1:])
	case len(args) == 2 && args[0] == "get":
		return get(args[1])
	case len(args) == 2 && args[0] == "resolve":
		return resolve(args[1])
	case len(args) > 1 && args[0] == "stand-in":
		return standIn(args[1:])
	case len(args) == 4 && args[0] == "ask":
		return ask(args[1], args[2], args[3])
	case len(args) == 3 && args[0] == "measure":
		return measure(args[1], args[2])
	}
	return fmt.Errorf("%s", usage)
}

// pause holds a pod's namespaces open until it is told to end, and reaps what is left to it.
func pause() error {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGCHLD)
	for {
		select {
		case <-stop:
			return nil
		case <-ended:
			for {
				if pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil); pid <= 0 || err != nil {
					break
				}
			}
		}
	}
}

// serve answers every request with the node that the pod runs on, and who asked, at each of these addresses.
func serve(addresses []string) error {
	node := os.Getenv("NODE")
	handler := func(response http.ResponseWriter, request *http.Request) {
		asker, _, _ := net.SplitHostPort(request.RemoteAddr)
		fmt.Fprintf(response, "%s answers %s\n", node, asker)
	}
	return listen(addresses, handler)
}

// listen answers at each of these addresses until it is told to end, or one of them cannot be had.
func listen(addresses []string, handler http.HandlerFunc) error {
	ended := make(chan error, len(addresses))
	for _, address := range addresses {
		server := &http.Server{Addr: address, Handler: handler, ReadHeaderTimeout: patience}
		go func() { ended <- server.ListenAndServe() }()
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	select {
	case <-stop:
		return nil
	case err := <-ended:
		return err
	}
}

// get prints what a URL answers, on a connection of its own.
func get(url string) error {
	client := &http.Client{Timeout: patience, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(os.Stdout, response.Body)
	return err
}

// resolve prints the addresses of a name, one a line.
func resolve(name string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	addresses, err := net.DefaultResolver.LookupHost(ctx, name)
	if err != nil {
		return err
	}
	for _, address := range addresses {
		fmt.Println(address)
	}
	return nil
}

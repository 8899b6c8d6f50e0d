package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"
)

// standIn stands for a service, and listens where that does. It tells who it is, what it was asked for and whom a proxy
// vouches for, writes down each request as it arrives, and does as the query says: `seconds` to wait, `status` to answer
// with.
func standIn(addresses []string) error {
	name, _ := os.Hostname()
	handler := func(response http.ResponseWriter, request *http.Request) {
		fmt.Printf("%s %s\n", request.Method, request.RequestURI)
		query := request.URL.Query()
		if seconds, err := strconv.Atoi(query.Get("seconds")); err == nil {
			time.Sleep(time.Duration(seconds) * time.Second)
		}
		if status, err := strconv.Atoi(query.Get("status")); err == nil {
			response.WriteHeader(status)
		}
		caller := request.Header.Get("X-Forwarded-Client-Cert")
		fmt.Fprintf(response, "%s answers %s %s to %s\n", name, request.Method, request.URL.Path, caller)
	}
	return listen(addresses, handler)
}

// ask prints the status and what is answered, or fails with what the connection says.
func ask(seconds, method, url string) error {
	limit, err := strconv.Atoi(seconds)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(method, url, nil)
	if err != nil {
		return err
	}
	client := &http.Client{
		Timeout:   time.Duration(limit) * time.Second,
		Transport: &http.Transport{DisableKeepAlives: true},
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	fmt.Printf("%d ", response.StatusCode)
	_, err = io.Copy(os.Stdout, response.Body)
	return err
}

package main

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// warming is how many requests are made before any is measured: connections are made, and caches are filled.
const warming = 100

// measure asks for a URL again and again on one connection, one request after another, and prints how long the half and
// all but a hundredth of the answers took at most.
func measure(url, requests string) error {
	count, err := strconv.Atoi(requests)
	if err != nil {
		return err
	}
	client := &http.Client{Timeout: patience}
	times := make([]time.Duration, 0, count)
	for number := range warming + count {
		began := time.Now()
		response, err := client.Get(url)
		if err != nil {
			return err
		}
		io.Copy(io.Discard, response.Body)
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("answered with %s", response.Status)
		}
		if number >= warming {
			times = append(times, time.Since(began))
		}
	}
	slices.Sort(times)
	micros := func(share float64) int64 { return times[int(float64(count-1)*share)].Microseconds() }
	fmt.Printf("{\"p50\":%d,\"p99\":%d}\n", micros(0.5), micros(0.99))
	return nil
}
